/** Which entries of a log are listed, and as which text they are copied. */
import type { LogLevel, RunLogEntry } from '../../engine/host/contract.ts';
import type { Language } from '../../engine/spec/text.ts';
import { formatClock } from '../strings/figures.ts';
import type { LevelFilter } from './log-store.ts';

const WEIGHT: Readonly<Record<LogLevel, number>> = { info: 0, warning: 1, error: 2 };

export interface LogFilter {
  readonly level: LevelFilter;
  readonly nodeId: string | null;
  readonly text: string;
}

/** A level shows the worse ones too. `nameOf` is what a node is called on the drawing. */
export function filterLog(
  entries: readonly RunLogEntry[],
  { level, nodeId, text }: LogFilter,
  language: Language,
  nameOf: (nodeId: string) => string,
): readonly RunLogEntry[] {
  const least = level === 'all' ? 0 : WEIGHT[level];
  const words = text.trim().toLocaleLowerCase();
  return entries.filter((entry) => {
    if (WEIGHT[entry.level] < least) return false;
    if (nodeId !== null && entry.nodeId !== nodeId) return false;
    if (words === '') return true;
    const name = entry.nodeId === null ? '' : nameOf(entry.nodeId);
    return `${entry.text[language]}\n${entry.code}\n${name}`.toLocaleLowerCase().includes(words);
  });
}

export function countByLevel(entries: readonly RunLogEntry[]): { readonly warnings: number; readonly errors: number } {
  const count = (level: LogLevel) => entries.filter((entry) => entry.level === level).length;
  return { warnings: count('warning'), errors: count('error') };
}

export function printEntry({ atMs, level, code, nodeId, subtask, text }: RunLogEntry, language: Language): string {
  const where = nodeId === null ? '' : ` [${nodeId}${subtask === null ? '' : ` ${subtask + 1}`}]`;
  return `${formatClock(atMs)} ${level} ${code}${where} ${text[language]}`;
}
