/** The cases of the nodes on a real Flink: each becomes a pipeline between files, its export a part of one long script. */
import path from 'node:path';
import { exportFlinkSql } from '../../engine/export/flink-sql/export-flink-sql.ts';
import { catalog, nodes } from '../../engine/nodes/node-types.ts';
import type { AnyNode } from '../../engine/spec/define-node.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { NodeCases, RowsCase } from '../../engine/spec/node-cases.ts';
import { resolvePipeline } from '../../engine/spec/resolve-pipeline.ts';
import { casePipeline, writeCaseFiles } from '../cases/case-pipeline.ts';
import { describeDifference, readJsonLines } from './compare-rows.ts';

export interface FlinkCase {
  readonly title: string;
  readonly script: string;
  /** Null when Flink's rows are those of the case, read after the script has run. */
  compare(): string | null;
}

export interface PreparedCases {
  readonly cases: readonly FlinkCase[];
  /** Titles of cases whose nodes Flink SQL cannot express, or that are not about rows. */
  readonly refused: readonly string[];
}

export function prepareFlinkCases(folder: string, load: (definition: AnyNode) => NodeCases): PreparedCases {
  const cases: FlinkCase[] = [];
  const refused: string[] = [];
  for (const definition of nodes) {
    for (const one of load(definition).rows) {
      const title = `${definition.type}: ${one.name}`;
      const prepared =
        one.fails === undefined && one.differsOnFlink === undefined && Object.keys(one.outputs).length > 0
          ? prepare(definition, one, folder, cases.length)
          : null;
      if (prepared === null) refused.push(one.differsOnFlink === undefined ? title : `${title} (Flink differs: ${one.differsOnFlink})`);
      else cases.push({ title, ...prepared });
    }
  }
  return { cases, refused };
}

function prepare(definition: AnyNode, one: RowsCase, parent: string, number: number): Omit<FlinkCase, 'title'> | null {
  const folder = path.join(parent, `case-${number}`);
  writeCaseFiles(folder, one);
  const document = renameNodes(casePipeline(definition, one.config, one.inputs, Object.keys(one.outputs)), `c${number}`);
  const { graph } = resolvePipeline(document, catalog);
  const { text } = exportFlinkSql(graph, { baseDirectory: folder });
  if (text === '') return null;
  // The mode may only be set before the first statement of a session.
  const script = number === 0 ? text : text.replace(/^SET 'execution\.runtime-mode'.*\n/m, '');
  return {
    script,
    compare: () =>
      compare(
        folder,
        one,
        graph.nodes.map((node) => [node.id, node.inputs[0]?.schema.fields.map((field) => field.name) ?? []]),
      ),
  };
}

/** One script holds every case, so names of tables must differ. */
function renameNodes(document: PipelineDocument, prefix: string): PipelineDocument {
  const rename = (id: string): string => `${prefix}-${id}`;
  return {
    ...document,
    nodes: document.nodes.map((node) => ({ ...node, id: rename(node.id) })),
    edges: document.edges.map((edge) => ({
      ...edge,
      from: { ...edge.from, node: rename(edge.from.node) },
      to: { ...edge.to, node: rename(edge.to.node) },
    })),
  };
}

function compare(folder: string, one: RowsCase, columns: readonly (readonly [string, readonly string[]])[]): string | null {
  for (const [port, rows] of Object.entries(one.outputs)) {
    const names = columns.find(([id]) => id.endsWith(`-out-${port}`))?.[1] ?? [];
    const expected = rows.map((row) =>
      JSON.stringify(
        Object.fromEntries(names.map((name, index) => [name, row[index]] as const).sort(([left], [right]) => (left < right ? -1 : 1))),
      ),
    );
    const difference = describeDifference([...expected].sort(), readJsonLines(path.join(folder, 'written', port)));
    if (difference !== null) return `${port}: ${difference}`;
  }
  return null;
}
