/**
 * Runs a process function over one or more inputs: keyed inputs share the state of their keys, inputs without a key (broadcast)
 * see all rows. Timers fire in time order before the watermark goes on; what they set at or below it fires in the same advance.
 *
 * One step, resumable: rows up to the next mark (keys found, rows handed to the function, keys released), the mark, its
 * timers, the next rows. Whenever the output is full the step ends with `more` and the next one goes on from there.
 */
import type { Batch, Column } from '../../columnar/batch.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import { BroadcastState, checkBroadcast } from '../../state/broadcast-state.ts';
import type { FiredTimer, TimeDomain } from '../../state/key-timers.ts';
import { EVENT_TIME, PROCESSING_TIME } from '../../state/key-timers.ts';
import { KeyedState } from '../../state/keyed-state.ts';
import { restoreKeyedState, writeKeyedState } from '../../state/keyed-state-snapshot.ts';
import type { OperatorListState } from '../../state/operator-list-state.ts';
import { checkOperatorLists } from '../../state/operator-list-state.ts';
import type { StateSpec } from '../../state/state-spec.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { Operator, OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { CombinedEventTime } from '../time/combined-event-time.ts';
import type { ProcessFunction, ProcessServices, RowRun, StepOutput } from './process-function.ts';
import { RowCollector } from './row-collector.ts';

export interface ProcessConfig {
  /** Key columns by input; null = an input without a key, whose rows every subtask gets. */
  readonly keys: readonly (readonly ColumnPath[] | null)[];
  readonly keyTypes: readonly LogicalType[];
  readonly states: readonly StateSpec[];
  readonly broadcast: readonly {
    readonly name: string;
    readonly keyTypes: readonly LogicalType[];
    readonly types: readonly LogicalType[];
  }[];
  /** State of the subtask; the function has it from elsewhere. */
  readonly lists?: readonly OperatorListState[];
  /** Inputs of event time, the first ones; the others do not hold it back. Absent: all. */
  readonly timedInputs?: number;
  /** What the stored state must be that of. */
  readonly meaning: string;
  readonly create: (services: ProcessServices) => ProcessFunction;
  /** Where the function's rows are gathered; absent: rows it collects by `services.output`. */
  readonly output?: StepOutput;
}

export class ProcessOperator implements Operator {
  readonly watermarks = 'own';
  private readonly config: ProcessConfig;
  private readonly context: OperatorContext;
  private readonly state: KeyedState;
  private readonly broadcast: readonly BroadcastState[];
  private readonly output: StepOutput;
  private time: CombinedEventTime;
  private readonly timedInputs: number;
  private readonly call: ProcessFunction;
  private readonly keyColumns: Column[] = [];
  private readonly fired: FiredTimer = { domain: EVENT_TIME, slot: 0, time: 0n };
  private now = 0n;
  private run: RowRun | null = null;
  /** Next mark of the batch and end of the rows before it. */
  private mark = 0;
  private segmentEnd = 0;
  private firing: { readonly domain: TimeDomain; readonly until: bigint } | null = null;
  /** A watermark that is to go on behind this step. */
  private advanced = false;
  private turnsIdle = false;

  constructor(config: ProcessConfig, context: OperatorContext) {
    this.config = config;
    this.context = context;
    const { memory } = context;
    this.state = new KeyedState(memory, { keyTypes: config.keyTypes, states: config.states });
    this.broadcast = config.broadcast.map(({ name, keyTypes, types }) => new BroadcastState(memory, name, keyTypes, types));
    const collector = new RowCollector(context);
    this.output = config.output ?? collector;
    this.timedInputs = config.timedInputs ?? config.keys.length;
    this.time = new CombinedEventTime(this.timedInputs);
    this.call = config.create(this.services(collector));
  }

  open(restored: readonly RestoredSection[]): void {
    restoreKeyedState(restored, this.state, this.context, this.config.meaning);
    checkBroadcast(this.context.nodeId, restored, this.broadcast);
    for (const each of this.broadcast) each.open(restored, this.context.subtaskIndex);
    const lists = this.config.lists ?? [];
    checkOperatorLists(this.context.nodeId, restored, lists);
    for (const each of lists) each.open(restored);
    this.begin(this.context.clock.now());
    this.finish();
  }

  processBatch(input: number, batch: Batch): Progress {
    this.run = { input, batch, from: 0, to: 0, slots: 0 };
    this.mark = 0;
    this.segmentEnd = 0;
    this.begin(this.context.clock.now());
    return this.drain();
  }

  processWatermark(input: number, watermark: bigint): Progress {
    this.begin(this.context.clock.now());
    if (this.takesWatermark(input, watermark)) this.fire(EVENT_TIME, this.time.watermark);
    return this.drain();
  }

  processStatus(input: number, idle: boolean): Progress {
    this.begin(this.context.clock.now());
    if (input >= this.timedInputs) return this.drain();
    const before = this.time.idle;
    if (this.time.onStatus(input, idle)) this.fire(EVENT_TIME, this.time.watermark);
    if (this.time.idle !== before) {
      if (this.time.idle) this.turnsIdle = true;
      else this.context.output.emitStatus(false);
    }
    return this.drain();
  }

  onProcessingTime(nowMs: number): Progress {
    this.begin(nowMs);
    this.fire(PROCESSING_TIME, this.now);
    return this.drain();
  }

  drain(): Progress {
    const finished = this.fireTimers() && this.takeBatch();
    this.output.emit();
    if (!finished) return 'more';
    if (this.advanced) this.context.output.emitWatermark(this.time.watermark);
    if (this.turnsIdle) this.context.output.emitStatus(true);
    this.advanced = false;
    this.turnsIdle = false;
    this.run = null;
    this.finish();
    return 'done';
  }

  endInput(): Progress {
    return 'done';
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    writeKeyedState(writer, this.state, this.config.meaning);
    for (const each of this.broadcast) each.snapshot(writer);
    for (const each of this.config.lists ?? []) each.snapshot(writer);
  }

  notifyCheckpointComplete(): void {}

  /** State of the subtask and what was broadcast stay. */
  forgetKeys(): void {
    this.state.forgetKeys();
    this.time = new CombinedEventTime(this.timedInputs);
  }

  close(): void {
    this.state.close();
    for (const each of this.broadcast) each.close();
  }

  private services(output: RowCollector): ProcessServices {
    const { state, broadcast } = this;
    const watermark = () => this.time.watermark;
    const processingTime = () => this.now;
    return {
      state,
      broadcast,
      output,
      get watermark() {
        return watermark();
      },
      get processingTime() {
        return processingTime();
      },
    };
  }

  private begin(nowMs: number): void {
    this.now = BigInt(nowMs);
    this.state.begin(nowMs);
  }

  private takesWatermark(input: number, watermark: bigint): boolean {
    return input < this.timedInputs && this.time.onWatermark(input, watermark);
  }

  private fire(domain: TimeDomain, until: bigint): void {
    this.firing = { domain, until };
    if (domain === EVENT_TIME) this.advanced = true;
  }

  /** False when the output is full before the last due timer. */
  private fireTimers(): boolean {
    if (this.firing === null) return true;
    const { domain, until } = this.firing;
    const { timers } = this.state;
    while (timers.isDue(domain, until)) {
      if (this.output.room <= 0) return false;
      timers.poll(domain, this.fired);
      const { slot } = this.fired;
      this.call.onTimer(this.fired);
      this.state.releaseKey(slot);
    }
    this.firing = null;
    if (domain === EVENT_TIME) this.output.mark(this.time.watermark);
    return true;
  }

  /** Works on the batch until it is used up (true) or the output is full (false). */
  private takeBatch(): boolean {
    const { run } = this;
    if (run === null) return true;
    const { batch } = run;
    for (;;) {
      if (run.from === this.segmentEnd) {
        if (run.from === batch.selectedCount && this.mark >= batch.markCount) return true;
        this.segmentEnd = endOfSegment(batch, run.from, this.mark);
      }
      if (!this.takeRows(run)) return false;
      if (!this.passMark(run)) return false;
    }
  }

  private takeRows(run: RowRun): boolean {
    const { from } = run;
    const to = this.segmentEnd;
    if (from === to) return true;
    if (this.output.room <= 0) return false;
    run.to = to;
    const paths = this.config.keys[run.input];
    run.slots = 0;
    if (paths !== null) {
      for (let at = 0; at < paths.length; at++) this.keyColumns[at] = columnAt(run.batch, paths[at]);
      run.slots = this.context.arena.allocate(to * 4);
      this.state.findKeys(this.keyColumns, run.batch.selection, from, to, run.slots);
    }
    run.from = this.call.processRows(run);
    if (run.slots !== 0) this.state.releaseKeys(run.slots, from, to);
    return run.from === to;
  }

  /** Fires what the mark behind the segment passes. */
  private passMark({ batch, input, from }: RowRun): boolean {
    if (from < this.segmentEnd || this.mark >= batch.markCount) return true;
    const watermark = batch.memory.i64[(batch.markWatermarks >>> 3) + this.mark++];
    if (this.takesWatermark(input, watermark)) this.fire(EVENT_TIME, this.time.watermark);
    return this.fireTimers();
  }

  private finish(): void {
    const earliest = this.state.timers.earliestProcessingTime();
    if (earliest !== undefined) this.context.requestProcessingTime(Number(earliest));
    const { metrics } = this.context;
    metrics.stateBytes = this.broadcast.reduce((sum, each) => sum + each.stateBytes, this.state.stateBytes);
    metrics.stateKeys = this.state.keyCount;
  }
}

/** Position behind the selected rows that stand before mark number `mark`. */
export function endOfSegment(batch: Batch, from: number, mark: number): number {
  if (mark >= batch.markCount) return batch.selectedCount;
  const { i32 } = batch.memory;
  const row = i32[(batch.markRows >>> 2) + mark];
  if (batch.selection === 0) return Math.max(from, Math.min(row + 1, batch.selectedCount));
  let end = from;
  while (end < batch.selectedCount && i32[(batch.selection >>> 2) + end] <= row) end++;
  return end;
}
