/** The lanes a decoder writes to: one batch under construction, addressed by plan index and row. */
import type { Arena } from '../columnar/arena.ts';
import { type Batch, type Column, createBatch, entryBytes, hasNanosLane } from '../columnar/batch.ts';
import type { ColumnValue } from '../columnar/column-value.ts';
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import { clearBatch, isBoxed, isByteView } from '../columnar/lanes.ts';
import type { DecodePlan, SchemaPlan } from './decode-plan.ts';
import type { TextKernels } from './wasm/kernels.ts';
import { textKernels } from './wasm/text-kernels.ts';

export class DecodeTarget {
  readonly plan: SchemaPlan;
  readonly memory: JobMemory;
  readonly batch: Batch;
  /** Data lane by plan index, 0 where nothing is kept. */
  readonly data: Float64Array;
  readonly nanos: Float64Array;
  /** Validity of plan index k and row r is the byte at `validity + k * stride + r`. */
  validity: Address = 0;
  stride = 0;
  private readonly columns: Column[];
  private readonly kernels: TextKernels;

  constructor(plan: SchemaPlan, memory: JobMemory) {
    this.plan = plan;
    this.memory = memory;
    this.kernels = textKernels(memory);
    this.batch = createBatch(memory, plan.schema);
    this.columns = flattenColumns(this.batch.columns);
    this.data = new Float64Array(plan.flat.length);
    this.nanos = new Float64Array(plan.flat.length);
  }

  /** Fresh lanes for up to `rows` rows, all of them present. */
  prepare(arena: Arena, rows: number): void {
    clearBatch(this.batch);
    this.stride = (rows + 15) & ~15;
    const validityBytes = this.stride * this.plan.flat.length;
    // The search for zeros reads whole vectors.
    this.validity = arena.allocate(validityBytes + 16);
    for (const { index, type, required } of this.plan.flat) {
      const column = this.columns[index];
      column.boxed = required && isBoxed(type) ? new Array(rows).fill(null) : null;
      const bytes = required ? entryBytes(type) * this.stride : 0;
      column.data = bytes > 0 ? arena.allocate(bytes) : 0;
      column.nanos = required && hasNanosLane(type) ? arena.allocate(4 * this.stride) : 0;
      this.data[index] = column.data;
      this.nanos[index] = column.nanos;
    }
    this.kernels.fillBytes(this.validity, 1, validityBytes);
  }

  /** Closes the batch at `rowCount` rows; `ascii` tells for a text column whether all its bytes are below 0x80. */
  finish(rowCount: number, ascii: (plan: DecodePlan) => boolean): Batch {
    this.batch.rowCount = rowCount;
    this.batch.selectedCount = rowCount;
    for (const plan of this.plan.flat) {
      const column = this.columns[plan.index];
      const lane = this.validity + plan.index * this.stride;
      const hasNull = (plan.required || plan.type.kind === 'ROW') && this.kernels.hasZero(lane, rowCount) !== 0;
      column.validity = hasNull ? lane : 0;
      column.ascii = plan.required && isByteView(plan.type) && ascii(plan);
    }
    return this.batch;
  }

  isPresent(index: number, row: number): boolean {
    return this.memory.u8[this.validity + index * this.stride + row] !== 0;
  }

  /** Marks a value, and for a ROW everything inside it, as null. */
  setNull(plan: DecodePlan, row: number): void {
    for (let index = plan.index; index < plan.end; index++) this.memory.u8[this.validity + index * this.stride + row] = 0;
  }

  /** Undoes an earlier null of this row, for a key that appears twice or a line that is decoded again. */
  setPresent(plan: DecodePlan, row: number): void {
    this.memory.u8[this.validity + plan.index * this.stride + row] = 1;
  }

  /** As `prepare` left the row: for a record that was refused half-way. */
  setAllPresent(row: number): void {
    for (const { index } of this.plan.flat) this.memory.u8[this.validity + index * this.stride + row] = 1;
  }

  setBoolean(plan: DecodePlan, row: number, value: boolean): void {
    if (plan.required) this.memory.u8[this.data[plan.index] + row] = value ? 1 : 0;
  }

  setInteger(plan: DecodePlan, row: number, value: number): void {
    if (plan.required) this.memory.i32[(this.data[plan.index] >>> 2) + row] = value;
  }

  setLong(plan: DecodePlan, row: number, value: bigint): void {
    if (plan.required) this.memory.i64[(this.data[plan.index] >>> 3) + row] = value;
  }

  /** A BIGINT of at most 15 digits. */
  setSafeLong(plan: DecodePlan, row: number, value: number): void {
    if (!plan.required) return;
    const entry = (this.data[plan.index] >>> 2) + 2 * row;
    this.memory.i32[entry] = value | 0;
    this.memory.i32[entry + 1] = Math.floor(value * 2 ** -32);
  }

  setFloating(plan: DecodePlan, row: number, value: number): void {
    if (!plan.required) return;
    if (plan.type.kind === 'FLOAT') this.memory.f32[(this.data[plan.index] >>> 2) + row] = value;
    else this.memory.f64[(this.data[plan.index] >>> 3) + row] = value;
  }

  setDecimal(plan: DecodePlan, row: number, unscaled: bigint): void {
    if (!plan.required) return;
    const entry = this.data[plan.index] >>> 3;
    if (plan.type.kind === 'DECIMAL' && plan.type.precision > 18) {
      this.memory.i64[entry + 2 * row] = BigInt.asIntN(64, unscaled);
      this.memory.i64[entry + 2 * row + 1] = BigInt.asIntN(64, unscaled >> 64n);
    } else this.memory.i64[entry + row] = unscaled;
  }

  setTimestamp(plan: DecodePlan, row: number, millis: number, nanosOfMilli: number): void {
    if (!plan.required) return;
    this.setSafeLong(plan, row, millis);
    const nanos = this.nanos[plan.index];
    if (nanos !== 0) this.memory.i32[(nanos >>> 2) + row] = nanosOfMilli;
  }

  setView(plan: DecodePlan, row: number, address: Address, length: number): void {
    if (!plan.required) return;
    const entry = (this.data[plan.index] >>> 2) + 2 * row;
    this.memory.u32[entry] = address;
    this.memory.u32[entry + 1] = length;
  }

  setBoxed(plan: DecodePlan, row: number, value: ColumnValue): void {
    const { boxed } = this.columns[plan.index];
    if (boxed !== null) boxed[row] = value;
  }
}

function flattenColumns(columns: readonly Column[]): Column[] {
  return columns.flatMap((column) => [column, ...flattenColumns(column.children)]);
}
