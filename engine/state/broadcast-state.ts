/** Broadcast state: a map that every subtask holds whole, changed only by rows that all subtasks get; each checkpoints its copy. */
import type { JsonValue } from '../base/json.ts';
import type { JobMemory } from '../columnar/job-memory.ts';
import type { RestoredSection, SnapshotWriter } from '../operators/operator.ts';
import type { LogicalType } from '../types/logical-type.ts';
import { KeyedState } from './keyed-state.ts';
import { checkMeaning } from './keyed-state-snapshot.ts';
import type { KeyedTable } from './keyed-table.ts';
import type { MapEntry, MapState } from './map-state.ts';
import { ProbeRow } from './probe-row.ts';
import type { StoreHeader } from './row-store.ts';
import type { StateValue } from './state-spec.ts';
import { map, printSpec } from './state-spec.ts';
import type { StoredValues } from './stored-values.ts';

const SECTION = 'broadcast ';

export class BroadcastState {
  private readonly memory: JobMemory;
  readonly name: string;
  private readonly state: KeyedState;
  private readonly entriesOfAll: MapState;
  /** The one key of a state without key columns. */
  private slot = 0;

  constructor(memory: JobMemory, name: string, keyTypes: readonly LogicalType[], types: readonly LogicalType[]) {
    this.memory = memory;
    this.name = name;
    this.state = new KeyedState(memory, { keyTypes: [], states: [map(name, keyTypes, types)] });
    this.entriesOfAll = this.state.map(name);
  }

  /** Takes the copy of one former subtask: its own number's, or, when there are more subtasks now, round robin. */
  open(restored: readonly RestoredSection[], subtaskIndex: number): void {
    const copies = restored
      .filter((section) => section.distribution === 'union' && section.name === this.sectionName)
      .sort((left, right) => left.subtaskIndex - right.subtaskIndex);
    if (copies.length === 0) {
      const probe = new ProbeRow(this.memory, []);
      this.slot = probe.upsert(this.state.table, []);
      probe.close();
      return;
    }
    const copy = copies[subtaskIndex % copies.length];
    const header = copy.header as unknown as { readonly stores: readonly StoreHeader[] };
    let offset = 0;
    this.state.stores().forEach((store, at) => {
      offset = store.load(header.stores[at], copy.bytes, offset);
    });
    [this.slot] = this.state.slots();
  }

  get(key: StateValue): StateValue | null {
    return this.entriesOfAll.get(this.slot, key);
  }

  /** Answers the row of the entry among those of `table`; it keeps it for as long as it is there. */
  put(key: StateValue, value: StateValue): number {
    return this.entriesOfAll.put(this.slot, key, value);
  }

  /** Answers the row that the entry had, NO_ROW when there was none. */
  remove(key: StateValue): number {
    return this.entriesOfAll.remove(this.slot, key);
  }

  clear(): void {
    this.entriesOfAll.clear(this.slot);
  }

  entries(): MapEntry[] {
    return this.entriesOfAll.entries(this.slot);
  }

  /** Rows of the entries, in the order in which their keys came. */
  rows(): number[] {
    return this.entriesOfAll.rowsOf(this.slot);
  }

  /** Entries as rows, for code that moves whole columns. */
  get table(): KeyedTable {
    return this.entriesOfAll.entryTable;
  }

  get values(): StoredValues {
    return this.entriesOfAll.values;
  }

  /** What the stored copy that would be taken is that of, and what this state is; null when nothing is stored. */
  stored(restored: readonly RestoredSection[]): { readonly stored: string; readonly own: string } | null {
    const copy = restored.find((section) => section.distribution === 'union' && section.name === this.sectionName);
    if (copy === undefined) return null;
    return { stored: (copy.header as unknown as { readonly spec: string }).spec, own: printSpec(this.state.spec) };
  }

  snapshot(writer: SnapshotWriter): void {
    const stores = this.state.stores();
    const header = { spec: printSpec(this.state.spec), stores: stores.map((store) => store.header()) };
    writer.section(
      this.sectionName,
      'union',
      header as unknown as JsonValue,
      stores.flatMap((store) => store.ranges()),
    );
  }

  get stateBytes(): number {
    return this.state.stateBytes;
  }

  close(): void {
    this.state.close();
  }

  private get sectionName(): string {
    return `${SECTION}${this.name}`;
  }
}

/** Maps that are gone, or are others now, are refused, not forgotten; new ones begin empty. */
export function checkBroadcast(nodeId: string, restored: readonly RestoredSection[], maps: readonly BroadcastState[]): void {
  for (const { name } of restored.filter((section) => section.distribution === 'union' && section.name.startsWith(SECTION))) {
    const own = maps.find((map) => `${SECTION}${map.name}` === name)?.stored(restored);
    checkMeaning(nodeId, own?.stored ?? name, own?.own ?? 'no such state');
  }
}
