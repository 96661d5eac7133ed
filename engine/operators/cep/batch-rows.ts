/** The rows of one batch on their way into the buffer: late ones sorted out, those that mean nothing to the pattern left, keys found, cells copied. */
import type { Batch, Column } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { RowImport } from '../../state/row-import.ts';
import type { OperatorContext } from '../operator.ts';
import { noteRowBehind } from '../time/rows-behind.ts';
import type { LateRows } from '../windowing/late-rows.ts';
import type { CepConfig } from './cep-config.ts';
import type { Decisions } from './decisions.ts';
import type { KeyedPatterns } from './keyed-patterns.ts';
import type { PatternRows } from './pattern-rows.ts';

/** Masks with more conditions are looked up in a map. */
const LISTED_CONDITIONS_MAX = 12;
const UNKNOWN = 0;
const INERT = 1;

export interface BatchRows {
  /** Rows that were taken. */
  count: number;
  rowAt(position: number): number;
  keyAt(position: number): number;
  eventAt(position: number): number;
  /** Takes a batch; `time` null = the clock. The answer is the next place in the order of arrival. */
  take(batch: Batch, time: Column | null, keys: readonly Column[], watermark: bigint, arrivals: number): number;
  clear(): void;
  close(): void;
}

export function createBatchRows(
  config: CepConfig,
  context: OperatorContext,
  facts: PatternRows,
  patterns: KeyedPatterns,
  decisions: Decisions,
  late: LateRows,
): BatchRows {
  return new RowsOfBatch(config, context, facts, patterns, decisions, late);
}

class RowsOfBatch implements BatchRows {
  count = 0;
  private readonly context: OperatorContext;
  private readonly facts: PatternRows;
  private readonly patterns: KeyedPatterns;
  private readonly decisions: Decisions;
  private readonly late: LateRows;
  private readonly rowImport: RowImport;
  /** Three lists of i32: rows of the batch, keys, rows in the buffer. They outlive the step when the output is full. */
  private lists: Address = 0;
  private capacity = 0;
  /** Rows that change nothing wherever a partial match stands need not wait, unless they are what tells that time has passed. */
  private readonly dropsInert: boolean;
  private readonly listed: Uint8Array | null;
  private readonly mapped = new Map<number, boolean>();

  constructor(
    config: CepConfig,
    context: OperatorContext,
    facts: PatternRows,
    patterns: KeyedPatterns,
    decisions: Decisions,
    late: LateRows,
  ) {
    const { nfa } = config;
    this.context = context;
    this.facts = facts;
    this.patterns = patterns;
    this.decisions = decisions;
    this.late = late;
    this.rowImport = new RowImport(patterns.buffer.layout, patterns.buffer.cells);
    const isTimed = config.showsTimes && (nfa.hasPending || (nfa.withinMs !== null && config.afterMatch.kind !== 'no-skip'));
    this.dropsInert = !nfa.hasGaps && !isTimed && (config.eventTime || nfa.withinMs === null);
    this.listed = facts.conditionCount <= LISTED_CONDITIONS_MAX ? new Uint8Array(1 << facts.conditionCount) : null;
  }

  rowAt(position: number): number {
    return this.context.memory.i32[(this.lists >>> 2) + position];
  }

  keyAt(position: number): number {
    return this.context.memory.i32[(this.lists >>> 2) + this.capacity + position];
  }

  eventAt(position: number): number {
    return this.context.memory.i32[(this.lists >>> 2) + 2 * this.capacity + position];
  }

  take(batch: Batch, time: Column | null, keys: readonly Column[], watermark: bigint, arrivals: number): number {
    this.reserve(batch.selectedCount);
    const { masks, columns } = this.facts.look(batch);
    if (time === null) this.chooseAll(batch, masks);
    else this.chooseInTime(batch, time, masks, watermark);
    if (this.count === 0) return arrivals;
    const { memory } = this.context;
    const { buffer } = this.patterns;
    const [rowList, keyList, eventList] = [this.lists, this.lists + 4 * this.capacity, this.lists + 8 * this.capacity];
    this.patterns.keys.upsert(keys, rowList, 0, this.count, keyList);
    for (let at = 0; at < this.count; at++) {
      const event = buffer.events.allocateRow();
      memory.i32[(eventList >>> 2) + at] = event;
    }
    this.rowImport.copy(buffer.events, columns, rowList, 0, this.count, eventList);
    this.writeHeads(time, masks, arrivals);
    return arrivals + this.count;
  }

  clear(): void {
    this.count = 0;
  }

  close(): void {
    if (this.capacity > 0) this.context.memory.freeRegion(this.lists, this.capacity * 12);
    this.capacity = 0;
  }

  private reserve(rows: number): void {
    this.count = 0;
    if (rows <= this.capacity) return;
    this.close();
    this.capacity = rows;
    this.lists = this.context.memory.allocateRegion(rows * 12);
  }

  private chooseAll(batch: Batch, masks: Address): void {
    const { i32 } = batch.memory;
    const list = this.lists >>> 2;
    let count = 0;
    for (let at = 0; at < batch.selectedCount; at++) {
      const row = batch.selection === 0 ? at : i32[(batch.selection >>> 2) + at];
      if (this.dropsInert && this.isInert(i32[(masks >>> 2) + row])) continue;
      i32[list + count++] = row;
    }
    this.count = count;
  }

  /** Late rows leave by their port; the watermark of a row is that of the marks before it. */
  private chooseInTime(batch: Batch, time: Column, masks: Address, before: bigint): void {
    const { i32, i64, u8 } = batch.memory;
    const [list, lane, maskLane] = [this.lists >>> 2, time.data >>> 2, masks >>> 2];
    let watermark = before;
    let high = Number(watermark >> 32n);
    let low = Number(BigInt.asUintN(32, watermark));
    let count = 0;
    let mark = 0;
    let markRow = batch.markCount > 0 ? i32[batch.markRows >>> 2] : batch.rowCount;
    for (let at = 0; at < batch.selectedCount; at++) {
      const row = batch.selection === 0 ? at : i32[(batch.selection >>> 2) + at];
      while (markRow < row) {
        const next = i64[(batch.markWatermarks >>> 3) + mark++];
        if (next > watermark) {
          watermark = next;
          high = Number(watermark >> 32n);
          low = Number(BigInt.asUintN(32, watermark));
        }
        markRow = mark < batch.markCount ? i32[(batch.markRows >>> 2) + mark] : batch.rowCount;
      }
      if (time.validity !== 0 && u8[time.validity + row] === 0) {
        this.context.metrics.badRecords++;
        continue;
      }
      const rowHigh = i32[lane + row * 2 + 1];
      if (rowHigh < high || (rowHigh === high && i32[lane + row * 2] >>> 0 <= low)) {
        noteRowBehind(this.context, batch, row, i64[(time.data >>> 3) + row], watermark, 1, 0);
        this.late.add(batch, row);
      } else if (!this.dropsInert || !this.isInert(i32[maskLane + row])) {
        i32[list + count++] = row;
      }
    }
    this.count = count;
  }

  private isInert(mask: number): boolean {
    const { listed } = this;
    if (listed !== null) {
      if (listed[mask] === UNKNOWN) listed[mask] = this.decisions.isInert(mask) ? INERT : INERT + 1;
      return listed[mask] === INERT;
    }
    let inert = this.mapped.get(mask);
    if (inert === undefined) {
      inert = this.decisions.isInert(mask);
      this.mapped.set(mask, inert);
    }
    return inert;
  }

  private writeHeads(time: Column | null, masks: Address, arrivals: number): void {
    const { i32, i64, f64 } = this.context.memory;
    const { events, maskWord, timeWord, arrivalWord } = this.patterns.buffer;
    const [list, eventList] = [this.lists >>> 2, (this.lists >>> 2) + 2 * this.capacity];
    const now = BigInt(this.context.clock.now());
    for (let at = 0; at < this.count; at++) {
      const row = i32[list + at];
      const word = events.wordOf(i32[eventList + at]);
      i32[word + maskWord] = i32[(masks >>> 2) + row];
      f64[(word + arrivalWord) >>> 1] = arrivals + at;
      if (time === null) {
        i64[(word + timeWord) >>> 1] = now;
      } else {
        i32[word + timeWord] = i32[(time.data >>> 2) + row * 2];
        i32[word + timeWord + 1] = i32[(time.data >>> 2) + row * 2 + 1];
      }
    }
  }
}
