/** Lets the first row of each key through: rows are chosen, never copied; what is kept is that the key has been seen, and when. */
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch } from '../../columnar/batch.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import { KeyedState } from '../../state/keyed-state.ts';
import { restoreKeyedState, writeKeyedState } from '../../state/keyed-state-snapshot.ts';
import type { TimeToLive } from '../../state/state-spec.ts';
import { value } from '../../state/state-spec.ts';
import type { ValueState } from '../../state/value-state.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { countSpill } from '../count-spill.ts';
import type { OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { StatelessOperator } from '../stateless-operator.ts';

export interface KeepFirstConfig {
  readonly keys: readonly ColumnPath[];
  readonly keyTypes: readonly LogicalType[];
  /** A key that came this long ago counts as new; null = never. */
  readonly forgetAfterMs: number | null;
}

const MEANING = 'keys that have been seen';
const NOTHING: readonly never[] = [];

export class KeepFirstOperator extends StatelessOperator {
  private readonly config: KeepFirstConfig;
  private readonly context: OperatorContext;
  private readonly state: KeyedState;
  private readonly seen: ValueState;
  private readonly chosen: Batch;
  private readonly keyColumns: Column[] = [];

  constructor(config: KeepFirstConfig, context: OperatorContext) {
    super();
    this.config = config;
    this.context = context;
    const ttl: TimeToLive | null =
      config.forgetAfterMs === null
        ? null
        : { ms: config.forgetAfterMs, update: 'OnCreateAndWrite', visibility: 'NeverReturnExpired', cleanup: 'background' };
    this.state = new KeyedState(context.memory, { keyTypes: config.keyTypes, states: [value('seen', [], ttl)] }, { spill: context.spill });
    this.seen = this.state.value('seen');
    this.chosen = createBatch(context.memory, context.inputSchemas[0]);
  }

  override open(restored: readonly RestoredSection[]): void {
    restoreKeyedState(restored, this.state, this.context, MEANING);
    this.countState();
  }

  override processBatch(_input: number, batch: Batch): Progress {
    const { arena, clock, output } = this.context;
    this.state.begin(clock.now());
    const { keys } = this.config;
    for (let at = 0; at < keys.length; at++) this.keyColumns[at] = columnAt(batch, keys[at]);
    const slots = arena.allocate(batch.selectedCount * 4);
    const selection = arena.allocate(batch.selectedCount * 4);
    this.state.findKeys(this.keyColumns, batch.selection, 0, batch.selectedCount, slots);
    const selectedCount = this.choose(batch, slots >>> 2, selection >>> 2);
    this.state.releaseKeys(slots, 0, batch.selectedCount);
    this.countState();
    if (selectedCount > 0 || batch.markCount > 0) output.emit(0, Object.assign(this.chosen, batch, { selection, selectedCount }));
    return 'done';
  }

  override snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    writeKeyedState(writer, this.state, MEANING);
  }

  override close(): void {
    this.state.close();
  }

  /** Writes the numbers of rows whose key is new to `target`; answers how many. */
  private choose(batch: Batch, slots: number, target: number): number {
    const { i32 } = batch.memory;
    const { seen } = this;
    let count = 0;
    for (let at = 0; at < batch.selectedCount; at++) {
      const slot = i32[slots + at];
      if (seen.has(slot)) continue;
      seen.set(slot, NOTHING);
      i32[target + count++] = batch.selection === 0 ? at : i32[(batch.selection >>> 2) + at];
    }
    return count;
  }

  private countState(): void {
    this.context.metrics.stateBytes = this.state.stateBytes;
    this.context.metrics.stateKeys = this.state.keyCount;
    if (this.context.spill !== undefined) countSpill(this.context.metrics, this.context.spill);
  }
}
