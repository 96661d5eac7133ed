/** What the drawing says about a window and what feeds it: event-time rules, sources and their files, keys. */
import type { NodeSpec, PipelineDocument } from '../../engine/spec/document.ts';
import { nodeShape } from '../document/definitions.ts';
import { reachOf } from '../document/reach.ts';

/** Where a node says what event time is. */
export interface TimeRule {
  readonly nodeId: string;
  readonly field: string;
  /** Rows may come this much out of order. */
  readonly delayMs: number;
  /** Where it says after how long without rows a subtask is idle; null when it cannot. */
  readonly idleField: string | null;
  /** Null: never. */
  readonly idleAfterMs: number | null;
}

/** The setting that says when a subtask without rows counts as idle. */
const IDLE_FIELD = 'idleAfter';

export interface SourceFacts {
  readonly nodeId: string;
  /** What it reads from, as it is written in its settings. */
  readonly file: string | null;
  /** The file is one and not a pattern or a folder. */
  readonly oneFile: boolean;
}

/** Null: nothing before this node gives rows an event time. */
export function timeRuleOf(document: PipelineDocument, senderId: string): TimeRule | null {
  const seen = new Set<string>();
  for (let front = [senderId]; front.length > 0; ) {
    const next: string[] = [];
    for (const id of front) {
      seen.add(id);
      const node = document.nodes.find((candidate) => candidate.id === id);
      const rule = node === undefined ? null : ownTimeRule(node);
      if (rule !== null) return rule;
      next.push(...document.edges.filter((edge) => edge.to.node === id && !seen.has(edge.from.node)).map((edge) => edge.from.node));
    }
    front = next;
  }
  return null;
}

export function sourcesOf(document: PipelineDocument, senderId: string): readonly SourceFacts[] {
  const ids = new Set([senderId, ...reachOf(document, new Set([senderId]), 'upstream')]);
  return document.nodes.filter((node) => ids.has(node.id) && nodeShape(node).inputs.length === 0).map(sourceFacts);
}

/** Nodes with windows whose firing can be asked about. */
export function windowNodes(document: PipelineDocument): readonly NodeSpec[] {
  return document.nodes.filter(hasWindows);
}

export function hasWindows(node: NodeSpec): boolean {
  const { category, inputs } = nodeShape(node);
  return category === 'windows' && node.disabled !== true && inputs.some((port) => port.needs === 'watermark');
}

/** Columns that the rows of a window are told apart by. */
export function keyColumns(node: NodeSpec): readonly string[] {
  const { inputs, config } = nodeShape(node);
  const field = inputs.find((port) => port.keyedBy !== undefined)?.keyedBy;
  const value: unknown = field === undefined ? undefined : config[field];
  return Array.isArray(value) ? value.filter((column) => typeof column === 'string') : [];
}

/** Rows that are late leave by a port of their own; else they are dropped. */
export function hasLateOutput(node: NodeSpec): boolean {
  return nodeShape(node).outputs.some((port) => port.role === 'late');
}

function ownTimeRule(node: NodeSpec): TimeRule | null {
  const { definition, config } = nodeShape(node);
  const field = Object.entries(definition?.fields ?? {}).find(([, { kind }]) => kind === 'watermark')?.[0];
  const value: unknown = field === undefined ? undefined : config[field];
  if (field === undefined || typeof value !== 'object' || value === null || !('delayMs' in value)) return null;
  if (typeof value.delayMs !== 'number') return null;
  const idleField = definition?.fields[IDLE_FIELD]?.kind === 'duration' ? IDLE_FIELD : null;
  const idle: unknown = config[IDLE_FIELD];
  return { nodeId: node.id, field, delayMs: value.delayMs, idleField, idleAfterMs: typeof idle === 'number' ? idle : null };
}

function sourceFacts(node: NodeSpec): SourceFacts {
  const { definition, config } = nodeShape(node);
  const field = Object.entries(definition?.fields ?? {}).find(([, each]) => each.kind === 'path' && each.access === 'read')?.[0];
  const value: unknown = field === undefined ? undefined : config[field];
  const file = typeof value === 'string' && value !== '' ? value : null;
  return { nodeId: node.id, file, oneFile: file !== null && !/[*?[\]{}]|\/$/.test(file) };
}
