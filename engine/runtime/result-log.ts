/**
 * The rows that reached the sinks somebody looks at, in order and numbered. Nodes that only observe hand over their rows
 * from the start of the run; of other sinks the rows on their input edges are followed while somebody asks.
 */
import type { RunResults } from '../host/contract.ts';

export const RESULT_ROWS_MAX = 10_000;
/** UTF-16 units of a node's rows, so that wide rows neither fill the memory nor make an answer nobody can read. */
export const RESULT_TEXT_MAX = 8 * 1024 * 1024;
/** What is left when wide rows are cut off, for the same reason as the slack. */
const TEXT_LEFT = 0.9;
/** Rows behind the limit before the oldest are cut off, so that not every row moves all others. */
const SLACK_ROWS = 1000;

interface NodeLog {
  lines: string[];
  /** UTF-16 units of all lines. */
  length: number;
  /** Rows ever taken; the newest has this number, the first row number 1. */
  last: number;
}

export class ResultLog {
  /** Another log begins its numbers again. */
  private readonly logId: number;
  private readonly logs = new Map<string, NodeLog>();

  constructor(logId: number) {
    this.logId = logId;
  }

  add(nodeId: string, lines: readonly string[]): void {
    const log = this.logs.get(nodeId) ?? { lines: [], length: 0, last: 0 };
    for (const line of lines) {
      log.lines.push(line);
      log.length += line.length;
    }
    log.last += lines.length;
    const tooMany = log.lines.length > RESULT_ROWS_MAX + SLACK_ROWS ? log.lines.length - RESULT_ROWS_MAX : 0;
    if (tooMany > 0 || log.length > RESULT_TEXT_MAX) cutOldest(log, tooMany);
    this.logs.set(nodeId, log);
  }

  /** `afterSequence` 0 = from the oldest row that is kept. */
  read(nodeId: string, afterSequence: number): Pick<RunResults, 'logId' | 'first' | 'last' | 'rows'> {
    const { lines, last } = this.logs.get(nodeId) ?? { lines: [], last: 0 };
    const oldest = last - Math.min(lines.length, RESULT_ROWS_MAX) + 1;
    const first = Math.max(oldest, Math.min(last, afterSequence) + 1);
    return { logId: this.logId, first, last, rows: first > last ? [] : lines.slice(first - last - 1) };
  }

  newest(nodeId: string, rowsMax: number): { readonly rows: readonly string[]; readonly total: number } {
    const log = this.logs.get(nodeId);
    return log === undefined ? { rows: [], total: 0 } : { rows: log.lines.slice(-rowsMax), total: log.last };
  }
}

/** At least so many, and more until the text fits; the newest stays, however wide it is. */
function cutOldest(log: NodeLog, count: number): void {
  const wide = log.length > RESULT_TEXT_MAX;
  let cut = 0;
  for (const line of log.lines) {
    if (cut === log.lines.length - 1 || (cut >= count && !(wide && log.length > RESULT_TEXT_MAX * TEXT_LEFT))) break;
    log.length -= line.length;
    cut++;
  }
  log.lines = log.lines.slice(cut);
}
