/** One value per key, in the key's own row: value states, and reducing and aggregating states, which keep what was made of many. */
import type { LogicalType } from '../types/logical-type.ts';
import type { KeyedTable } from './keyed-table.ts';
import type { CellSpec } from './row-layout.ts';
import { cellWords } from './row-layout.ts';
import type { RowStore } from './row-store.ts';
import type { StateExpiry } from './state-expiry.ts';
import type { AggregatingSpec, ReducingSpec, StateValue, TimeToLive } from './state-spec.ts';
import { storedCells } from './stored-columns.ts';
import { StoredValues } from './stored-values.ts';

/** In a key's row: is there a value (i32), time of the last access (f64, with expiry), the value. */
export function valueCells(types: readonly LogicalType[], ttl: TimeToLive | null): CellSpec[] {
  const time: CellSpec[] = ttl === null ? [] : [{ form: 'f64', nullable: false }];
  return [{ form: 'i32', nullable: false }, ...time, ...storedCells(types)];
}

export class ValueState {
  /** Where the value lies in a key's row, for generated code; what has expired is only known to `get`. */
  readonly values: StoredValues;
  /** Word of the row that is 1 where there is a value. */
  readonly presentWord: number;
  private readonly table: KeyedTable;
  private readonly expiry: StateExpiry | null;
  private readonly timeWord: number;

  constructor(table: KeyedTable, types: readonly LogicalType[], firstCell: number, expiry: StateExpiry | null) {
    this.table = table;
    this.expiry = expiry;
    this.presentWord = table.layout.cells[firstCell].word;
    this.timeWord = expiry === null ? 0 : table.layout.cells[firstCell + 1].word;
    this.values = new StoredValues(table, types, firstCell + (expiry === null ? 1 : 2));
  }

  /** The value of a key; null when there is none, or none any more. */
  get(slot: number): StateValue | null {
    if (!this.isThere(slot)) return null;
    if (this.expiry === null) return this.values.read(slot);
    if (this.expiry.isExpired(this.accessMs(slot))) {
      const expired = this.expiry.returnsExpired ? this.values.read(slot) : null;
      this.clear(slot);
      return expired;
    }
    if (this.expiry.renewsOnRead) this.touch(slot);
    return this.values.read(slot);
  }

  /** Whether `get` would answer a value; counts as read. */
  has(slot: number): boolean {
    if (!this.isThere(slot)) return false;
    if (this.expiry === null) return true;
    if (this.expiry.isExpired(this.accessMs(slot))) {
      this.clear(slot);
      return this.expiry.returnsExpired;
    }
    if (this.expiry.renewsOnRead) this.touch(slot);
    return true;
  }

  set(slot: number, value: StateValue): void {
    this.values.write(slot, value);
    this.table.memory.i32[this.table.wordOf(slot) + this.presentWord] = 1;
    this.touch(slot);
  }

  /** For code that fills the cells itself: a value begins, its cells null and of zero words. */
  begin(slot: number): void {
    const { i32 } = this.table.memory;
    const word = this.table.wordOf(slot);
    this.values.clear(slot);
    for (const cell of this.values.cells) i32.fill(0, word + cell.word, word + cell.word + cellWords(cell.form));
    i32[word + this.presentWord] = 1;
    this.touch(slot);
  }

  /** The cells were written. */
  touch(slot: number): void {
    if (this.expiry !== null) this.table.memory.f64[(this.table.wordOf(slot) + this.timeWord) >>> 1] = this.expiry.nowMs;
  }

  clear(slot: number): void {
    if (!this.isThere(slot)) return;
    this.values.clear(slot);
    this.table.memory.i32[this.table.wordOf(slot) + this.presentWord] = 0;
  }

  isEmpty(slot: number): boolean {
    return !this.isThere(slot);
  }

  /** The same of a row in another store of the table's layout, where a value that has expired and may be dropped does not count. */
  keepsNothing(store: RowStore, row: number): boolean {
    const word = store.wordOf(row);
    if (store.memory.i32[word + this.presentWord] === 0) return true;
    return this.expiry?.inBackground === true && this.expiry.isExpired(store.memory.f64[(word + this.timeWord) >>> 1]);
  }

  /** Drops the value if it has expired. */
  expire(slot: number): void {
    if (this.expiry?.inBackground === true && this.isThere(slot) && this.expiry.isExpired(this.accessMs(slot))) this.clear(slot);
  }

  /** What a further value is combined with: an expired one takes part only where reads may see it. */
  peek(slot: number): StateValue | null {
    if (!this.isThere(slot)) return null;
    const gone = this.expiry !== null && !this.expiry.returnsExpired && this.expiry.isExpired(this.accessMs(slot));
    return gone ? null : this.values.read(slot);
  }

  /** When the value was last accessed; null without a value or without expiry. */
  accessTime(slot: number): number | null {
    return this.expiry === null || !this.isThere(slot) ? null : this.accessMs(slot);
  }

  private isThere(slot: number): boolean {
    return this.table.memory.i32[this.table.wordOf(slot) + this.presentWord] !== 0;
  }

  private accessMs(slot: number): number {
    return this.table.memory.f64[(this.table.wordOf(slot) + this.timeWord) >>> 1];
  }
}

export class ReducingState {
  readonly kept: ValueState;
  private readonly spec: ReducingSpec;

  constructor(kept: ValueState, spec: ReducingSpec) {
    this.kept = kept;
    this.spec = spec;
  }

  get(slot: number): StateValue | null {
    return this.kept.get(slot);
  }

  add(slot: number, added: StateValue): void {
    const before = this.kept.peek(slot);
    this.kept.set(slot, before === null ? added : this.spec.reduce(before, added));
  }

  clear(slot: number): void {
    this.kept.clear(slot);
  }
}

export class AggregatingState {
  readonly kept: ValueState;
  private readonly spec: AggregatingSpec;

  constructor(kept: ValueState, spec: AggregatingSpec) {
    this.kept = kept;
    this.spec = spec;
  }

  get(slot: number): StateValue | null {
    const accumulator = this.kept.get(slot);
    return accumulator === null ? null : this.spec.result(accumulator);
  }

  add(slot: number, added: StateValue): void {
    this.kept.set(slot, this.spec.add(this.kept.peek(slot) ?? this.spec.create(), added));
  }

  clear(slot: number): void {
    this.kept.clear(slot);
  }
}
