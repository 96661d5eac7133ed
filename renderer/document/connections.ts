/** Whether two ports may be joined, with the reason when not: asked while a connection is being drawn, before the drop. */
import { refusalToConnect } from '../../engine/spec/check-ports.ts';
import type { PipelineDocument, PortReference } from '../../engine/spec/document.ts';
import { changelogRefused, watermarkMissing } from '../../engine/spec/graph-problems.ts';
import type { Text } from '../../engine/spec/text.ts';
import type { CheckState } from './checks.ts';
import { nodeShape } from './definitions.ts';

/** Null: it fits. */
export function connectionRefusal(
  document: PipelineDocument,
  checks: CheckState,
  from: PortReference,
  to: PortReference,
  reasons: ConnectionReasons,
): Text | null {
  if (from.node === to.node) return reasons.same;
  if (
    document.edges.some(
      (edge) => edge.from.node === from.node && edge.from.port === from.port && edge.to.node === to.node && edge.to.port === to.port,
    )
  ) {
    return reasons.taken;
  }
  if (reaches(document, to.node, from.node)) return reasons.cycle;
  const target = document.nodes.find((node) => node.id === to.node);
  const input = target === undefined ? undefined : nodeShape(target).inputs.find((port) => port.name === to.port);
  if (input === undefined) return reasons.notInput;
  const output = checks.nodes.get(from.node)?.outputs.find((candidate) => candidate.port.name === from.port);
  if (output === undefined || output.schema.fields.length === 0) return null;
  // A second edge at a port that takes one replaces the first, so being taken is no reason.
  const refusal = refusalToConnect({ changelog: output.changelog, rowtime: output.schema.rowtime }, input, false);
  if (refusal === null) return null;
  if (refusal.code === watermarkMissing.code) return reasons.needsWatermark;
  return refusal.code === changelogRefused.code ? reasons.needsAppend : refusal.text;
}

export interface ConnectionReasons {
  readonly same: Text;
  readonly taken: Text;
  readonly cycle: Text;
  readonly notInput: Text;
  readonly needsAppend: Text;
  readonly needsWatermark: Text;
}

function reaches(document: PipelineDocument, start: string, goal: string): boolean {
  const next = new Map<string, string[]>();
  for (const edge of document.edges) next.set(edge.from.node, [...(next.get(edge.from.node) ?? []), edge.to.node]);
  const open = [start];
  const seen = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === goal) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(next.get(id) ?? []));
  }
  return false;
}
