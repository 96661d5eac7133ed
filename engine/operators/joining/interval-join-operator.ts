/**
 * Interval join: pairs of rows of two inputs with equal keys whose times lie in left.time + lower … left.time + upper.
 *
 * Two sets of rules. `stream`: Flink's DataStream join (rows behind the watermark are late; a row is cleaned up when the
 * watermark reaches its last partner's time). `table`: Flink SQL's (rows behind the watermark still meet what is kept, sides may
 * be padded with nulls when a row has found nobody, keys that are null match nobody, the watermark goes on delayed).
 *
 * A batch goes in as a whole: keys found, rows copied into their side and chained; then row after row looks for partners on
 * the other side, with the marks in between. The search of one row may fill several batches of output and goes on where it stood.
 */
import type { Batch } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { keyForm } from '../../columnar/key-fields.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import { RetiredRegions } from '../../state/retired-regions.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import { NO_ROW } from '../../state/row-store.ts';
import type { Operator, OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { endOfSegment } from '../process/process-operator.ts';
import { CombinedEventTime } from '../time/combined-event-time.ts';
import { LONG_MAX, LONG_MIN } from '../time/long.ts';
import { IntervalBuffer, MATCHED } from './interval-buffer.ts';
import type { IntervalJoinConfig } from './interval-intake.ts';
import { IntervalIntake } from './interval-intake.ts';
import { restoreIntervalJoin, writeIntervalJoin } from './interval-join-snapshot.ts';
import { PairOutput } from './pair-output.ts';
import type { Bounds, Words } from './probe-partners.ts';
import { probePartners, setBounds, wordsOf } from './probe-partners.ts';

/** Rows of each side looked at for dead ones per row of input: dead ones are never more than the live ones for long. */
const ROWS_SWEPT_PER_ROW = 2;

export class IntervalJoinOperator implements Operator {
  readonly watermarks = 'own';
  private readonly config: IntervalJoinConfig;
  private readonly context: OperatorContext;
  private readonly retired: RetiredRegions;
  private readonly keys: KeyedTable;
  private readonly sides: readonly [IntervalBuffer, IntervalBuffer];
  private readonly output: PairOutput;
  private readonly intake: IntervalIntake;
  private readonly time = new CombinedEventTime(2);
  /** How far partners of a row of this input are away, and what a row's own last partner is, by input. */
  private readonly reach: readonly { readonly lower: Words; readonly upper: Words; readonly keep: bigint }[];
  private readonly dead: [Words, Words] = [wordsOf(LONG_MIN), wordsOf(LONG_MIN)];
  private readonly bounds: Bounds = { lowestLow: 0, lowestHigh: 0, highestLow: 0, highestHigh: 0 };
  private readonly search = { next: 0 };
  private batch: Batch | null = null;
  private input = 0;
  private position = 0;
  private mark = 0;
  private segmentEnd = 0;
  /** The row at `position` has begun its search. */
  private searching = false;
  private expiring = false;
  private settled = false;
  private advanced = false;
  private turnsIdle = false;
  private readonly freed: { side: number; row: number }[] = [];

  constructor(config: IntervalJoinConfig, context: OperatorContext) {
    this.config = config;
    this.context = context;
    const { memory } = context;
    this.retired = new RetiredRegions(memory);
    const link = { form: 'i32', nullable: false } as const;
    const layout = createRowLayout(
      config.keyTypes.map((type) => ({ form: keyForm(type), nullable: true })),
      [link, link],
    );
    this.keys = new KeyedTable(memory, layout, this.retired);
    const types = context.inputSchemas.map((schema) => schema.fields.map((field) => field.type));
    const side = (at: 0 | 1) => new IntervalBuffer(memory, this.keys, layout.cells[at].word, types[at], this.retired, config.padded[at]);
    this.sides = [side(0), side(1)];
    const pairs = this.sides.map((buffer, at) => ({
      store: buffer.store,
      cells: buffer.values.cells,
      firstColumn: at === 0 ? 0 : types[0].length,
      columnCount: types[at].length,
    }));
    this.output = new PairOutput(context, [pairs[0], pairs[1]], 0, config.timestamps);
    const { lower, upper } = config;
    const clamp = (milliseconds: bigint) => (config.rules === 'stream' && milliseconds < 0n ? 0n : milliseconds);
    this.reach = [
      { lower: wordsOf(lower), upper: wordsOf(upper), keep: clamp(upper) },
      { lower: wordsOf(-upper), upper: wordsOf(-lower), keep: clamp(-lower) },
    ];
    this.intake = new IntervalIntake(config, context, this.keys, this.sides, [this.reach[0].keep, this.reach[1].keep]);
  }

  open(restored: readonly RestoredSection[]): void {
    restoreIntervalJoin(restored, this.keys, this.sides, this.context, this.config.meaning);
    this.countState();
  }

  processBatch(input: number, batch: Batch): Progress {
    this.batch = batch;
    this.input = input;
    this.position = 0;
    this.mark = 0;
    this.segmentEnd = 0;
    this.settled = false;
    this.beginStep();
    this.intake.take(batch, input, this.time);
    return this.resume();
  }

  processWatermark(input: number, watermark: bigint): Progress {
    this.beginStep();
    if (this.time.onWatermark(input, watermark)) this.advance();
    return this.resume();
  }

  processStatus(input: number, idle: boolean): Progress {
    this.beginStep();
    const before = this.time.idle;
    if (this.time.onStatus(input, idle)) this.advance();
    if (this.time.idle !== before) {
      if (this.time.idle) this.turnsIdle = true;
      else this.context.output.emitStatus(false);
    }
    return this.resume();
  }

  onProcessingTime(): Progress {
    return 'done';
  }

  drain(): Progress {
    this.beginStep();
    return this.resume();
  }

  endInput(): Progress {
    return 'done';
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    this.giveBackRows();
    writeIntervalJoin(writer, this.keys, this.sides, this.config.meaning);
  }

  notifyCheckpointComplete(): void {}

  close(): void {
    for (const side of this.sides) side.close();
    this.keys.close();
    this.output.close();
    this.intake.close();
    this.retired.release();
  }

  /** What the last step's output pointed to is no longer looked at. */
  private beginStep(): void {
    this.retired.release();
    this.giveBackRows();
  }

  private giveBackRows(): void {
    for (const { side, row } of this.freed) this.releaseKey(this.sides[side].remove(row));
    this.freed.length = 0;
  }

  private resume(): Progress {
    const finished = this.expire() && this.takeBatch();
    this.output.emit(this.config.timestamps ? (batch, count) => this.stamp(batch.timestamps, count) : null);
    if (!finished) return 'more';
    if (this.batch !== null) this.endBatch(this.batch);
    if (this.advanced) this.context.output.emitWatermark(this.delayedWatermark());
    if (this.turnsIdle) this.context.output.emitStatus(true);
    this.advanced = false;
    this.turnsIdle = false;
    this.batch = null;
    this.countState();
    return 'done';
  }

  private takeBatch(): boolean {
    const { batch } = this;
    if (batch === null) return true;
    for (;;) {
      if (this.position === this.segmentEnd) {
        if (this.position === batch.selectedCount && this.mark >= batch.markCount) return this.settle();
        this.segmentEnd = endOfSegment(batch, this.position, this.mark);
      }
      if (!this.probeRows(batch)) return false;
      if (this.mark >= batch.markCount) continue;
      const watermark = batch.memory.i64[(batch.markWatermarks >>> 3) + this.mark++];
      if (this.time.onWatermark(this.input, watermark)) this.advance();
      if (!this.expire()) return false;
    }
  }

  /** Rows up to the end of the segment look for partners; false when the output is full. */
  private probeRows(batch: Batch): boolean {
    const { input, output, config } = this;
    const own = this.sides[input];
    const other = this.sides[1 - input];
    const { lower, upper } = this.reach[input];
    const marks = config.padded[1 - input];
    const memory = this.context.memory;
    const [slots, targets] = [this.intake.slots >>> 2, this.intake.targets >>> 2];
    for (; this.position < this.segmentEnd; this.position++) {
      const row = memory.i32[targets + this.position];
      if (row === NO_ROW) continue;
      const word = own.store.wordOf(row);
      if (!this.searching) {
        own.heap?.add(row);
        const isNull = this.intake.isKeyNull(batch.selection === 0 ? this.position : memory.i32[(batch.selection >>> 2) + this.position]);
        this.search.next = isNull ? 0 : memory.i32[this.keys.wordOf(memory.i32[slots + this.position]) + other.headWord];
        this.searching = true;
      }
      setBounds(this.bounds, memory.i32[word + own.timeWord], memory.i32[word + own.timeWord + 1], lower, upper);
      const from = output.count;
      const to = probePartners(
        memory,
        other,
        this.dead[1 - input],
        this.bounds,
        marks,
        this.search,
        output.lists[1 - input],
        from,
        output.capacity,
      );
      if (to > from) {
        memory.i32.fill(row, (output.lists[input] >>> 2) + from, (output.lists[input] >>> 2) + to);
        memory.i32[word + own.flagsWord] |= MATCHED;
        output.count = to;
      }
      if (this.search.next !== 0) return false;
      this.searching = false;
    }
    return true;
  }

  /** Behind the last row: rows that came too late to be kept leave at once. */
  private settle(): boolean {
    if (!this.settled) this.expiring = true;
    this.settled = true;
    return this.expire();
  }

  /** The combined watermark has advanced: what is at or before it by its last partner's time is dead now. */
  private advance(): void {
    const { watermark } = this.time;
    this.advanced = true;
    this.sides.forEach((side, at) => {
      const until = watermark - this.reach[at].keep - (this.config.rules === 'table' ? 1n : 0n);
      side.deadUntil = watermark === LONG_MAX ? LONG_MAX : until < LONG_MIN ? LONG_MIN : until;
      this.dead[at] = wordsOf(side.deadUntil);
    });
    this.expiring = true;
  }

  /** Dead rows of padded sides leave, with nulls when they have found nobody; false when the output is full. */
  private expire(): boolean {
    if (!this.expiring) return true;
    const { output } = this;
    for (const [at, side] of this.sides.entries()) {
      const { heap } = side;
      if (heap === null) continue;
      while (heap.count > 0 && side.isDead(heap.first)) {
        if (output.room === 0) return false;
        const row = heap.first;
        heap.remove(row);
        if ((this.context.memory.i32[side.store.wordOf(row) + side.flagsWord] & MATCHED) === 0)
          output.add(at === 0 ? row : NO_ROW, at === 0 ? NO_ROW : row);
        this.freed.push({ side: at, row });
      }
    }
    this.expiring = false;
    if (this.advanced) output.mark(this.delayedWatermark());
    return true;
  }

  private delayedWatermark(): bigint {
    const { watermark } = this.time;
    if (watermark === LONG_MAX) return watermark;
    const delayed = watermark - this.config.watermarkDelay;
    return delayed < LONG_MIN ? LONG_MIN : delayed;
  }

  /** Record timestamps of the pairs: the later of the two. */
  private stamp(lane: Address, count: number): void {
    const { i32, i64 } = this.context.memory;
    const [left, right] = this.output.lists;
    for (let at = 0; at < count; at++) {
      const [l, r] = [i32[(left >>> 2) + at], i32[(right >>> 2) + at]];
      const [leftTime, rightTime] = [l === NO_ROW ? LONG_MIN : this.sides[0].timeOf(l), r === NO_ROW ? LONG_MIN : this.sides[1].timeOf(r)];
      i64[(lane >>> 3) + at] = leftTime > rightTime ? leftTime : rightTime;
    }
  }

  /** Keys of the batch that keep nothing are forgotten; some dead rows are looked for. */
  private endBatch(batch: Batch): void {
    const slots = this.intake.slots >>> 2;
    for (let at = 0; at < batch.selectedCount; at++) this.releaseKey(this.context.memory.i32[slots + at]);
    for (const side of this.sides)
      if (side.heap === null) side.sweep(batch.selectedCount * ROWS_SWEPT_PER_ROW, (slot) => this.releaseKey(slot));
  }

  private releaseKey(slot: number): void {
    if (!this.keys.isLive(slot)) return;
    const { i32 } = this.context.memory;
    const word = this.keys.wordOf(slot);
    if (i32[word + this.sides[0].headWord] === 0 && i32[word + this.sides[1].headWord] === 0) this.keys.remove(slot);
  }

  private countState(): void {
    const { metrics } = this.context;
    metrics.stateBytes = this.keys.stateBytes + this.sides[0].stateBytes + this.sides[1].stateBytes;
    metrics.stateKeys = this.keys.liveCount;
  }
}
