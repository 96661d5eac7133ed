/** What a row of the table of operators says: a node with its settings as a pipeline file has them, and the rows it is given. */
import type { JsonObject } from '../../../engine/base/json.ts';
import type { ColumnValue } from '../../../engine/columnar/column-value.ts';

export const KEYS = 10_000;
export const MILLION = 1_000_000;
/** What code in one line has to reach, and everything else. */
export const CODE_BAR = 3 * MILLION;
export const BAR = MILLION;

/** One column of made-up rows. */
export interface StreamColumn {
  /** As in Flink SQL. */
  readonly type: string;
  /** Of the row with number `row`; `random(n)` is a whole number below n. */
  readonly value: (random: (limit: number) => number, row: number) => ColumnValue;
}

export interface Stream {
  readonly columns: { readonly [name: string]: StreamColumn };
  /** Rows are so far out of order. Absent: rows without times. */
  readonly disorderMs?: number;
  /** A watermark follows every row that advances it; false: nobody has declared event time yet. */
  readonly watermarks?: boolean;
}

export interface OperatorRow {
  /** Type in the catalogue. */
  readonly node: string;
  /** What is measured, in a few words. */
  readonly setting: string;
  readonly config: JsonObject;
  /** By input port; batches take turns. Absent: NUMBERS at every port. */
  readonly inputs?: { readonly [port: string]: Stream };
  /** Batches that the last input port gets before all others; absent: turns. */
  readonly lastInputFirst?: number;
  /** Rows per second and core that it should reach. */
  readonly bar?: number;
  /** Why it stays below, where it does: a measured reason, explained in docs/operators-speed.md. */
  readonly below?: string;
  /** What one row causes, where that is more than one update. */
  readonly work?: { readonly each: string; readonly perRow: number };
  /** Share of the rows that are measured (a slow one needs fewer). */
  readonly share?: number;
}

export const key: StreamColumn = { type: 'BIGINT', value: (random) => BigInt(random(KEYS)) };
export const number: StreamColumn = { type: 'BIGINT', value: (random) => BigInt(1 + random(10_000)) };
/** Each value twice, one after the other. */
export const pairNumber: StreamColumn = { type: 'BIGINT', value: (_random, row) => BigInt(Math.floor(row / 2)) };
export const price: StreamColumn = { type: 'DOUBLE', value: (random) => random(100) };
export const word: StreamColumn = { type: 'STRING', value: (random) => `name ${random(KEYS)}` };
/** Filled in with times that are out of order. */
export const ts: StreamColumn = { type: 'TIMESTAMP(3)', value: () => null };

/** The plainest rows: no text, no event time. */
export const NUMBERS: Stream = { columns: { key, number, price } };

/** Rows that carry event time, so far out of order. */
export function timed(disorderMs: number, numbers: StreamColumn = number): Stream {
  return { columns: { key, number: numbers, ts }, disorderMs };
}
