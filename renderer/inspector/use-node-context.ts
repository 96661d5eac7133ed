/** What the form of one node knows: columns and sample rows that reach it, its settings, and who follows a renamed column. */
import { useEffect, useMemo } from 'react';
import type { NodeSpec } from '../../engine/spec/document.ts';
import type { ResolvedNode } from '../../engine/spec/resolved-graph.ts';
import type { Schema } from '../../engine/types/schema.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { createColumnRenaming } from './column-renaming.ts';
import { FieldControl, ProblemLines } from './FieldControl.tsx';
import type { FieldContext } from './widget.ts';

const NO_SCHEMA: Schema = { fields: [] };

function schemaAt(resolved: ResolvedNode | undefined, port: string): Schema {
  return resolved?.inputs.find((candidate) => candidate.port.name === port)?.schema ?? NO_SCHEMA;
}

export function useNodeContext(node: NodeSpec): FieldContext {
  const { checks, preview, documents } = useDesigner();
  const resolved = useStore(checks, (state) => state.nodes.get(node.id));
  const timeZone = useStore(checks, (state) => state.graph?.job.timeZone ?? 'UTC');
  const rows = useStore(preview, () => preview.of(node.id));
  const renaming = useMemo(() => createColumnRenaming(documents, node.id), [documents, node.id]);
  // Values beside expressions are looked at for as long as the form is open.
  useEffect(() => preview.watch(), [preview]);
  return useMemo(
    () => ({
      nodeId: node.id,
      nodeType: node.type,
      config: node.config,
      timeZone,
      renaming,
      Control: FieldControl,
      Problems: ProblemLines,
      schema: (input) => (input === undefined ? (resolved?.inputs[0]?.schema ?? NO_SCHEMA) : schemaAt(resolved, input)),
      declarations: () => resolved?.definition.declareCode?.(resolved.config, (port) => schemaAt(resolved, port)) ?? null,
      sample: (input) => {
        const port = input ?? resolved?.inputs[0]?.port.name;
        return port === undefined ? null : (rows?.inputs.get(port) ?? null);
      },
      results: () => {
        const port = resolved?.outputs[0]?.port.name;
        return port === undefined ? null : (rows?.outputs.get(port) ?? null);
      },
    }),
    [node.id, node.type, node.config, timeZone, renaming, resolved, rows],
  );
}
