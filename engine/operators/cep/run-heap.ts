/**
 * Partial matches of one key, the one that began first on top. A binary heap that moves its entries exactly as Java's PriorityQueue does: of matches
 * that began with the same row, Flink reports first the one that its queue happens to have first, and after-match skipping drops the others.
 */

/** Negative when `left` began before `right`. */
export type CompareRuns = (left: number, right: number) => number;

export class RunHeap {
  /** The first `count` are in use; the rest is left over, so that nothing is allocated per row. */
  readonly entries: number[] = [];
  count = 0;
  private readonly compare: CompareRuns;

  constructor(compare: CompareRuns) {
    this.compare = compare;
  }

  clear(): void {
    this.count = 0;
  }

  /** Puts an entry behind the others, for entries that come in the order of a heap. */
  append(run: number): void {
    this.entries[this.count++] = run;
  }

  add(run: number): void {
    const { entries } = this;
    let at = this.count++;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (this.compare(run, entries[parent]) >= 0) break;
      entries[at] = entries[parent];
      at = parent;
    }
    entries[at] = run;
  }

  /** Takes the top away; only when there is one. */
  poll(): number {
    const { entries } = this;
    const top = entries[0];
    const last = entries[--this.count];
    if (this.count > 0) this.siftDown(0, last);
    return top;
  }

  /** Takes out what `drop` says true to (asked in order of the entries); the rest is put in order again. */
  removeIf(drop: (run: number) => boolean): void {
    const { entries, count } = this;
    let kept = 0;
    for (let at = 0; at < count; at++) if (!drop(entries[at])) entries[kept++] = entries[at];
    if (kept === count) return;
    this.count = kept;
    for (let at = (kept >>> 1) - 1; at >= 0; at--) this.siftDown(at, entries[at]);
  }

  private siftDown(start: number, run: number): void {
    const { entries, count } = this;
    const half = count >>> 1;
    let at = start;
    while (at < half) {
      let child = at * 2 + 1;
      if (child + 1 < count && this.compare(entries[child], entries[child + 1]) > 0) child++;
      if (this.compare(run, entries[child]) <= 0) break;
      entries[at] = entries[child];
      at = child;
    }
    entries[at] = run;
  }
}
