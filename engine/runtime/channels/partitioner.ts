/** Which row of a batch goes to which subtask of the consumer; Flink's partitioners over whole batches. */
import { assertNever } from '../../base/assert.ts';
import { SeededRandom } from '../../base/random.ts';
import type { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { type ColumnPath, columnAt } from '../../columnar/key-fields.ts';
import type { Partitioning } from '../plan/physical-plan.ts';

/** Entries `from … from+count` of the i32 row list at `rows`; address 0: of the physical rows. */
export interface RowRange {
  rows: Address;
  from: number;
  count: number;
}

export function createRowRange(): RowRange {
  return { rows: 0, from: 0, count: 0 };
}

export interface Partitioner {
  /** Fills one range per channel; lists are allocated in `arena`. */
  assign(batch: Batch, arena: Arena, parts: readonly RowRange[]): void;
}

/** Writes a number for every selected row, in order of selection, as i32 at `target`. */
export type NumberKernel = (batch: Batch, target: Address) => void;

export interface PartitionKernels {
  /** Key group of the key in these columns. */
  keyGroups(columns: readonly string[]): NumberKernel;
  /** The whole number in `column` modulo `bound`. */
  numbers(column: string, bound: number): NumberKernel;
}

export function createPartitioner(
  partitioning: Partitioning,
  channelCount: number,
  maxParallelism: number,
  firstChannel: number,
  kernels: PartitionKernels,
): Partitioner {
  switch (partitioning.kind) {
    case 'forward':
    case 'global':
      return { assign: assignToFirst };
    case 'broadcast':
      return { assign: assignToAll };
    case 'rebalance':
    case 'rescale':
      return createRebalance(channelCount, firstChannel);
    case 'shuffle':
      return createByNumber(channelCount, identity(channelCount), createRandomKernel(channelCount, firstChannel));
    case 'custom':
      return createByNumber(channelCount, identity(channelCount), kernels.numbers(partitioning.column, channelCount));
    case 'hash':
      return createByNumber(channelCount, channelsOfGroups(channelCount, maxParallelism), kernels.keyGroups(partitioning.columns));
    default:
      return assertNever(partitioning, 'partitioning');
  }
}

function assignToFirst(batch: Batch, _arena: Arena, parts: readonly RowRange[]): void {
  assignRange(parts[0], batch, 0, batch.selectedCount);
  for (let channel = 1; channel < parts.length; channel++) parts[channel].count = 0;
}

function assignToAll(batch: Batch, _arena: Arena, parts: readonly RowRange[]): void {
  for (const part of parts) assignRange(part, batch, 0, batch.selectedCount);
}

function assignRange(part: RowRange, batch: Batch, from: number, count: number): void {
  part.rows = batch.selection;
  part.from = from;
  part.count = count;
}

/** Flink deals rows out one by one; runs of rows are as even and keep the copies large. The turn goes on across batches. */
function createRebalance(channelCount: number, firstChannel: number): Partitioner {
  let next = firstChannel % channelCount;
  return {
    assign(batch, _arena, parts) {
      let from = 0;
      for (let turn = 0; turn < channelCount; turn++) {
        const share = Math.ceil((batch.selectedCount - from) / (channelCount - turn));
        assignRange(parts[(next + turn) % channelCount], batch, from, share);
        from += share;
      }
      next = (next + Math.max(1, batch.selectedCount % channelCount)) % channelCount;
    },
  };
}

function channelsOfGroups(channelCount: number, maxParallelism: number): Int32Array {
  return Int32Array.from({ length: maxParallelism }, (_, group) => Math.floor((group * channelCount) / maxParallelism));
}

function identity(channelCount: number): Int32Array {
  return Int32Array.from({ length: channelCount }, (_, channel) => channel);
}

/** Seeded by the subtask: a run can be told again. */
function createRandomKernel(channelCount: number, subtask: number): NumberKernel {
  const random = new SeededRandom(subtask);
  return (batch, target) => {
    const words = batch.memory.i32;
    for (let at = 0; at < batch.selectedCount; at++) words[(target >>> 2) + at] = random.nextInt(channelCount);
  };
}

/** NULL counts as 0. */
export function createNumberKernel(path: ColumnPath, bound: number): NumberKernel {
  return (batch, target) => {
    const column = columnAt(batch, path);
    const isWide = column.type.kind === 'BIGINT';
    const { i32: words, u8: bytes } = batch.memory;
    for (let at = 0; at < batch.selectedCount; at++) {
      const row = batch.selection === 0 ? at : words[(batch.selection >>> 2) + at];
      const isNull = column.validity !== 0 && bytes[column.validity + row] === 0;
      const word = (column.data >>> 2) + (isWide ? 2 * row : row);
      words[(target >>> 2) + at] = isNull ? 0 : isWide ? modulo64(words[word], words[word + 1], bound) : modulo(words[word], bound);
    }
  };
}

/** Never negative. */
function modulo(value: number, bound: number): number {
  return ((value % bound) + bound) % bound;
}

/** Of the 64 bits in two words; exact below 2^21. */
function modulo64(low: number, high: number, bound: number): number {
  return (modulo(high, bound) * (4294967296 % bound) + ((low >>> 0) % bound)) % bound;
}

function createByNumber(channelCount: number, channelOf: Int32Array, kernel: NumberKernel): Partitioner {
  /** Per channel, the next entry of its list. */
  const next = new Int32Array(channelCount);
  return {
    assign(batch, arena, parts) {
      const total = batch.selectedCount;
      const numbers = arena.allocate(total * 4);
      // Every channel might get all rows: room for that saves counting them first.
      const lists = arena.allocate(total * 4 * channelCount);
      kernel(batch, numbers);
      for (let channel = 0; channel < channelCount; channel++) next[channel] = (lists >>> 2) + channel * total;
      distribute(batch.memory.i32, numbers >>> 2, batch.selection, total, channelOf, next);
      for (let channel = 0; channel < channelCount; channel++) {
        parts[channel].rows = lists + 4 * channel * total;
        parts[channel].from = 0;
        parts[channel].count = next[channel] - (lists >>> 2) - channel * total;
      }
    },
  };
}

/** Appends every row, in order, to the list of the channel of its number. */
function distribute(words: Int32Array, numbers: number, selection: Address, total: number, channelOf: Int32Array, next: Int32Array): void {
  const selected = selection >>> 2;
  for (let at = 0; at < total; at++) {
    words[next[channelOf[words[numbers + at]]]++] = selection === 0 ? at : words[selected + at];
  }
}
