/** Reads what expressions over a match ask for out of the buffer, into columns. */
import { assert } from '../../base/assert.ts';
import type { Column } from '../../columnar/batch.ts';
import { createColumn } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import { readValue } from '../../columnar/row-reader.ts';
import type { AggregateSlot, KeptColumn, NavigationSlot, Slot } from '../../expressions/pattern/pattern-slots.ts';
import type { ExportKernel } from '../../state/row-export.ts';
import { exportKernel } from '../../state/row-export.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { compareBytes, divideHalfUp } from '../aggregating/wide-arithmetic.ts';
import type { MatchBuffer } from './match-buffer.ts';

const LANE_BYTES = 32;
const NONE = -1;
const DECIMAL_LIMIT = 10n ** 38n;

/** Rows in the order of a match, each with the step it belongs to. */
export interface MatchRows {
  count: number;
  readonly steps: readonly number[];
  readonly events: readonly number[];
}

export class SlotValues {
  private readonly memory: JobMemory;
  private readonly buffer: MatchBuffer;
  private readonly slots: readonly Slot[];
  private readonly kernels: readonly ExportKernel[];
  /** One entry per kept column, to read values back through. */
  private readonly scratch: readonly Column[];
  private readonly lanes: Address;
  private readonly one: Column[] = [];

  constructor(memory: JobMemory, buffer: MatchBuffer, kept: readonly KeptColumn[], slots: readonly Slot[]) {
    this.memory = memory;
    this.buffer = buffer;
    this.slots = slots;
    this.kernels = kept.map((_, at) => exportKernel(buffer.layout, [buffer.cells[at]]));
    this.lanes = memory.allocateRegion(Math.max(kept.length, 1) * LANE_BYTES);
    this.scratch = kept.map(({ expression }, at) => {
      const lane = this.lanes + at * LANE_BYTES;
      return { ...createColumn(expression.type), data: lane, nanos: lane + 16, validity: lane + 24 };
    });
  }

  /** Writes the value of every slot to entry `target` of its column, whose validity lane is there. */
  write(rows: MatchRows, columns: readonly Column[], target: number): void {
    for (let at = 0; at < this.slots.length; at++) {
      const slot = this.slots[at];
      if (slot.kind === 'navigate') this.copy(slot.column, this.rowOf(slot, rows), columns[at], target);
      else this.aggregate(slot, rows, columns[at], target);
    }
  }

  close(): void {
    this.memory.freeRegion(this.lanes, Math.max(this.scratch.length, 1) * LANE_BYTES);
  }

  private rowOf(slot: NavigationSlot, rows: MatchRows): number {
    let left = slot.offset;
    const last = rows.count - 1;
    for (let count = 0; count <= last; count++) {
      const at = slot.from === 'first' ? count : last - count;
      if (slot.step !== null && rows.steps[at] !== slot.step) continue;
      if (left-- === 0) return rows.events[at];
    }
    return NONE;
  }

  private copy(column: number, event: number, into: Column, target: number): void {
    if (event === NONE) {
      this.memory.u8[into.validity + target] = 0;
      return;
    }
    this.one[0] = into;
    this.kernels[column](this.buffer.events, this.memory, 0, event, event + 1, this.one, target);
  }

  private aggregate(slot: AggregateSlot, rows: MatchRows, into: Column, target: number): void {
    const { column } = slot;
    assert(column !== null && slot.argumentType !== null, 'an aggregate over a match has an argument');
    if (slot.function === 'MIN' || slot.function === 'MAX') {
      this.copy(column, this.extreme(slot, column, rows), into, target);
      return;
    }
    let sum: number | bigint | null = null;
    let count = 0;
    for (let at = 0; at < rows.count; at++) {
      if (slot.step !== null && rows.steps[at] !== slot.step) continue;
      const value = this.valueOf(column, rows.events[at]);
      if (value === null) continue;
      count++;
      if (slot.function !== 'COUNT') sum = addValue(sum, value, slot);
    }
    if (slot.function === 'COUNT') this.writeNumber(BigInt(count), into, target);
    else this.writeNumber(sum === null || slot.function === 'SUM' ? sum : average(sum, count, slot.argumentType, slot.type), into, target);
  }

  private valueOf(column: number, event: number): ColumnValue {
    this.copy(column, event, this.scratch[column], 0);
    return readValue(this.memory, this.scratch[column], 0);
  }

  /** The row with the smallest or largest value; the first of equal ones. */
  private extreme(slot: AggregateSlot, column: number, rows: MatchRows): number {
    const { events, cells } = this.buffer;
    const cell = cells[column];
    let found = NONE;
    for (let at = 0; at < rows.count; at++) {
      const event = rows.events[at];
      if ((slot.step !== null && rows.steps[at] !== slot.step) || !events.isPresent(event, cell)) continue;
      if (found === NONE) found = event;
      const order = cell.form === 'text' ? this.compareTexts(column, event, found) : this.compareValues(column, event, found);
      if (slot.function === 'MIN' ? order < 0 : order > 0) found = event;
    }
    return found;
  }

  private compareTexts(column: number, left: number, right: number): number {
    const { events, cells } = this.buffer;
    const { u8, u32 } = this.memory;
    const [a, b] = [events.wordOf(left) + cells[column].word, events.wordOf(right) + cells[column].word];
    return compareBytes(u8, events.heap + u32[a], u32[a + 1], events.heap + u32[b], u32[b + 1]);
  }

  private compareValues(column: number, left: number, right: number): number {
    const [a, b] = [this.valueOf(column, left) ?? 0, this.valueOf(column, right) ?? 0];
    return a < b ? -1 : a > b ? 1 : 0;
  }

  private writeNumber(value: number | bigint | null, into: Column, target: number): void {
    const { u8, i32, i64, f32, f64 } = this.memory;
    const fits = value !== null && !(into.type.kind === 'DECIMAL' && (BigInt(value) >= DECIMAL_LIMIT || BigInt(value) <= -DECIMAL_LIMIT));
    u8[into.validity + target] = fits ? 1 : 0;
    if (value === null || !fits) return;
    switch (into.type.kind) {
      case 'BIGINT':
        i64[(into.data >>> 3) + target] = BigInt(value);
        return;
      case 'DOUBLE':
        f64[(into.data >>> 3) + target] = Number(value);
        return;
      case 'FLOAT':
        f32[(into.data >>> 2) + target] = Number(value);
        return;
      case 'DECIMAL':
        i64[(into.data >>> 3) + 2 * target] = BigInt.asIntN(64, BigInt(value));
        i64[(into.data >>> 3) + 2 * target + 1] = BigInt.asIntN(64, BigInt(value) >> 64n);
        return;
      default:
        i32[(into.data >>> 2) + target] = Number(value);
    }
  }
}

const INTEGER_BITS: { readonly [kind: string]: number } = { TINYINT: 8, SMALLINT: 16, INTEGER: 32, BIGINT: 64 };

/** Integers wrap in what they are summed in: SUM in the column's type, AVG in BIGINT. */
function addValue(sum: number | bigint | null, value: ColumnValue, slot: AggregateSlot): number | bigint {
  const kind = slot.argumentType?.kind ?? 'BIGINT';
  if (kind === 'DOUBLE') return Number(sum ?? 0) + Number(value);
  if (kind === 'FLOAT') return slot.function === 'SUM' ? Math.fround(Number(sum ?? 0) + Number(value)) : Number(sum ?? 0) + Number(value);
  const total = BigInt(sum ?? 0) + BigInt(value as number | bigint);
  if (kind === 'DECIMAL') return total;
  return BigInt.asIntN(slot.function === 'AVG' ? 64 : (INTEGER_BITS[kind] ?? 64), total);
}

function average(sum: number | bigint, count: number, argument: LogicalType, result: LogicalType): number | bigint {
  if (typeof sum === 'number') return sum / count;
  if (argument.kind !== 'DECIMAL' || result.kind !== 'DECIMAL') return sum / BigInt(count);
  const magnitude = divideHalfUp(sum < 0n ? -sum : sum, BigInt(count), argument.scale, result.scale);
  return sum < 0n ? -magnitude : magnitude;
}
