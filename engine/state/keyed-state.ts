/** The keyed state of one operator: keys, their states and their timers in job memory. The story is told in state-spec.ts. */
import { assert } from '../base/assert.ts';
import type { Column } from '../columnar/batch.ts';
import type { ColumnValue } from '../columnar/column-value.ts';
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import { keyForm } from '../columnar/key-fields.ts';
import type { OperatorSpill } from '../operators/operator.ts';
import { KeyTimers } from './key-timers.ts';
import { KeyedTable } from './keyed-table.ts';
import { LIST_CELLS, ListState } from './list-state.ts';
import { MAP_CELLS, MapState } from './map-state.ts';
import type { RetiredRegions } from './retired-regions.ts';
import type { CellSpec } from './row-layout.ts';
import { createRowLayout } from './row-layout.ts';
import type { RowStore } from './row-store.ts';
import { KeysOnDisk } from './spill/keys-on-disk.ts';
import type { StateClock } from './state-expiry.ts';
import { createExpiry } from './state-expiry.ts';
import type { KeyedStateSpec, StateSpec } from './state-spec.ts';
import { readCell } from './stored-values.ts';
import { AggregatingState, ReducingState, ValueState, valueCells } from './value-state.ts';

/** Keys looked at for expired state, per row of input: all are seen again and again while rows come. */
const KEYS_SWEPT_PER_ROW = 2;

/** What states of every kind can do for the store they live in. */
interface AnyState {
  isEmpty(slot: number): boolean;
  expire(slot: number): void;
}

export interface KeyedStateOptions {
  /** Keys beyond its budget go to disk: for states of one value per key, without timers. */
  readonly spill?: OperatorSpill | null;
  /** Memory that output of this step may still point to is given back only when its owner says so. */
  readonly retired?: RetiredRegions | null;
}

export class KeyedState {
  readonly spec: KeyedStateSpec;
  /** Payload: number of timers (i32), then the cells of the states in order. */
  readonly table: KeyedTable;
  readonly timers: KeyTimers;
  private readonly clock: StateClock = { nowMs: 0 };
  private readonly handles = new Map<string, ValueState | ListState | MapState | ReducingState | AggregatingState>();
  private readonly states: readonly AnyState[];
  private readonly expires: boolean;
  private sweptTo = 0;
  /** What memory does not hold; null: it holds all. */
  readonly disk: KeysOnDisk | null;

  constructor(memory: JobMemory, spec: KeyedStateSpec, { spill = null, retired = null }: KeyedStateOptions = {}) {
    this.spec = spec;
    const count: CellSpec = { form: 'i32', nullable: false };
    const layout = createRowLayout(
      spec.keyTypes.map((type) => ({ form: keyForm(type), nullable: true })),
      [count, ...spec.states.flatMap(cellsOf)],
    );
    this.table = new KeyedTable(memory, layout, retired);
    this.timers = new KeyTimers(memory, this.table, layout.cells[0].word);
    let cell = 1;
    this.states = spec.states.map((state) => {
      const created = this.create(memory, state, cell);
      cell += cellsOf(state).length;
      return created;
    });
    this.disk = spill === null ? null : this.createDisk(spill);
    this.expires = spec.states.some((state) => state.ttl?.cleanup === 'background');
  }

  /** A step begins: reads see this clock. */
  begin(nowMs: number): void {
    this.clock.nowMs = nowMs;
  }

  /** Slots (i32 at `slots`) of the keys of the rows `from`…`to - 1` of the list `rows` (see KeyedTable); new keys are added. */
  findKeys(keyColumns: readonly Column[], rows: Address, from: number, to: number, slots: Address): void {
    const known = this.table.rowCount;
    this.table.upsert(keyColumns, rows, from, to, slots);
    // Keys are never taken out one by one when there is a disk, so that the new ones stand at the end.
    if (this.disk !== null) this.disk.load(known);
  }

  /** The run at positions `from`…`to - 1` of `slots` is done: keys that keep nothing are forgotten, some expired state is looked for. */
  releaseKeys(slots: Address, from: number, to: number): void {
    if (this.disk !== null) {
      this.disk.spillAbove();
      return;
    }
    const list = slots >>> 2;
    for (let at = from; at < to; at++) this.releaseKey(this.table.memory.i32[list + at]);
    if (this.expires) this.sweep((to - from) * KEYS_SWEPT_PER_ROW);
  }

  /** The same for one key, as after a timer. */
  releaseKey(slot: number): void {
    if (!this.table.isLive(slot) || !this.timers.isEmpty(slot)) return;
    for (const state of this.states) if (!state.isEmpty(slot)) return;
    this.table.remove(slot);
  }

  /** Forgets every key that keeps nothing. */
  releaseAll(): void {
    for (let slot = 0; slot < this.table.rowCount; slot++) this.releaseKey(slot);
  }

  /** Forgets every key; all timers have fired. */
  forgetKeys(): void {
    for (const slot of this.slots()) {
      for (const state of this.handles.values()) state.clear(slot);
      this.releaseKey(slot);
    }
  }

  value(name: string): ValueState {
    return this.handle(name, ValueState);
  }

  list(name: string): ListState {
    return this.handle(name, ListState);
  }

  map(name: string): MapState {
    return this.handle(name, MapState);
  }

  reducing(name: string): ReducingState {
    return this.handle(name, ReducingState);
  }

  aggregating(name: string): AggregatingState {
    return this.handle(name, AggregatingState);
  }

  /** The key's columns. */
  keyOf(slot: number): ColumnValue[] {
    return this.table.layout.keyCells.map((cell, at) =>
      this.table.isPresent(slot, cell) ? readCell(this.table, slot, cell, this.spec.keyTypes[at]) : null,
    );
  }

  /** Slots of all keys that keep something. */
  slots(): number[] {
    const found: number[] = [];
    for (let slot = 0; slot < this.table.rowCount; slot++) if (this.table.isLive(slot)) found.push(slot);
    return found;
  }

  /** Of those that keep something in this state. */
  slotsOf(name: string): number[] {
    const state = this.states[this.spec.states.findIndex((each) => each.name === name)];
    return this.slots().filter((slot) => {
      state.expire(slot);
      return !state.isEmpty(slot);
    });
  }

  /** With a disk at most: a key may be in several of its runs. */
  get keyCount(): number {
    return this.table.liveCount + (this.disk?.rows ?? 0);
  }

  get stateBytes(): number {
    let bytes = this.table.stateBytes + this.timers.stateBytes + (this.disk?.memoryBytes ?? 0);
    for (const state of this.collections()) bytes += state.stateBytes;
    return bytes;
  }

  /** Lists and maps, which have stores of their own, in the order of the spec. */
  collections(): (ListState | MapState)[] {
    return this.states.filter((state): state is ListState | MapState => state instanceof ListState || state instanceof MapState);
  }

  /** Stores in the order of their bytes in a snapshot, timers last. */
  stores(): RowStore[] {
    return [this.table, ...this.collections().flatMap((state) => state.stores), ...this.timers.queues.map((queue) => queue.table)];
  }

  close(): void {
    for (const state of this.collections()) state.close();
    this.timers.close();
    this.table.close();
    this.disk?.close();
  }

  private createDisk(spill: OperatorSpill): KeysOnDisk {
    const values = this.states.map((state) => {
      assert(state instanceof ValueState, 'lists and maps stay in memory');
      return state;
    });
    return new KeysOnDisk(this.table, spill, (store, row) => values.every((state) => state.keepsNothing(store, row)));
  }

  private sweep(keys: number): void {
    for (let left = Math.min(keys, this.table.rowCount); left > 0; left--) {
      if (this.sweptTo >= this.table.rowCount) this.sweptTo = 0;
      const slot = this.sweptTo++;
      if (!this.table.isLive(slot)) continue;
      for (const state of this.states) state.expire(slot);
      this.releaseKey(slot);
    }
  }

  private create(memory: JobMemory, spec: StateSpec, firstCell: number): AnyState {
    const expiry = createExpiry(spec.ttl, this.clock);
    switch (spec.kind) {
      case 'list':
        return this.keep(spec.name, new ListState(memory, this.table, spec, firstCell, expiry));
      case 'map':
        return this.keep(spec.name, new MapState(memory, this.table, spec, firstCell, expiry));
      default: {
        const kept = new ValueState(this.table, spec.types, firstCell, expiry);
        if (spec.kind === 'reducing') this.handles.set(spec.name, new ReducingState(kept, spec));
        else if (spec.kind === 'aggregating') this.handles.set(spec.name, new AggregatingState(kept, spec));
        else this.handles.set(spec.name, kept);
        return kept;
      }
    }
  }

  private keep<S extends ListState | MapState>(name: string, state: S): S {
    this.handles.set(name, state);
    return state;
  }

  private handle<S>(name: string, kind: abstract new (...parameters: never[]) => S): S {
    const state = this.handles.get(name);
    assert(state instanceof kind, `state '${name}' was declared as this kind`);
    return state;
  }
}

function cellsOf(spec: StateSpec): readonly CellSpec[] {
  if (spec.kind === 'list') return LIST_CELLS;
  return spec.kind === 'map' ? MAP_CELLS : valueCells(spec.types, spec.ttl);
}
