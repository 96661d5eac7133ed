/** How a batch enters an interval join: keys found, late rows turned away, the others copied into their side and chained there. */
import { EngineError } from '../../base/errors.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import { NO_TIMESTAMP } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import type { KeyedTable } from '../../state/keyed-table.ts';
import { NO_ROW } from '../../state/row-store.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { OperatorContext } from '../operator.ts';
import { endOfSegment } from '../process/process-operator.ts';
import type { CombinedEventTime } from '../time/combined-event-time.ts';
import { LateRows } from '../windowing/late-rows.ts';
import type { IntervalBuffer } from './interval-buffer.ts';
import { FRESH } from './interval-buffer.ts';

export interface IntervalJoinConfig {
  readonly rules: 'stream' | 'table';
  /** By input. */
  readonly keys: readonly [readonly ColumnPath[], readonly ColumnPath[]];
  readonly keyTypes: readonly LogicalType[];
  /** Inclusive, in milliseconds. */
  readonly lower: bigint;
  readonly upper: bigint;
  /** Column with the event time by input; null = the record's timestamp. */
  readonly rowtime: readonly [ColumnPath | null, ColumnPath | null];
  /** Sides whose rows leave with nulls when they found nobody. */
  readonly padded: readonly [boolean, boolean];
  /** What becomes of rows behind the watermark; `join` (table rules): they meet what is kept. */
  readonly late: 'join' | 'drop' | readonly [number, number];
  /** Record timestamps of pairs: the greater of the two. */
  readonly timestamps: boolean;
  /** The watermark that leaves is this much behind. */
  readonly watermarkDelay: bigint;
  readonly meaning: string;
}

export class IntervalIntake {
  /** Of the batch, by position (i32): slot of the key; row in its side or NO_ROW. They outlast the steps of the batch. */
  slots: Address = 0;
  targets: Address = 0;
  private readonly config: IntervalJoinConfig;
  private readonly context: OperatorContext;
  private readonly keys: KeyedTable;
  private readonly sides: readonly [IntervalBuffer, IntervalBuffer];
  /** How long a row is kept behind its own time, by input. */
  private readonly keep: readonly [bigint, bigint];
  private readonly late: readonly [LateRows, LateRows];
  private readonly keyColumns: Column[] = [];
  private input = 0;
  private capacity = 0;

  constructor(
    config: IntervalJoinConfig,
    context: OperatorContext,
    keys: KeyedTable,
    sides: readonly [IntervalBuffer, IntervalBuffer],
    keep: readonly [bigint, bigint],
  ) {
    this.config = config;
    this.context = context;
    this.keys = keys;
    this.sides = sides;
    this.keep = keep;
    const ports = typeof config.late === 'string' ? [null, null] : config.late;
    this.late = [new LateRows(context, ports[0]), new LateRows(context, ports[1])];
  }

  /** Finds the keys of the batch, copies its rows into their side and chains them there. */
  take(batch: Batch, input: number, time: CombinedEventTime): void {
    this.input = input;
    const { selectedCount } = batch;
    this.reserve(selectedCount);
    const { slots, targets } = this;
    const paths = this.config.keys[this.input];
    for (let at = 0; at < paths.length; at++) this.keyColumns[at] = columnAt(batch, paths[at]);
    this.keys.upsert(this.keyColumns, batch.selection, 0, selectedCount, slots);
    this.late[this.input].reset();
    this.placeRows(batch, time);
    this.sides[this.input].insert(batch.columns, batch.selection, selectedCount, slots, targets);
    this.late[this.input].emit();
  }

  /** Gives each row that takes part a place in its side, with its time; late ones get none. */
  private placeRows(batch: Batch, eventTime: CombinedEventTime): void {
    const side = this.sides[this.input];
    const { store, timeWord, flagsWord } = side;
    const refusesLate = this.config.late !== 'join';
    const keep = this.keep[this.input];
    let watermark = eventTime.watermark;
    let mark = 0;
    let end = endOfSegment(batch, 0, 0);
    for (let at = 0; at < batch.selectedCount; at++) {
      while (at >= end) {
        watermark = eventTime.after(this.input, batch.memory.i64[(batch.markWatermarks >>> 3) + mark]);
        end = endOfSegment(batch, at, ++mark);
      }
      const row = batch.selection === 0 ? at : batch.memory.i32[(batch.selection >>> 2) + at];
      const time = this.timestampOf(batch, row);
      const behind = time !== null && time < watermark;
      if (behind) this.context.metrics.behindRecords++;
      let stored = NO_ROW;
      if (time !== null && refusesLate && behind) this.late[this.input].add(batch, row);
      else if (time !== null && (!this.isKeyNull(row) || this.config.padded[this.input])) {
        stored = store.allocateRow();
        const word = store.wordOf(stored);
        store.memory.i64[(word + timeWord) >>> 1] = time;
        if (keep === 0n && time === watermark && this.config.rules === 'stream') store.memory.i32[word + flagsWord] = FRESH;
      }
      this.context.memory.i32[(this.targets >>> 2) + at] = stored;
    }
  }

  /** In tables a key that is null equals nothing. */
  isKeyNull(row: number): boolean {
    if (this.config.rules === 'stream') return false;
    for (const { validity } of this.keyColumns) if (validity !== 0 && this.context.memory.u8[validity + row] === 0) return true;
    return false;
  }

  private timestampOf(batch: Batch, row: number): bigint | null {
    const path = this.config.rowtime[this.input];
    if (path !== null) {
      const column = columnAt(batch, path);
      if (column.validity === 0 || batch.memory.u8[column.validity + row] !== 0) return batch.memory.i64[(column.data >>> 3) + row];
      this.context.metrics.badRecords++;
      return null;
    }
    const timestamp = batch.timestamps === 0 ? NO_TIMESTAMP : batch.memory.i64[(batch.timestamps >>> 3) + row];
    if (timestamp !== NO_TIMESTAMP) return timestamp;
    throw new EngineError('MR5030', `node ${this.context.nodeId}: a record has no timestamp, so that an interval join cannot take it`, {
      domain: 'user',
      nodeId: this.context.nodeId,
      remedy: 'put a watermark node before the join',
    });
  }

  close(): void {
    if (this.capacity > 0) this.context.memory.freeRegion(this.slots, this.capacity * 8);
    this.capacity = 0;
  }

  private reserve(rows: number): void {
    if (rows <= this.capacity) return;
    this.close();
    this.capacity = Math.max(rows, this.context.batchRows);
    this.slots = this.context.memory.allocateRegion(this.capacity * 8);
    this.targets = this.slots + this.capacity * 4;
  }
}
