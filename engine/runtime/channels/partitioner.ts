/** Which row of a batch goes to which subtask of the consumer; Flink's partitioners over whole batches. */
import { assertNever } from '../../base/assert.ts';
import type { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
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

/** Writes the key group of every selected row, in order of selection, as i32 at `target`. */
export type KeyGroupKernel = (batch: Batch, target: Address) => void;

export function createPartitioner(
  partitioning: Partitioning,
  channelCount: number,
  maxParallelism: number,
  firstChannel: number,
  createKernel: (columns: readonly string[]) => KeyGroupKernel,
): Partitioner {
  switch (partitioning.kind) {
    case 'forward':
    case 'global':
      return { assign: assignToFirst };
    case 'broadcast':
      return { assign: assignToAll };
    case 'rebalance':
      return createRebalance(channelCount, firstChannel);
    case 'hash':
      return createHash(channelCount, maxParallelism, createKernel(partitioning.columns));
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

function createHash(channelCount: number, maxParallelism: number, kernel: KeyGroupKernel): Partitioner {
  /** Per channel, the next entry of its list. */
  const next = new Int32Array(channelCount);
  const channelOfGroup = Int32Array.from({ length: maxParallelism }, (_, group) => Math.floor((group * channelCount) / maxParallelism));
  return {
    assign(batch, arena, parts) {
      const total = batch.selectedCount;
      const groups = arena.allocate(total * 4);
      // Every channel might get all rows: room for that saves counting them first.
      const lists = arena.allocate(total * 4 * channelCount);
      kernel(batch, groups);
      for (let channel = 0; channel < channelCount; channel++) next[channel] = (lists >>> 2) + channel * total;
      distribute(batch.memory.i32, groups >>> 2, batch.selection, total, channelOfGroup, next);
      for (let channel = 0; channel < channelCount; channel++) {
        parts[channel].rows = lists + 4 * channel * total;
        parts[channel].from = 0;
        parts[channel].count = next[channel] - (lists >>> 2) - channel * total;
      }
    },
  };
}

/** Appends every row, in order, to the list of the channel of its key group. */
function distribute(
  words: Int32Array,
  groups: number,
  selection: Address,
  total: number,
  channelOfGroup: Int32Array,
  next: Int32Array,
): void {
  const selected = selection >>> 2;
  for (let at = 0; at < total; at++) {
    words[next[channelOfGroup[words[groups + at]]]++] = selection === 0 ? at : words[selected + at];
  }
}
