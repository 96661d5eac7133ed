/** What operators that answer after every row of a key have in common: one value per key, found for a batch at a time, and a lane or two beside it. */
import type { Batch, Column } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import { KeyedState } from '../../state/keyed-state.ts';
import { restoreKeyedState, writeKeyedState } from '../../state/keyed-state-snapshot.ts';
import { RetiredRegions } from '../../state/retired-regions.ts';
import { value } from '../../state/state-spec.ts';
import type { ValueState } from '../../state/value-state.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { OperatorContext, RestoredSection, SnapshotWriter } from '../operator.ts';

export interface RunningKeys {
  readonly keys: readonly ColumnPath[];
  readonly keyTypes: readonly LogicalType[];
  /** By the clock, since the last row of the key; null = never. */
  readonly forgetAfterMs: number | null;
}

export class RunningState {
  readonly kept: ValueState;
  readonly state: KeyedState;
  private readonly config: RunningKeys;
  private readonly context: OperatorContext;
  private readonly meaning: string;
  private readonly retired: RetiredRegions;
  private readonly keyColumns: Column[] = [];

  constructor(config: RunningKeys, context: OperatorContext, name: string, types: readonly LogicalType[], meaning: string) {
    this.config = config;
    this.context = context;
    this.meaning = meaning;
    this.retired = new RetiredRegions(context.memory);
    const { forgetAfterMs, keyTypes } = config;
    const ttl =
      forgetAfterMs === null
        ? null
        : ({ ms: forgetAfterMs, update: 'OnCreateAndWrite', visibility: 'NeverReturnExpired', cleanup: 'background' } as const);
    this.state = new KeyedState(context.memory, { keyTypes, states: [value(name, types, ttl)] }, { retired: this.retired });
    this.kept = this.state.value(name);
  }

  open(restored: readonly RestoredSection[]): void {
    restoreKeyedState(restored, this.state, this.context, this.meaning);
    this.countState();
  }

  /** Slots (i32, by position) of the keys of the batch; they are valid until `release`. */
  find(batch: Batch): Address {
    const { arena, clock } = this.context;
    this.retired.release();
    this.state.begin(clock.now());
    const { keys } = this.config;
    for (let at = 0; at < keys.length; at++) this.keyColumns[at] = columnAt(batch, keys[at]);
    const slots = arena.allocate(Math.max(batch.selectedCount, 1) * 4);
    this.state.findKeys(this.keyColumns, batch.selection, 0, batch.selectedCount, slots);
    return slots;
  }

  release(slots: Address, count: number): void {
    this.state.releaseKeys(slots, 0, count);
    this.countState();
  }

  snapshot(writer: SnapshotWriter): void {
    writeKeyedState(writer, this.state, this.meaning);
  }

  close(): void {
    this.state.close();
    this.retired.release();
  }

  private countState(): void {
    this.context.metrics.stateBytes = this.state.stateBytes;
    this.context.metrics.stateKeys = this.state.keyCount;
  }
}
