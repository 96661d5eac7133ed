/** One row of columns in memory of its own, filled with JavaScript values: how single keys are looked up in a hash table. */
import type { Column } from '../columnar/batch.ts';
import { createColumn } from '../columnar/batch.ts';
import type { ColumnValue } from '../columnar/column-value.ts';
import { floorMillis, NANOS_PER_MILLI } from '../columnar/column-value.ts';
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import { keyForm } from '../columnar/key-fields.ts';
import type { LogicalType } from '../types/logical-type.ts';
import type { KeyedTable } from './keyed-table.ts';

const LANE_BYTES = 32;
const RESULT_BYTES = 16;
const encoder = new TextEncoder();

export class ProbeRow {
  readonly columns: readonly Column[];
  private readonly memory: JobMemory;
  private readonly lanes: Address;
  private readonly laneBytes: number;
  /** Texts of the values: replaced by a larger region when they do not fit. */
  private texts: Address = 0;
  private textCapacity = 0;

  constructor(memory: JobMemory, types: readonly LogicalType[]) {
    this.memory = memory;
    this.laneBytes = types.length * LANE_BYTES + RESULT_BYTES;
    this.lanes = memory.allocateRegion(this.laneBytes);
    this.columns = types.map((type, at) => {
      const lane = this.lanes + at * LANE_BYTES;
      return { ...createColumn(type), data: lane, nanos: lane + 16, validity: lane + 24 };
    });
  }

  /** Row of the key made of `values` in `table`; NO_ROW when it is absent. */
  find(table: KeyedTable, values: readonly ColumnValue[]): number {
    this.fill(values);
    table.find(this.columns, 0, 0, 1, this.result);
    return this.memory.i32[this.result >>> 2];
  }

  /** The same; an absent key is added. */
  upsert(table: KeyedTable, values: readonly ColumnValue[]): number {
    this.fill(values);
    table.upsert(this.columns, 0, 0, 1, this.result);
    return this.memory.i32[this.result >>> 2];
  }

  close(): void {
    this.memory.freeRegion(this.lanes, this.laneBytes);
    if (this.textCapacity > 0) this.memory.freeRegion(this.texts, this.textCapacity);
    this.textCapacity = 0;
  }

  private get result(): Address {
    return this.lanes + this.laneBytes - RESULT_BYTES;
  }

  private fill(values: readonly ColumnValue[]): void {
    let textBytes = 0;
    const bytes = values.map((value) => {
      if (typeof value !== 'string' && !(value instanceof Uint8Array)) return null;
      const encoded = typeof value === 'string' ? encoder.encode(value) : value;
      textBytes += encoded.length;
      return encoded;
    });
    this.reserveTexts(textBytes);
    let text = this.texts;
    this.columns.forEach((column, at) => {
      const value = values[at] ?? null;
      const encoded = bytes[at] ?? null;
      this.memory.u8[column.validity] = value === null ? 0 : 1;
      if (value === null) return;
      if (encoded === null) {
        this.writeFixed(column, value);
        return;
      }
      this.memory.u8.set(encoded, text);
      this.memory.u32[column.data >>> 2] = text;
      this.memory.u32[(column.data >>> 2) + 1] = encoded.length;
      text += encoded.length;
    });
  }

  private writeFixed(column: Column, value: ColumnValue): void {
    const { u8, i32, i64, f32, f64 } = this.memory;
    const { data } = column;
    switch (keyForm(column.type)) {
      case 'boolean':
        u8[data] = value === true ? 1 : 0;
        return;
      case 'i32':
        i32[data >>> 2] = Number(value);
        return;
      case 'f32':
        f32[data >>> 2] = Number(value);
        return;
      case 'f64':
        f64[data >>> 3] = Number(value);
        return;
      case 'i128':
        i64[data >>> 3] = BigInt.asIntN(64, asBigint(value));
        i64[(data >>> 3) + 1] = BigInt.asIntN(64, asBigint(value) >> 64n);
        return;
      default: {
        const isTime = column.type.kind === 'TIMESTAMP' || column.type.kind === 'TIMESTAMP_LTZ';
        const millis = isTime ? floorMillis(asBigint(value)) : asBigint(value);
        i64[data >>> 3] = millis;
        i32[column.nanos >>> 2] = isTime ? Number(asBigint(value) - millis * NANOS_PER_MILLI) : 0;
      }
    }
  }

  private reserveTexts(bytes: number): void {
    if (bytes <= this.textCapacity) return;
    if (this.textCapacity > 0) this.memory.freeRegion(this.texts, this.textCapacity);
    this.textCapacity = 2 ** Math.ceil(Math.log2(bytes));
    this.texts = this.memory.allocateRegion(this.textCapacity);
  }
}

function asBigint(value: ColumnValue): bigint {
  return typeof value === 'bigint' ? value : BigInt(Number(value));
}
