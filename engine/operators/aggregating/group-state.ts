/** The groups of one stretch of time: keys with their accumulators in one table, and the values seen by each COUNT(DISTINCT …). */

import { assert } from '../../base/assert.ts';
import type { Arena } from '../../columnar/arena.ts';
import type { Column } from '../../columnar/batch.ts';
import { createColumn } from '../../columnar/batch.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import { keyForm } from '../../columnar/key-fields.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import type { RetiredRegions } from '../../state/retired-regions.ts';
import type { ExportKernel } from '../../state/row-export.ts';
import { exportKernel } from '../../state/row-export.ts';
import type { RowLayout } from '../../state/row-layout.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import { NO_ROW } from '../../state/row-store.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { INT } from '../../types/make-type.ts';
import type { MemoryRange } from '../operator.ts';
import type { AggregateCall } from './aggregate-call.ts';
import type { AggregateKernels } from './aggregate-kernels.ts';
import { accumulatorCells, aggregateKernels, cellsByCall } from './aggregate-kernels.ts';
import type { GroupRun } from './spilled-groups.ts';

const MERGE_CHUNK_ROWS = 4096;

/** What all groups of an operator have in common; made once. */
export interface GroupPlan {
  readonly layout: RowLayout;
  readonly keyTypes: readonly LogicalType[];
  readonly calls: readonly AggregateCall[];
  readonly kernels: AggregateKernels;
  readonly exportKeys: ExportKernel;
  readonly distinct: readonly DistinctPlan[];
}

/** One COUNT(DISTINCT …): a set of (group, value). */
interface DistinctPlan {
  readonly call: number;
  readonly valueType: LogicalType;
  readonly layout: RowLayout;
  /** Word of the group's counter. */
  readonly countWord: number;
  readonly exportEntries: ExportKernel;
}

export interface GroupHeader {
  readonly groups: StoreHeader;
  readonly distinct: readonly StoreHeader[];
}

export function createGroupPlan(keyTypes: readonly LogicalType[], calls: readonly AggregateCall[]): GroupPlan {
  const layout = createRowLayout(
    keyTypes.map((type) => ({ form: keyForm(type), nullable: type.nullable })),
    accumulatorCells(calls),
  );
  const cells = cellsByCall(calls, layout);
  const distinct: DistinctPlan[] = [];
  calls.forEach((call, at) => {
    if (call.function !== 'COUNT_DISTINCT') return;
    assert(call.argumentType !== null, 'COUNT(DISTINCT …) needs an argument');
    const entries = createRowLayout(
      [
        { form: 'i32', nullable: false },
        { form: keyForm(call.argumentType), nullable: false },
      ],
      [],
    );
    distinct.push({
      call: at,
      valueType: call.argumentType,
      layout: entries,
      countWord: cells[at][0].word,
      exportEntries: exportKernel(entries, entries.keyCells),
    });
  });
  return {
    layout,
    keyTypes,
    calls,
    kernels: aggregateKernels(calls, layout),
    exportKeys: exportKernel(layout, layout.keyCells),
    distinct,
  };
}

export class GroupState {
  readonly plan: GroupPlan;
  readonly table: KeyedTable;
  readonly memory: JobMemory;
  /** One per COUNT(DISTINCT …). */
  readonly sets: readonly KeyedTable[];
  /** Groups on disk, oldest first; their keys may be in the table too. */
  readonly runs: GroupRun[] = [];

  constructor(memory: JobMemory, plan: GroupPlan, retired: RetiredRegions | null) {
    this.memory = memory;
    this.plan = plan;
    this.table = new KeyedTable(memory, plan.layout, retired);
    this.sets = plan.distinct.map((each) => new KeyedTable(memory, each.layout, retired));
  }

  get isEmpty(): boolean {
    return this.table.liveCount === 0 && this.runs.length === 0;
  }

  /** Keys at least: one that is in several runs counts once. */
  get keysAtLeast(): number {
    let keys = this.table.liveCount;
    for (const run of this.runs) if (run.groups > keys) keys = run.groups;
    return keys;
  }

  get stateBytes(): number {
    let bytes = this.table.stateBytes;
    for (const set of this.sets) bytes += set.stateBytes;
    return bytes;
  }

  /**
   * Feeds the rows `from`…`to - 1` of the list `rows` (address 0 = the number is the position).
   * `values` has one column per call, null for COUNT(*). Lanes of the step come from `arena`.
   */
  accumulate(
    keys: readonly Column[],
    values: readonly (Column | null)[],
    rows: Address,
    from: number,
    to: number,
    physicalRows: number,
    arena: Arena,
  ): void {
    const slots = arena.allocate(to * 4);
    this.table.upsert(keys, rows, from, to, slots);
    this.plan.kernels.accumulate(this.table, this.memory, values, rows, from, to, slots);
    for (let at = 0; at < this.sets.length; at++) {
      const value = values[this.plan.distinct[at].call];
      assert(value !== null, 'COUNT(DISTINCT …) has a column');
      this.addDistinct(at, value, rows, from, to, slots, physicalRows, arena);
    }
  }

  /** Adds the groups of `other` to these and takes over its runs. */
  mergeFrom(other: GroupState): void {
    this.runs.push(...other.runs);
    other.runs.length = 0;
    const count = other.table.rowCount;
    const slotBytes = Math.max(count * 4, 4);
    const slots = this.memory.allocateRegion(slotBytes);
    this.table.absorbKeys(other.table, 0, count, slots);
    this.plan.kernels.merge(this.table, this.memory, other.table, 0, count, slots);
    for (let at = 0; at < this.sets.length; at++) this.mergeDistinct(at, other.sets[at], slots);
    this.memory.freeRegion(slots, slotBytes);
  }

  header(): GroupHeader {
    return { groups: this.table.header(), distinct: this.sets.map((set) => set.header()) };
  }

  ranges(): MemoryRange[] {
    return [this.table, ...this.sets].flatMap((store) => store.ranges());
  }

  /** Fills this empty state from a snapshot; returns the offset behind it. */
  load(header: GroupHeader, bytes: Uint8Array, offset: number): number {
    let end = this.table.load(header.groups, bytes, offset);
    this.sets.forEach((set, at) => {
      end = set.load(header.distinct[at], bytes, end);
    });
    return end;
  }

  /** Takes over the groups of `source` that `keep` wants; their keys are not here yet. */
  importGroups(source: GroupState, keep: (row: number) => boolean): void {
    const renamed = new Int32Array(source.table.rowCount).fill(NO_ROW);
    for (let row = 0; row < source.table.rowCount; row++) {
      if (source.table.isLive(row) && keep(row)) renamed[row] = this.table.importKeyedRow(source.table, row);
    }
    const slots = this.memory.allocateRegion(Math.max(renamed.byteLength, 4));
    this.memory.i32.set(renamed, slots >>> 2);
    for (let at = 0; at < this.sets.length; at++) this.copyDistinct(at, source.sets[at], slots, () => {});
    this.memory.freeRegion(slots, Math.max(renamed.byteLength, 4));
  }

  /** Adds groups that were stored, as one of several stretches of the same groups; returns the offset behind them. */
  mergeStored(header: GroupHeader, bytes: Uint8Array, offset: number): number {
    // The entries of stored sets may carry another hash than their new numbers have: they are added one by one.
    if (this.isEmpty && this.sets.length === 0) return this.load(header, bytes, offset);
    const stored = new GroupState(this.memory, this.plan, null);
    const end = stored.load(header, bytes, offset);
    this.mergeFrom(stored);
    stored.close();
    return end;
  }

  /** Drops what is in memory; the runs stay. */
  empty(): void {
    this.table.close();
    for (const set of this.sets) set.close();
  }

  close(): void {
    this.empty();
    for (const run of this.runs) run.file.drop();
    this.runs.length = 0;
  }

  private addDistinct(
    at: number,
    value: Column,
    rows: Address,
    from: number,
    to: number,
    slots: Address,
    physicalRows: number,
    arena: Arena,
  ): void {
    const group = { ...createColumn(INT), data: arena.allocate(physicalRows * 4) };
    const present = arena.allocate((to - from) * 4);
    const found = arena.allocate((to - from) * 4);
    const count = listPresent(this.memory, value.validity, rows, from, to, slots, group.data, present);
    const set = this.sets[at];
    const before = set.rowCount;
    set.upsert([group, value], present, 0, count, found);
    this.countNew(at, before);
  }

  /** Every entry of a set from row `first` on is new to its group. */
  private countNew(at: number, first: number): void {
    const { countWord, layout } = this.plan.distinct[at];
    const set = this.sets[at];
    const i32 = this.memory.i32;
    for (let row = first; row < set.rowCount; row++) {
      const counter = this.table.wordOf(i32[set.wordOf(row) + layout.keyCells[0].word]) + countWord;
      i32[counter] = (i32[counter] + 1) | 0;
      if (i32[counter] === 0) i32[counter + 1]++;
    }
  }

  private mergeDistinct(at: number, other: KeyedTable, slots: Address): void {
    this.copyDistinct(at, other, slots, (before) => this.countNew(at, before));
  }

  /** Adds the entries of `other` under their groups' new numbers (i32 at `slots`; negative = not taken), a chunk at a time. */
  private copyDistinct(at: number, other: KeyedTable, slots: Address, added: (before: number) => void): void {
    if (other.rowCount === 0) return;
    const { valueType, exportEntries } = this.plan.distinct[at];
    const set = this.sets[at];
    const laneBytes = MERGE_CHUNK_ROWS * 16;
    const lanes = this.memory.allocateRegion(laneBytes * 5);
    const group = { ...createColumn(INT), data: lanes };
    const value = { ...createColumn(valueType), data: lanes + laneBytes, nanos: lanes + laneBytes * 2 };
    const [kept, found] = [lanes + laneBytes * 3, lanes + laneBytes * 4];
    for (let from = 0; from < other.rowCount; from += MERGE_CHUNK_ROWS) {
      const to = Math.min(from + MERGE_CHUNK_ROWS, other.rowCount);
      exportEntries(other, this.memory, 0, from, to, [group, value], 0);
      const count = renameGroups(this.memory.i32, group.data >>> 2, slots >>> 2, to - from, kept >>> 2);
      const before = set.rowCount;
      set.upsert([group, value], kept, 0, count, found);
      added(before);
    }
    this.memory.freeRegion(lanes, laneBytes * 5);
  }
}

/** Lists the rows whose value is present and spreads the group numbers over a lane by physical row. */
function listPresent(
  memory: JobMemory,
  validity: Address,
  rows: Address,
  from: number,
  to: number,
  slots: Address,
  groups: Address,
  present: Address,
): number {
  const { i32, u8 } = memory;
  const [list, slot, group, target] = [rows >>> 2, slots >>> 2, groups >>> 2, present >>> 2];
  let count = 0;
  for (let at = from; at < to; at++) {
    const row = rows === 0 ? at : i32[list + at];
    if (validity !== 0 && u8[validity + row] === 0) continue;
    i32[group + row] = i32[slot + at];
    i32[target + count++] = row;
  }
  return count;
}

/** Replaces group numbers by their new ones and lists the entries whose group was taken. */
function renameGroups(i32: Int32Array, groups: number, slots: number, count: number, kept: number): number {
  let taken = 0;
  for (let at = 0; at < count; at++) {
    const renamed = i32[slots + i32[groups + at]];
    if (renamed < 0) continue;
    i32[groups + at] = renamed;
    i32[kept + taken++] = at;
  }
  return taken;
}
