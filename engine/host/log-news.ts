/** Gathers log entries for a moment, so that a burst of them is one message and one change of the page, by run. */
import type { RunLogEntry } from './contract.ts';

const GATHERED_MS = 100;

export class LogNews {
  private readonly publish: (runId: string, entries: readonly RunLogEntry[]) => void;
  private readonly gathered = new Map<string, RunLogEntry[]>();
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(publish: (runId: string, entries: readonly RunLogEntry[]) => void) {
    this.publish = publish;
  }

  add(entry: RunLogEntry): void {
    const entries = this.gathered.get(entry.runId);
    if (entries === undefined) this.gathered.set(entry.runId, [entry]);
    else entries.push(entry);
    this.timer ??= setTimeout(() => this.tell(), GATHERED_MS);
  }

  /** What is gathered stays untold; whoever wants it reads the log. */
  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.gathered.clear();
  }

  private tell(): void {
    this.timer = null;
    const told = [...this.gathered];
    this.gathered.clear();
    for (const [runId, entries] of told) this.publish(runId, entries);
  }
}
