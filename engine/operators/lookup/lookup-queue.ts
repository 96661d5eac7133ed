/** Rows that wait for their answers, with the watermarks between them, and the order in which they may leave. */

/** A row that was asked for. */
export interface PendingRow {
  /** Its number in the store. */
  readonly row: number;
  readonly timestamp: bigint | null;
  answer: RowAnswer | null;
}

/** Texts of the result columns; `missing`: there is nothing. */
export type RowAnswer =
  | { readonly kind: 'found'; readonly values: readonly (string | null)[] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly reason: string };

export type Leaving = { readonly pending: PendingRow } | { readonly watermark: bigint };

export interface LookupQueue {
  /** Rows that have not left. */
  readonly size: number;
  add(pending: PendingRow): void;
  addWatermark(watermark: bigint): void;
  /** The row has its answer. */
  answered(pending: PendingRow): void;
  /** What may leave now, taken out; null: nothing. */
  next(): Leaving | null;
  /** The rows in the order they came. */
  rows(): readonly PendingRow[];
}

/** Whatever has left the front of an array makes room once there is so much of it. */
const LEFT_MAX = 1024;

/** As they came: a row waits for all before it. */
export class OrderedQueue implements LookupQueue {
  size = 0;
  private items: (PendingRow | { readonly watermark: bigint })[] = [];
  private first = 0;

  add(pending: PendingRow): void {
    this.items.push(pending);
    this.size++;
  }

  addWatermark(watermark: bigint): void {
    this.items.push({ watermark });
  }

  answered(): void {
    // The row itself says so.
  }

  next(): Leaving | null {
    const item = this.items[this.first];
    if (item === undefined) return null;
    if ('watermark' in item) {
      this.drop();
      return item;
    }
    if (item.answer === null) return null;
    this.drop();
    this.size--;
    return { pending: item };
  }

  rows(): readonly PendingRow[] {
    return this.items.slice(this.first).flatMap((item) => ('watermark' in item ? [] : [item]));
  }

  private drop(): void {
    this.first++;
    if (this.first < LEFT_MAX && this.first < this.items.length) return;
    this.items = this.items.slice(this.first);
    this.first = 0;
  }
}

interface Stretch {
  readonly waiting: Set<PendingRow>;
  readonly ready: PendingRow[];
  /** Behind it; null while rows may still be added. */
  watermark: bigint | null;
}

/** As they are answered, but no row passes a watermark: rows between two of them leave in any order. */
export class UnorderedQueue implements LookupQueue {
  size = 0;
  private readonly stretches: Stretch[] = [createStretch()];
  private readonly stretchOf = new Map<PendingRow, Stretch>();

  add(pending: PendingRow): void {
    const stretch = this.stretches[this.stretches.length - 1];
    stretch.waiting.add(pending);
    this.stretchOf.set(pending, stretch);
    this.size++;
  }

  addWatermark(watermark: bigint): void {
    this.stretches[this.stretches.length - 1].watermark = watermark;
    this.stretches.push(createStretch());
  }

  answered(pending: PendingRow): void {
    this.stretchOf.get(pending)?.ready.push(pending);
  }

  next(): Leaving | null {
    const [stretch] = this.stretches;
    const pending = stretch.ready.shift();
    if (pending !== undefined) {
      stretch.waiting.delete(pending);
      this.stretchOf.delete(pending);
      this.size--;
      return { pending };
    }
    const { watermark } = stretch;
    if (stretch.waiting.size > 0 || watermark === null) return null;
    this.stretches.shift();
    return { watermark };
  }

  rows(): readonly PendingRow[] {
    return this.stretches.flatMap(({ waiting }) => [...waiting]);
  }
}

function createStretch(): Stretch {
  return { waiting: new Set(), ready: [], watermark: null };
}
