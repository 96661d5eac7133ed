/**
 * Which node types can follow or precede a port, the likely ones first: read from ports, field kinds and categories, so that a
 * new node type finds its place by itself.
 */
import { refusalToConnect } from '../../engine/spec/check-ports.ts';
import type { InputPort, NodeCategory } from '../../engine/spec/define-node.ts';
import type { PipelineDocument, PortReference } from '../../engine/spec/document.ts';
import { watermarkMissing } from '../../engine/spec/graph-problems.ts';
import type { ResolvedOutput } from '../../engine/spec/resolved-graph.ts';
import type { CheckState } from './checks.ts';
import type { PaletteEntry } from './definitions.ts';
import { nodeShape, paletteEntries } from './definitions.ts';

export interface PortStart {
  readonly port: PortReference;
  readonly side: 'in' | 'out';
}

export type Fit =
  | { readonly kind: 'fits'; readonly port: string }
  /** A node that makes event time has to stand between; it is put there together with the entry. */
  | { readonly kind: 'needs-event-time'; readonly port: string; readonly by: PaletteEntry }
  | { readonly kind: 'needs-second-input'; readonly port: string }
  | { readonly kind: 'needs-append' }
  | { readonly kind: 'never' };

export interface RankedEntry {
  readonly entry: PaletteEntry;
  readonly fit: Fit;
}

/** Everything that could stand at the port: what fits in order of likelihood, then what needs one more thing. */
export function rankEntries(
  document: PipelineDocument,
  checks: CheckState,
  start: PortStart,
  entries: readonly PaletteEntry[],
): { readonly fitting: readonly RankedEntry[]; readonly needing: readonly RankedEntry[] } {
  const node = document.nodes.find((candidate) => candidate.id === start.port.node);
  const category = node === undefined ? null : nodeShape(node).category;
  const output = checks.nodes.get(start.port.node)?.outputs.find((candidate) => candidate.port.name === start.port.port);
  const input = node === undefined ? undefined : nodeShape(node).inputs.find((candidate) => candidate.name === start.port.port);
  const ranked = entries.map((entry, index) => ({
    entry,
    fit: start.side === 'out' ? fitAfter(entry, output) : fitBefore(entry, input),
    score: start.side === 'out' ? likelihoodAfter(entry, category, output) : likelihoodBefore(entry, input),
    index,
  }));
  const byScore = (a: (typeof ranked)[number], b: (typeof ranked)[number]) => b.score - a.score || a.index - b.index;
  const fitting = ranked.filter(({ fit }) => fit.kind === 'fits').sort(byScore);
  const needing = ranked.filter(({ fit }) => fit.kind.startsWith('needs')).sort(byScore);
  return { fitting, needing };
}

/** Whether an entry can take the rows of an output at one of its inputs. */
export function fitAfter(entry: PaletteEntry, output: ResolvedOutput | undefined): Fit {
  const { inputs } = entry.definition;
  const first = inputs[0];
  if (first === undefined) return { kind: 'never' };
  if (output !== undefined && output.schema.fields.length > 0) {
    const refusals = inputs.map((port) => refusalToConnect({ changelog: output.changelog, rowtime: output.schema.rowtime }, port, false));
    const free = refusals.indexOf(null);
    if (free < 0) {
      const by = eventTimeEntry();
      if (refusals[0]?.code !== watermarkMissing.code || by === null || output.changelog !== 'append') return { kind: 'needs-append' };
      return { kind: 'needs-event-time', port: first.name, by };
    }
    return needsAnother(inputs, inputs[free]);
  }
  return needsAnother(inputs, first);
}

function needsAnother(inputs: readonly InputPort[], taken: InputPort): Fit {
  const open = inputs.some((port) => port !== taken && port.optional !== true);
  return { kind: open ? 'needs-second-input' : 'fits', port: taken.name };
}

function fitBefore(entry: PaletteEntry, input: InputPort | undefined): Fit {
  const output = nodeShape({ id: '', type: entry.type, config: entry.config }).outputs[0];
  if (output === undefined || input === undefined) return { kind: 'never' };
  return { kind: 'fits', port: output.name };
}

/** The entry that gives rows their event time, if any node type does. */
export function eventTimeEntry(): PaletteEntry | null {
  return paletteEntries.find((entry) => makesEventTime(entry) && entry.definition.inputs.length === 1) ?? null;
}

function makesEventTime(entry: PaletteEntry): boolean {
  return Object.values(entry.definition.fields).some((field) => field.kind === 'watermark');
}

const USUAL_AFTER: Record<NodeCategory, readonly NodeCategory[]> = {
  sources: ['transforms', 'windows', 'joins', 'patterns', 'process', 'sinks', 'ml', 'graph'],
  transforms: ['windows', 'transforms', 'joins', 'patterns', 'process', 'ml', 'sinks', 'graph'],
  windows: ['sinks', 'transforms', 'windows', 'joins', 'process', 'ml', 'patterns', 'graph'],
  joins: ['transforms', 'windows', 'sinks', 'ml', 'process', 'joins', 'patterns', 'graph'],
  patterns: ['sinks', 'transforms', 'process', 'windows', 'joins', 'ml', 'patterns', 'graph'],
  process: ['sinks', 'transforms', 'windows', 'joins', 'ml', 'process', 'patterns', 'graph'],
  ml: ['transforms', 'sinks', 'windows', 'joins', 'process', 'patterns', 'ml', 'graph'],
  graph: ['sinks', 'transforms', 'windows', 'joins', 'process', 'patterns', 'ml', 'graph'],
  sinks: [],
};

const CATEGORY_WEIGHT = 10;
const DECISIVE = 200;

function likelihoodAfter(entry: PaletteEntry, category: NodeCategory | null, output: ResolvedOutput | undefined): number {
  const order = USUAL_AFTER[category ?? 'sources'];
  const place = order.indexOf(entry.category);
  let score = place < 0 ? 0 : (order.length - place) * CATEGORY_WEIGHT;
  score -= Math.min(9, entry.definition.rank ?? 9);
  if (output === undefined) return score;
  const side = output.port.role !== 'main';
  // Late and bad rows are mostly kept for later.
  if (side && entry.category === 'sinks') score += DECISIVE;
  const timed = output.schema.rowtime !== undefined;
  // A window gives its rows the times of its ends: nobody asks for event time right behind it.
  const couldBeTimed = !timed && category !== 'windows' && output.schema.fields.some((field) => field.type.kind.startsWith('TIMESTAMP'));
  if (makesEventTime(entry)) score += couldBeTimed && !side ? DECISIVE : timed ? -DECISIVE : 0;
  if (timed && entry.definition.inputs[0]?.needs === 'watermark' && category !== 'windows') score += DECISIVE / 2;
  return score;
}

function likelihoodBefore(entry: PaletteEntry, input: InputPort | undefined): number {
  const order: readonly NodeCategory[] = ['sources', 'transforms', 'windows', 'joins', 'process', 'patterns', 'ml', 'graph'];
  const score = (order.length - order.indexOf(entry.category)) * CATEGORY_WEIGHT - Math.min(9, entry.definition.rank ?? 9);
  return input?.needs === 'watermark' && makesEventTime(entry) ? score + DECISIVE : score;
}
