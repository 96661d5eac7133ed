/** The log of one run in memory: numbered, and bounded to its beginning, its newest entries, and of those between what was no routine. */
import type { RunLogEntry, RunLogPart } from '../../host/contract.ts';
import type { Text } from '../../spec/text.ts';
import type { LogEvent } from './log-event.ts';

/** In memory and on disk entries grow old by whole segments of so many numbers. */
export const SEGMENT_ENTRIES = 300;
/** Whole, besides the first one: how a run began is asked as often as what happened last. */
const NEWEST_SEGMENTS = 4;
/** Without their routine; checkpoints of hours must not push out why the run started again yesterday. */
const THINNED_SEGMENTS = 20;
const ROUTINE: ReadonlySet<string> = new Set(['checkpoint-complete', 'split-opened', 'split-finished']);
const TEXT_LENGTH_MAX = 2_000;

export function segmentOf(sequence: number): number {
  return Math.floor((sequence - 1) / SEGMENT_ENTRIES);
}

/** Its routine goes. */
export function isOldSegment(segment: number, newest: number): boolean {
  return segment > 0 && segment <= newest - NEWEST_SEGMENTS;
}

/** Of old segments that still hold something those that go altogether. */
export function segmentsToDrop(old: readonly number[]): readonly number[] {
  return [...old].sort((a, b) => a - b).slice(0, Math.max(0, old.length - THINNED_SEGMENTS));
}

export function isRoutine({ level, code }: RunLogEntry): boolean {
  return level === 'info' && ROUTINE.has(code);
}

export class RunLog {
  private readonly runId: string;
  private entries: RunLogEntry[];
  private last: number;
  /** Of all entries, dropped ones included. */
  warnings: number;
  errors: number;

  /** `earlier` is what an engine process before this one wrote down. */
  constructor(runId: string, earlier: readonly RunLogEntry[] = [], counts = { warnings: 0, errors: 0 }) {
    this.runId = runId;
    this.entries = [...earlier];
    this.last = earlier.reduce((highest, entry) => Math.max(highest, entry.sequence), 0);
    this.warnings = counts.warnings;
    this.errors = counts.errors;
  }

  add(event: LogEvent, atMs: number): RunLogEntry {
    const { level, code, nodeId, subtask, text } = event;
    const entry: RunLogEntry = { runId: this.runId, sequence: ++this.last, atMs, level, code, nodeId, subtask, text: clip(text) };
    const newest = segmentOf(entry.sequence);
    if (newest !== segmentOf(entry.sequence - 1)) this.entries = thin(this.entries, newest);
    this.entries.push(entry);
    if (level === 'warning') this.warnings++;
    else if (level === 'error') this.errors++;
    return entry;
  }

  after(sequence: number): RunLogPart {
    return { entries: this.entries.filter((entry) => entry.sequence > sequence), last: this.last };
  }
}

function thin(entries: readonly RunLogEntry[], newest: number): RunLogEntry[] {
  const isOld = ({ sequence }: RunLogEntry): boolean => isOldSegment(segmentOf(sequence), newest);
  const kept = entries.filter((entry) => !isOld(entry) || !isRoutine(entry));
  const old = new Set(kept.filter(isOld).map((entry) => segmentOf(entry.sequence)));
  const dropped = new Set(segmentsToDrop([...old]));
  return kept.filter((entry) => !dropped.has(segmentOf(entry.sequence)));
}

function clip(text: Text): Text {
  if (text.en.length <= TEXT_LENGTH_MAX && text.zh.length <= TEXT_LENGTH_MAX) return text;
  return { en: clipWords(text.en), zh: clipWords(text.zh) };
}

function clipWords(words: string): string {
  return words.length <= TEXT_LENGTH_MAX ? words : `${words.slice(0, TEXT_LENGTH_MAX - 1)}…`;
}
