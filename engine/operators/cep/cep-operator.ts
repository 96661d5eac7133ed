/**
 * Flink's CEP operator: finds patterns in the rows of each key. In event time rows wait for the watermark and are looked at in the order of their
 * time; in processing time at once. Simple conditions are decided for whole batches; what is left per row is a step of the automaton.
 */
import { EngineError } from '../../base/errors.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import { columnAt, keyForm } from '../../columnar/key-fields.ts';
import { RetiredRegions } from '../../state/retired-regions.ts';
import { NO_ROW } from '../../state/row-store.ts';
import type { Operator, OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { LONG_MIN } from '../time/long.ts';
import { LateRows } from '../windowing/late-rows.ts';
import type { BatchRows } from './batch-rows.ts';
import { createBatchRows } from './batch-rows.ts';
import type { CepConfig } from './cep-config.ts';
import { restorePatterns, writePatterns } from './cep-snapshot.ts';
import { Decisions } from './decisions.ts';
import { KeyedPatterns } from './keyed-patterns.ts';
import { MatchBuffer } from './match-buffer.ts';
import type { FoundMatch, MatchEmitter } from './match-emitter.ts';
import { NfaRunner } from './nfa-runner.ts';
import type { PatternRows } from './pattern-rows.ts';

const TWO_32 = 4294967296;

/** Makes the rows of a port of matches. */
export type CreateEmitter = (port: number, patterns: KeyedPatterns) => MatchEmitter;

export class CepOperator implements Operator {
  readonly watermarks = 'own';
  readonly patterns: KeyedPatterns;
  private readonly config: CepConfig;
  private readonly context: OperatorContext;
  private readonly facts: PatternRows;
  private readonly retired: RetiredRegions;
  private readonly runner: NfaRunner;
  private readonly buffer: MatchBuffer;
  private readonly matches: MatchEmitter;
  private readonly timeouts: MatchEmitter | null;
  private readonly rows: BatchRows;
  private readonly late: LateRows;
  private readonly waits: boolean;
  /** Rows of one time have an order of their own. */
  private readonly orders: boolean;
  /** A clock's millisecond is over when the next one begins. */
  private readonly delayMs: number;
  private readonly everyTimer: boolean;

  private watermark = LONG_MIN;
  /** The watermark is new to those behind: the clock alone moves none. */
  private announces = false;
  /** Keys are brought up to here. */
  private firing: bigint | null = null;
  private passKey = -1;
  private passTime = Number.NaN;
  private batch: Batch | null = null;
  private position = 0;
  private mark = 0;
  private arrivals = 0;
  private readonly touched: number[] = [];

  constructor(config: CepConfig, context: OperatorContext, facts: PatternRows, createEmitter: CreateEmitter) {
    const { memory } = context;
    this.config = config;
    this.context = context;
    this.facts = facts;
    this.retired = new RetiredRegions(memory);
    this.buffer = new MatchBuffer(
      memory,
      facts.kept.map(({ type }) => keyForm(type)),
      this.retired,
    );
    const decisions = new Decisions(config.nfa, facts.simpleBits, facts.conditionCount, facts.conditions(this.buffer));
    this.runner = new NfaRunner(memory, config.nfa, this.buffer, decisions, config.afterMatch, {
      onMatch: (match) => this.matches.add(match),
      onTimeout: (match) => this.onTimeout(match),
    });
    const order = facts.order(this.buffer);
    this.orders = order !== null;
    this.waits = config.eventTime || this.orders;
    this.delayMs = config.eventTime ? 0 : 1;
    this.everyTimer = config.nfa.hasGaps || !config.eventTime;
    this.patterns = new KeyedPatterns(memory, config.keyTypes, this.buffer, this.runner, this.retired, order, !config.eventTime);
    this.matches = createEmitter(0, this.patterns);
    this.timeouts = config.timeoutPort === null ? null : createEmitter(config.timeoutPort, this.patterns);
    this.late = new LateRows(context, config.latePort);
    this.rows = createBatchRows(config, context, facts, this.patterns, decisions, this.late);
  }

  open(restored: readonly RestoredSection[]): void {
    this.arrivals = restorePatterns(restored, this.patterns, this.context, this.config.fingerprint);
    this.requestClock();
    this.countState();
  }

  processBatch(_input: number, batch: Batch): Progress {
    this.retired.release();
    this.late.reset();
    this.batch = batch;
    this.position = 0;
    this.mark = 0;
    this.announces = batch.markCount > 0;
    const time = this.timeColumn(batch);
    this.arrivals = this.rows.take(batch, time, this.keyColumns(batch), this.watermark, this.arrivals);
    return this.work();
  }

  processWatermark(_input: number, watermark: bigint): Progress {
    this.watermark = watermark;
    this.announces = true;
    if (this.config.eventTime) this.firing = watermark;
    return this.drain();
  }

  processStatus(_input: number, idle: boolean): Progress {
    this.context.output.emitStatus(idle);
    return 'done';
  }

  onProcessingTime(nowMs: number): Progress {
    this.firing = BigInt(nowMs);
    return this.drain();
  }

  drain(): Progress {
    this.retired.release();
    this.late.reset();
    return this.work();
  }

  endInput(): Progress {
    return 'done';
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    writePatterns(writer, this.patterns, this.arrivals, this.config, this.facts.kept);
  }

  notifyCheckpointComplete(): void {}

  close(): void {
    this.patterns.close();
    this.rows.close();
    this.facts.close();
    this.matches.close();
    this.timeouts?.close();
    this.retired.release();
  }

  private work(): Progress {
    this.matches.reset();
    this.timeouts?.reset();
    const finished = this.fire() && this.takeBatch();
    this.emit();
    if (!finished) return 'more';
    if (this.announces) this.context.output.emitWatermark(this.watermark);
    this.announces = false;
    this.releaseIdleKeys();
    this.batch = null;
    this.requestClock();
    this.countState();
    return 'done';
  }

  private isFull(): boolean {
    return this.matches.room <= 0 || (this.timeouts !== null && this.timeouts.room <= 0);
  }

  /** Brings all keys up to `firing`; false when the output is full before. */
  private fire(): boolean {
    const { firing } = this;
    if (firing === null) return true;
    const high = Number(firing >> 32n);
    const low = Number(BigInt.asUintN(32, firing));
    for (;;) {
      const key = this.passKey >= 0 ? this.passKey : this.patterns.dueKey(high, low);
      if (key < 0) break;
      if (this.isFull() || !this.pass(key, firing, high, low)) return false;
    }
    this.firing = null;
    if (this.config.eventTime && this.batch !== null) {
      this.matches.mark(this.watermark);
      this.timeouts?.mark(this.watermark);
    }
    return true;
  }

  /** All that is due of one key; false when the output is full before. */
  private pass(key: number, limit: bigint, high: number, low: number): boolean {
    const { patterns, runner } = this;
    if (this.passKey < 0) {
      runner.began = false;
      this.passTime = Number.NaN;
    }
    this.passKey = key;
    let loaded = !patterns.isIdle(key);
    if (loaded) patterns.load(key);
    for (let event = patterns.firstEvent(key); event >= 0 && this.isDue(event, high, low); event = patterns.firstEvent(key)) {
      if (this.isFull()) {
        if (loaded) patterns.store(key);
        return false;
      }
      patterns.dequeue(key);
      // Flink numbers the rows of one time as it looks at them; without an order of their own that is how they came.
      if (this.orders) this.buffer.renumber(event, this.arrivals++);
      if (!loaded && !runner.canStart(this.buffer.maskOf(event))) {
        this.buffer.releaseEvent(event);
        continue;
      }
      if (!loaded) patterns.load(key);
      loaded = true;
      this.processEvent(key, event);
    }
    if (loaded) {
      runner.advanceTime(high * TWO_32 + low);
      patterns.store(key);
    }
    this.setAlarm(key, loaded, limit);
    patterns.schedule(key);
    this.touched.push(key);
    this.passKey = -1;
    return true;
  }

  /** In processing time all rows that wait are due. */
  private isDue(event: number, high: number, low: number): boolean {
    if (!this.config.eventTime) return true;
    const { i32 } = this.context.memory;
    const at = this.buffer.events.wordOf(event) + this.buffer.timeWord;
    return i32[at + 1] < high || (i32[at + 1] === high && i32[at] >>> 0 <= low);
  }

  private processEvent(key: number, event: number): void {
    const { runner, buffer } = this;
    const time = buffer.timeOf(event);
    if (time !== this.passTime) runner.advanceTime(time);
    this.passTime = time;
    if (!this.config.nfa.hasGaps) runner.began = false;
    runner.process(event, buffer.maskOf(event), time);
    const { withinMs } = this.config.nfa;
    if (withinMs !== null && this.everyTimer && runner.began)
      this.patterns.addTimer(key, buffer.exactTimeOf(event) + BigInt(withinMs) + BigInt(this.delayMs));
    buffer.releaseEvent(event);
  }

  /** Lets the rows of the batch and its marks take effect; false when the output is full before. */
  private takeBatch(): boolean {
    const { batch, rows } = this;
    if (batch === null) return true;
    for (;;) {
      const markRow = this.mark < batch.markCount ? batch.memory.i32[(batch.markRows >>> 2) + this.mark] : batch.rowCount;
      for (; this.position < rows.count && rows.rowAt(this.position) <= markRow; this.position++) {
        if (this.waits) this.patterns.enqueue(rows.keyAt(this.position), rows.eventAt(this.position));
        else if (!this.processNow(rows.keyAt(this.position), rows.eventAt(this.position))) return false;
      }
      if (this.mark >= batch.markCount) return true;
      const watermark = batch.memory.i64[(batch.markWatermarks >>> 3) + this.mark++];
      if (watermark <= this.watermark) continue;
      this.watermark = watermark;
      if (this.config.eventTime) this.firing = watermark;
      if (!this.fire()) return false;
    }
  }

  /** In processing time without an order nothing waits. */
  private processNow(key: number, event: number): boolean {
    if (this.isFull()) return false;
    const { patterns, runner } = this;
    patterns.load(key);
    runner.began = false;
    this.passTime = Number.NaN;
    this.buffer.holdEvent(event);
    this.processEvent(key, event);
    patterns.store(key);
    this.setAlarm(key, true, null);
    patterns.schedule(key);
    return true;
  }

  /**
   * When time runs out for the key. A gap is noticed with whatever brings the key up, and a timer of the clock is a millisecond behind the
   * limit, so there every timer counts that Flink sets; else only the earliest partial match can run out of time. `limit`: timers up to here are over.
   */
  private setAlarm(key: number, loaded: boolean, limit: bigint | null): void {
    const { withinMs } = this.config.nfa;
    if (withinMs === null) return;
    if (!this.everyTimer) {
      this.patterns.alarmAfter(key, loaded ? this.runner.earliest : NO_ROW, withinMs + this.delayMs);
      return;
    }
    if (limit !== null) this.patterns.dropTimers(key, limit);
    this.patterns.alarmAtTimer(key);
  }

  private onTimeout(match: FoundMatch): void {
    this.timeouts?.add(match);
  }

  /** Null in processing time. */
  private timeColumn(batch: Batch): Column | null {
    if (!this.config.eventTime) return null;
    if (this.config.rowtime !== null) return columnAt(batch, this.config.rowtime);
    if (batch.timestamps !== 0) return { ...batch.columns[0], data: batch.timestamps, validity: 0 };
    throw new EngineError(
      'MR5030',
      `node ${this.context.nodeId}: a record has no timestamp, so that no pattern in event time can take it`,
      {
        domain: 'user',
        nodeId: this.context.nodeId,
        remedy: 'put a watermark node before the pattern',
      },
    );
  }

  private keyColumns(batch: Batch): Column[] {
    return this.config.keys.map((path) => columnAt(batch, path));
  }

  private emit(): void {
    const matches = this.matches.take();
    if (matches !== null) this.context.output.emit(0, matches);
    const timeouts = this.timeouts?.take() ?? null;
    if (timeouts !== null && this.config.timeoutPort !== null) this.context.output.emit(this.config.timeoutPort, timeouts);
    this.late.emit();
  }

  private releaseIdleKeys(): void {
    for (let at = 0; at < this.rows.count; at++) this.patterns.releaseIdle(this.rows.keyAt(at));
    for (const key of this.touched) this.patterns.releaseIdle(key);
    this.touched.length = 0;
    this.rows.clear();
  }

  private requestClock(): void {
    if (this.config.eventTime) return;
    const next = this.patterns.nextDue();
    if (next !== undefined) this.context.requestProcessingTime(Number(next));
  }

  private countState(): void {
    const { metrics } = this.context;
    metrics.stateBytes = this.patterns.stateBytes;
    metrics.stateKeys = this.patterns.keys.liveCount;
  }
}
