/** What columns are for, seen from the pipeline: keys of what follows, event time, new or changed in a node. */
import { useMemo } from 'react';
import type { ResolvedGraph, ResolvedNode } from '../../engine/spec/resolved-graph.ts';
import { printType } from '../../engine/types/print-type.ts';
import type { Schema } from '../../engine/types/schema.ts';
import { useDesigner, useStore } from '../app/designer.ts';

export interface ColumnUse {
  readonly keyed: boolean;
  readonly time: boolean;
  /** Against what arrived: null where it is the same, or where nothing arrives. */
  readonly state: 'new' | 'changed' | null;
}

/** Edges looked at behind one node; a fan-out of thousands does not make a list of columns slow. */
const EDGES_MAX = 500;

/** Of the node's own output; null without a node. */
export function useColumnUses(nodeId: string | null): ReadonlyMap<string, ColumnUse> | null {
  const { checks } = useDesigner();
  const graph = useStore(checks, (state) => state.graph);
  return useMemo(() => (graph === null || nodeId === null ? null : usesDownstream(graph, nodeId)), [graph, nodeId]);
}

/** Follows the columns of a node's first output for as long as their names are there. */
export function usesDownstream(graph: ResolvedGraph, nodeId: string): ReadonlyMap<string, ColumnUse> {
  const schema = graph.node.get(nodeId)?.outputs[0]?.schema;
  if (schema === undefined) return new Map();
  const names = new Set(schema.fields.map((field) => field.name));
  const keyed = new Set<string>();
  const time = new Set<string>();
  const seen = new Set([nodeId]);
  const open = [nodeId];
  let edges = 0;
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const edge of graph.node.get(id)?.outputs.flatMap((output) => output.edges) ?? []) {
      if (edges++ > EDGES_MAX) break;
      if (edge.exchange.kind === 'hash') for (const column of edge.exchange.columns) if (names.has(column)) keyed.add(column);
      if (edge.schema.rowtime !== undefined && names.has(edge.schema.rowtime)) time.add(edge.schema.rowtime);
      if (seen.has(edge.to.nodeId)) continue;
      seen.add(edge.to.nodeId);
      open.push(edge.to.nodeId);
    }
  }
  return new Map([...names].map((name) => [name, { keyed: keyed.has(name), time: time.has(name), state: null }]));
}

/** Marks of one port's columns. `keys` are those that rows are spread by. */
export function usesAtPort(schema: Schema, keys: readonly string[], arrived: readonly Schema[]): ReadonlyMap<string, ColumnUse> {
  const before = new Map(arrived.flatMap((one) => one.fields.map((field) => [field.name, printType(field.type)] as const)));
  return new Map(
    schema.fields.map((field): [string, ColumnUse] => {
      const old = before.get(field.name);
      const state = before.size === 0 || old === printType(field.type) ? null : old === undefined ? 'new' : 'changed';
      return [field.name, { keyed: keys.includes(field.name), time: field.name === schema.rowtime, state }];
    }),
  );
}

/** Columns that an input's rows are spread by before they arrive. */
export function keysOfInput(node: ResolvedNode, portName: string): readonly string[] {
  const exchange = node.inputs.find((input) => input.port.name === portName)?.edges[0]?.exchange;
  return exchange?.kind === 'hash' ? exchange.columns : [];
}
