/**
 * One running subtask: a chain of operators driven depth first by micro-steps. A step calls one operator with one item;
 * what it emits is consumed by the operators behind it, to the end, before anything else happens to it. The stack of
 * unfinished calls is explicit, so a full channel stops the task wherever it stands and it goes on there later.
 *
 * Worked example, source → window → sink, all in one task, a watermark that fires two batches of keys:
 * poll(source) emits a batch · deliver → batch(window) `done` · conclude: the batch's last mark goes on as a watermark
 * → watermark(window) `more` · deliver → batch(sink) · drain(window) `done` · deliver → batch(sink) · conclude → watermark(sink).
 */
import { assert } from '../../base/assert.ts';
import type { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import { type Progress, WATERMARK_MAX } from '../../operators/operator.ts';
import type { PhysicalPlan } from '../plan/physical-plan.ts';
import { BarrierAligner } from './barrier-aligner.ts';
import type { Frame } from './frame.ts';
import { FrameStack } from './frame-stack.ts';
import { lastMark } from './input-gate.ts';
import { Overtaking } from './overtaking.ts';
import { type RestoredItem, RestoredItems } from './restored-items.ts';
import type { TaskChannel, TaskHost, TaskState } from './task-host.ts';
import type { Target, TaskOperator } from './task-operator.ts';
import type { WorkMeter } from './work-meter.ts';

export class Task {
  /** Topological order. */
  readonly operators: readonly TaskOperator[];
  readonly name: string;
  private readonly channels: readonly TaskChannel[];
  private readonly arena: Arena;
  private readonly host: TaskHost;
  private readonly meter: WorkMeter;
  private readonly stack: FrameStack;
  private readonly aligner: BarrierAligner;
  private readonly sources: readonly TaskOperator[];
  private readonly overtaking: Overtaking;
  private readonly restored: RestoredItems;
  private readonly resultsAtEnd: boolean;
  private overdraft = false;
  private nextChannel = 0;
  private nextSource = 0;
  private barrierToSend = 0;
  private barrierWriters: Target[] = [];
  private suspendAt = 0;
  private suspended = false;
  private draining = false;
  private paused = false;
  private waiting: TaskOperator | null = null;

  constructor(
    name: string,
    operators: readonly TaskOperator[],
    channels: readonly TaskChannel[],
    arena: Arena,
    host: TaskHost,
    meter: WorkMeter,
    { alignsBarriers, resultsAtEnd }: Pick<PhysicalPlan, 'alignsBarriers' | 'resultsAtEnd'>,
  ) {
    this.resultsAtEnd = resultsAtEnd;
    this.name = name;
    this.operators = operators;
    this.channels = channels;
    this.arena = arena;
    this.stack = new FrameStack(arena);
    this.host = host;
    this.meter = meter;
    this.sources = operators.filter((operator) => operator.plan.kind === 'source');
    this.aligner = new BarrierAligner(channels.length, alignsBarriers);
    this.overtaking = new Overtaking(channels);
    this.restored = new RestoredItems(arena.memory);
  }

  /** The coordinator wants checkpoint `checkpointId`; with `suspend` nothing is done behind it; from `overtakeAtMs` on it does not wait. */
  trigger(checkpointId: number, suspend: boolean, overtakeAtMs: number | null = null): void {
    this.aligner.onTrigger(checkpointId);
    this.overtaking.onTrigger(checkpointId, overtakeAtMs);
    if (suspend) this.suspendAt = checkpointId;
  }

  abort(checkpointId: number): void {
    this.aligner.onAbort(checkpointId);
    this.overtaking.onAbort(checkpointId);
    this.setOverdraft(false);
  }

  /** Rows that were on their way when the restored checkpoint was taken. */
  feed(items: readonly RestoredItem[]): void {
    this.restored.add(items);
  }

  /** Sources end here and now, as if their input had ended (stop with drain). */
  drainSources(): void {
    this.draining = true;
  }

  /** A paused task reads nothing from its sources and fires no timers; what is under way flows on, and barriers pass. */
  setPaused(paused: boolean): void {
    this.paused = paused;
  }

  /** The pace of its sources has changed: what they waited for may be there. */
  wakeSources(): void {
    for (const source of this.sources) source.pollAtMs = 0;
  }

  /** Node whose call is under way, for the report of its failure. */
  activeNodeId(): string | null {
    return this.stack.depth === 0 ? null : this.stack.top().operator.plan.nodeId;
  }

  hasSources(): boolean {
    return this.sources.length > 0;
  }

  /** No call of an operator is under way: its state may be looked at. */
  isBetweenSteps(): boolean {
    return this.stack.depth === 0;
  }

  hasEnded(): boolean {
    return this.stack.depth === 0 && this.barrierWriters.length === 0 && this.operators.every((operator) => operator.ended);
  }

  /** Something lies in one of its channels. */
  hasInput(): boolean {
    if (!this.restored.isEmpty()) return true;
    for (const channel of this.channels) if (!channel.reader.isEmpty()) return true;
    return false;
  }

  /** Earliest time at which there may be something to do though nobody rings. */
  wakeAtMs(): number {
    let wake = this.overtaking.wakeAtMs();
    // Before a full channel nothing else is done, and the consumer rings when there is room.
    if (this.suspended || this.stack.depth > 0 || this.barrierWriters.length > 0) return wake;
    const held = this.aligner.holdsSources();
    if (this.paused) return wake;
    for (const operator of this.operators) {
      if (operator.ended) continue;
      if (operator.timerAtMs < wake && this.firesTimers(operator)) wake = operator.timerAtMs;
      if (operator.source !== null && !held && !operator.waitsForSplit && operator.pollAtMs < wake) wake = operator.pollAtMs;
    }
    return wake;
  }

  /** One micro-step. `nowMs` is the clock's wall time. */
  step(nowMs: number): TaskState {
    if (this.stack.depth > 0) {
      const frame = this.stack.top();
      this.meter.hand(frame.operator);
      const state = this.advance(frame, nowMs);
      if (state !== 'blocked' || this.overtaking.due(nowMs) === 0) return state;
      this.setOverdraft(true);
      return this.advance(frame, nowMs);
    }
    this.meter.hand(null);
    if (!this.sendBarriers()) return 'blocked';
    if (this.suspended) return 'idle';
    if (this.takeCheckpoint() || this.overtake(nowMs)) return 'progress';
    const recorded = this.overtaking.advance();
    if (recorded !== null) this.host.inFlight(recorded.checkpointId, recorded.channels);
    if (this.paused ? this.readChannel() : this.fireTimer(nowMs) || this.readChannel() || this.pollSource(nowMs)) return 'progress';
    return this.hasEnded() ? 'ended' : 'idle';
  }

  /** Whose call goes on without anything to hand on: it waits for something outside, as a sink does for what it writes to. */
  waitsOutside(): TaskOperator | null {
    return this.waiting;
  }

  /** The same, when everything else of that call has been done. */
  waitsToGoOn(): TaskOperator | null {
    return this.waiting !== null && this.stack.depth > 0 && this.stack.top().phase === 'drain' ? this.waiting : null;
  }

  /** The thread turns to something else. */
  rest(): void {
    this.meter.hand(null);
  }

  close(): void {
    for (const operator of this.operators) {
      operator.operator?.close();
      operator.source?.close();
      for (const port of operator.ports) for (const target of port.targets) target.writer?.close();
    }
    for (const channel of this.channels) channel.reader.close();
    this.arena.close();
  }

  private takeCheckpoint(): boolean {
    // What was on its way at the restore came before every barrier.
    if (!this.restored.isEmpty()) return false;
    const sourcesLive = this.sources.some((source) => !source.ended);
    const checkpointId = this.aligner.complete(sourcesLive);
    if (checkpointId === 0) return false;
    this.overtaking.onTaken();
    this.sendBarrier(checkpointId);
    this.host.snapshot(checkpointId, this.operators, false);
    if (this.suspendAt === checkpointId) this.suspended = true;
    return true;
  }

  /** The checkpoint has waited long enough: it is taken here and now, and what is still on its way is kept with it. */
  private overtake(nowMs: number): boolean {
    const checkpointId = this.overtaking.due(nowMs);
    if (checkpointId === 0) return false;
    this.overtaking.begin(checkpointId, (channel) => this.aligner.hasShown(channel, checkpointId), this.restored.list());
    this.overtaking.onTaken();
    this.aligner.overtake(checkpointId);
    this.sendBarrier(checkpointId);
    this.host.snapshot(checkpointId, this.operators, true);
    return true;
  }

  /** While on, the step under way need not wait for room. */
  private setOverdraft(on: boolean): void {
    if (this.overdraft === on) return;
    this.overdraft = on;
    for (const operator of this.operators)
      for (const port of operator.ports) for (const target of port.targets) target.writer?.setOverdraft(on);
  }

  private sendBarrier(checkpointId: number): void {
    this.barrierToSend = checkpointId;
    this.barrierWriters = [];
    for (const operator of this.operators) {
      if (operator.ended) continue;
      for (const port of operator.ports) for (const target of port.targets) if (target.writer !== null) this.barrierWriters.push(target);
    }
    this.setOverdraft(false);
    this.sendBarriers();
  }

  private sendBarriers(): boolean {
    while (this.barrierWriters.length > 0) {
      const { writer } = this.barrierWriters[0];
      if (writer !== null && !writer.writeBarrier(this.barrierToSend)) return false;
      this.barrierWriters.shift();
    }
    return true;
  }

  /** In a batch the clock gives no results; sinks go by it, for they write. */
  private firesTimers(operator: TaskOperator): boolean {
    return !this.resultsAtEnd || operator.ports.length === 0 || operator.source !== null;
  }

  private fireTimer(nowMs: number): boolean {
    for (const operator of this.operators) {
      if (nowMs < operator.timerAtMs || operator.ended || !this.firesTimers(operator)) continue;
      operator.timerAtMs = Number.POSITIVE_INFINITY;
      this.stack.push(operator, 'timer', 0);
      return true;
    }
    return false;
  }

  private readChannel(): boolean {
    if (this.restored.deliver(this.stack)) return true;
    for (let turn = 0; turn < this.channels.length; turn++) {
      const index = (this.nextChannel + turn) % this.channels.length;
      if (this.aligner.isBlocked(index)) continue;
      const channel = this.channels[index];
      const item = channel.reader.take();
      if (item === null) continue;
      this.nextChannel = (index + 1) % this.channels.length;
      this.receive(index, channel, item.kind === 'batch' ? item.batch : null, item);
      return true;
    }
    return false;
  }

  private receive(
    index: number,
    channel: TaskChannel,
    batch: Batch | null,
    item: { kind: string; watermark: bigint; idle: boolean; checkpointId: number },
  ): void {
    if (batch !== null) {
      this.stack.deliverBatch(channel.operator, channel.input, channel.channel, batch);
      this.stack.top().reader = channel.reader;
      return;
    }
    channel.reader.release();
    if (item.kind === 'watermark') this.stack.deliverWatermark(channel.operator, channel.input, channel.channel, item.watermark);
    else if (item.kind === 'status') this.stack.deliverStatus(channel.operator, channel.input, channel.channel, item.idle);
    else if (item.kind === 'barrier') this.aligner.onBarrier(index, item.checkpointId);
    else {
      this.aligner.onEnd(index);
      this.stack.deliverEnd(channel.operator, channel.input, channel.channel);
    }
  }

  private pollSource(nowMs: number): boolean {
    for (let turn = 0; turn < this.sources.length; turn++) {
      const index = (this.nextSource + turn) % this.sources.length;
      const source = this.sources[index];
      if (source.ended || this.aligner.holdsSources()) continue;
      if (this.draining) this.stack.push(source, 'finish', 0);
      else if (!source.waitsForSplit && nowMs >= source.pollAtMs) this.stack.push(source, 'poll', 0);
      else continue;
      this.nextSource = (index + 1) % this.sources.length;
      return true;
    }
    return false;
  }

  private advance(frame: Frame, nowMs: number): TaskState {
    switch (frame.phase) {
      case 'call':
      case 'drain':
        if (!frame.operator.hasRoom()) return 'blocked';
        frame.mark = this.arena.mark();
        frame.progress = frame.phase === 'drain' ? drain(frame) : this.call(frame, nowMs);
        this.waiting = frame.progress === 'more' && frame.operator.batches.every((batch) => batch === null) ? frame.operator : null;
        this.stack.startDelivery(frame);
        return 'progress';
      case 'deliver':
        return this.stack.deliver(frame) ? 'progress' : 'blocked';
      case 'conclude':
        this.conclude(frame);
        this.stack.startDelivery(frame);
        return 'progress';
      default:
        this.stack.pop(frame);
        return 'progress';
    }
  }

  private call(frame: Frame, nowMs: number): Progress {
    const { operator } = frame;
    if (frame.kind === 'poll') return this.poll(operator, nowMs);
    if (frame.kind === 'finish') {
      endSource(operator);
      return 'done';
    }
    const implementation = operator.operator;
    assert(implementation !== null, `node ${operator.plan.nodeId} is not a source`);
    switch (frame.kind) {
      case 'batch':
        assert(frame.batch !== null, 'a batch item has its batch');
        return implementation.processBatch(frame.input, frame.batch);
      case 'watermark':
        return implementation.processWatermark(frame.input, frame.watermark);
      case 'status':
        return implementation.processStatus(frame.input, frame.idle);
      case 'timer':
        return implementation.onProcessingTime(nowMs);
      default:
        return implementation.endInput(frame.input);
    }
  }

  private poll(operator: TaskOperator, nowMs: number): Progress {
    const result = operator.source?.poll();
    assert(result !== undefined, `node ${operator.plan.nodeId} is a source`);
    if (result.kind === 'end') {
      endSource(operator);
      this.host.sourceEnded(operator);
    } else if (result.kind === 'idle') operator.pollAtMs = nowMs + result.wakeAfterMs;
    else if (result.kind === 'need-split') {
      operator.waitsForSplit = true;
      this.host.requestSplit(operator);
    }
    return 'done';
  }

  /** The item has been dealt with: event time moves on behind what it caused. */
  private conclude(frame: Frame): void {
    const { operator } = frame;
    frame.concluding = true;
    frame.mark = this.arena.mark();
    if (frame.kind === 'batch' && frame.batch !== null) {
      const gate = operator.gates[frame.input];
      const mark = lastMark(frame.batch);
      if (mark > gate.watermark) gate.watermark = mark;
    }
    if (operator.plan.kind === 'source') return;
    if (frame.kind === 'batch' || frame.kind === 'watermark' || frame.kind === 'status' || frame.kind === 'end')
      operator.forwardEventTime();
    if (frame.kind === 'end' && operator.gates.every((gate) => gate.hasEnded())) operator.pendingEnd = true;
  }
}

function drain(frame: Frame): Progress {
  return frame.operator.operator?.drain() ?? 'done';
}

/** The end of a source is the end of event time. */
function endSource(operator: TaskOperator): void {
  operator.emitWatermark(WATERMARK_MAX);
  operator.pendingEnd = true;
}
