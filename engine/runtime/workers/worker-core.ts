/**
 * What a worker does, apart from being a thread: answers the coordinator's messages and steps its tasks. The same core
 * runs in worker threads and, for deterministic tests, many times in one thread.
 */
import { assert } from '../../base/assert.ts';
import type { Clock } from '../../base/clock.ts';
import type { Storage } from '../../base/storage.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import type { Doorbell } from '../channels/doorbell.ts';
import { RING_CONTROL_BYTES } from '../channels/ring-channel.ts';
import { SnapshotBuffers } from '../checkpoints/snapshot-buffers.ts';
import { LogValve } from '../run-log/log-valve.ts';
import { sourceEnded, taskNotClosed } from '../run-log/task-events.ts';
import { inboundChannels, placeInFlight, TaskBuilder } from '../tasks/build-tasks.ts';
import { EdgeSample } from '../tasks/edge-sample.ts';
import { IN_FLIGHT } from '../tasks/in-flight.ts';
import type { SubtaskEnvironment } from '../tasks/operator-context.ts';
import type { TappableStages } from '../tasks/stages-module.ts';
import { SubtaskSpills } from '../tasks/subtask-spills.ts';
import type { TaskState } from '../tasks/task-host.ts';
import type { TaskOperator } from '../tasks/task-operator.ts';
import { describeFailure } from './failure.ts';
import type { FromWorker, RingOffer, ToWorker } from './messages.ts';
import type { OperatorLoader } from './operator-loader.ts';
import { readSections } from './read-section.ts';
import { createRunningTask, mayHaveWork, type RunningTask, takeTurn, waitsForEvents, wakeAtOf } from './running-task.ts';
import { createSnapshotTaker, overtakeAt } from './take-snapshot.ts';
import { countWorker, spend } from './worker-counters.ts';

export interface WorkerWorld {
  readonly clock: Clock;
  readonly storage: Storage;
  readonly loader: OperatorLoader;
  /** Bell of the worker whose doorbell buffer this is; `null` buffers mean everybody is in this thread. */
  doorbellOf(buffer: SharedArrayBuffer): Doorbell;
  send(message: FromWorker): void;
  wake(): void;
  /** The thread is in custom code of this operator of the plan, or in none. */
  noteCode?(operator: number | null): void;
  /** Shared memory of at most so many bytes for one job. */
  createMemory(maximumBytes: number): JobMemory;
}

type Allocation = Extract<ToWorker, { type: 'allocate' }>;
type Connection = Extract<ToWorker, { type: 'connect' }>;

const METRICS_INTERVAL_MS = 500;

export class WorkerCore {
  private readonly world: WorkerWorld;
  private allocation: Allocation | null = null;
  private memory: JobMemory | null = null;
  private offers: RingOffer[] = [];
  private tasks: RunningTask[] = [];
  private started = false;
  private endReported = false;
  private needsEvents = false;
  private buffers = new SnapshotBuffers();
  private spills: SubtaskSpills | null = null;
  private metricsAt = 0;
  private readonly taps = new Map<string, EdgeSample>();
  private readonly replay = { factor: 1 };

  constructor(world: WorkerWorld) {
    this.world = world;
  }

  /** Modules of the plan must be loaded before `allocate` gets here. Failures are reported, never thrown. */
  handle(message: ToWorker): void {
    try {
      // A split is for one task, and of many paced sources one comes every few milliseconds.
      if (message.type !== 'split') for (const running of this.tasks) running.rests = false;
      this.dispatch(message);
    } catch (error) {
      this.fail(error, null);
    }
  }

  /** True when one of its own nodes needs the event loop. */
  usesEventLoop(): boolean {
    return this.needsEvents;
  }

  hasJob(): boolean {
    return this.allocation !== null;
  }

  taskCount(): number {
    return this.tasks.length;
  }

  /** One turn for every task, consumers before producers. Returns the milliseconds until there may be work again without a ring; 0: there is work now. */
  run(): number {
    if (!this.started) return Number.POSITIVE_INFINITY;
    let progress = false;
    const nowMs = this.world.clock.now();
    for (let index = this.tasks.length - 1; index >= 0; index--) {
      const running = this.tasks[index];
      if (mayHaveWork(running, nowMs) && this.runTask(running)) progress = true;
    }
    if (!this.started) return Number.POSITIVE_INFINITY;
    this.report();
    if (progress) return 0;
    let wakeAt = this.metricsAt;
    const laterMs = this.world.clock.now();
    for (const running of this.tasks) wakeAt = Math.min(wakeAt, wakeAtOf(running, laterMs, this.world.loader));
    return Math.max(0, wakeAt - laterMs);
  }

  /** One step of one task, for schedulers that choose themselves. */
  stepTask(index: number): TaskState {
    const running = this.tasks[index];
    try {
      return running.task.step(this.world.clock.now());
    } catch (error) {
      this.fail(error, running.task.activeNodeId());
      return 'idle';
    }
  }

  /** Reports the end of all tasks, once, and metrics when they are due. */
  report(): void {
    if (!this.started) return;
    const nowMs = this.world.clock.now();
    const ended = !this.endReported && this.tasks.every(({ task }) => task.hasEnded());
    if (ended || nowMs >= this.metricsAt || this.metricsAt > nowMs + METRICS_INTERVAL_MS) {
      this.metricsAt = nowMs + METRICS_INTERVAL_MS;
      this.sendMetrics();
    }
    if (ended) {
      this.endReported = true;
      this.world.send({ type: 'ended' });
    }
  }

  private dispatch(message: ToWorker): void {
    switch (message.type) {
      case 'allocate':
        return this.allocate(message);
      case 'connect':
        return this.connect(message);
      case 'start':
        this.started = true;
        this.metricsAt = 0;
        return;
      case 'trigger':
        for (const { task } of this.tasks) task.trigger(message.checkpointId, message.suspend, overtakeAt(message, this.world.clock));
        return;
      case 'abort':
        for (const { task } of this.tasks) task.abort(message.checkpointId);
        return this.letGo(message.checkpointId);
      case 'complete':
        return this.notifyComplete(message.checkpointId);
      case 'written':
        return this.letGo(message.checkpointId);
      case 'split':
        return this.giveSplit(message);
      case 'pace':
        this.replay.factor = message.factor;
        for (const { task } of this.tasks) {
          task.setPaused(message.paused);
          task.wakeSources();
        }
        return;
      case 'drain':
        for (const { task } of this.tasks) task.drainSources();
        return;
      case 'tap':
        return this.tap(message);
      case 'observe':
        return this.observe(message);
      case 'cancel':
        this.cancel();
        this.world.send({ type: 'cancelled' });
    }
  }

  private allocate(message: Allocation): void {
    this.cancel();
    this.allocation = message;
    const memory = this.world.createMemory(message.plan.memoryBytesPerWorker);
    this.memory = memory;
    const inbound = inboundChannels(message.plan, message.subtask);
    const count = inbound.reduce((sum, { producers }) => sum + producers.length, 0);
    const stride = RING_CONTROL_BYTES + message.ringBytes;
    const slab = count === 0 ? 0 : memory.allocateRegion(count * stride);
    this.offers = [];
    for (const { edge, producers } of inbound) {
      for (const producer of producers) {
        const address = slab + this.offers.length * stride;
        memory.u8.fill(0, address, address + RING_CONTROL_BYTES);
        this.offers.push({ edge: edge.index, producer, place: { address, bytes: message.ringBytes } });
      }
    }
    this.world.send({ type: 'allocated', memory: memory.memory, rings: this.offers });
  }

  private connect(message: Connection): void {
    const { allocation, memory } = this;
    assert(allocation !== null && memory !== null, 'a worker allocates before it connects');
    const { plan, subtask } = allocation;
    const memories = message.memories.map((each, index) =>
      index === subtask ? memory : new JobMemory({ attach: each, shared: true, maximumBytes: plan.memoryBytesPerWorker }),
    );
    const doorbells = message.doorbells.map((buffer) => this.world.doorbellOf(buffer));
    const places = new Map<string, RingOffer>();
    message.rings.forEach((offers, consumer) => {
      for (const offer of offers) places.set(`${offer.edge}/${offer.producer}/${consumer}`, offer);
    });
    const ring = (edge: number, producer: number, consumer: number) => {
      const offer = places.get(`${edge}/${producer}/${consumer}`);
      assert(offer !== undefined, `edge ${edge} has a ring from subtask ${producer} to ${consumer}`);
      return offer.place;
    };
    const builder = new TaskBuilder(this.environment(allocation, memory), { memories, doorbells, ring }, (type) =>
      this.world.loader.module(type),
    );
    for (const planned of plan.tasks) {
      if (subtask >= planned.parallelism) continue;
      const host = {
        requestSplit: (operator: TaskOperator) => this.world.send({ type: 'need-split', operator: operator.plan.index }),
        sourceEnded: (operator: TaskOperator) => this.world.send({ type: 'log', event: sourceEnded(operator.plan.nodeId, subtask) }),
        ...createSnapshotTaker(this.world, allocation, memory, this.buffers, planned.index),
      };
      const task = builder.build(planned, host);
      this.tasks.push(createRunningTask(task, planned.index, this.world.clock));
    }
    const hosted = this.tasks.flatMap(({ task }) => task.operators);
    this.needsEvents = hosted.some((operator) => this.world.loader.module(operator.plan.type).usesEventLoop === true);
    if (this.open(message, allocation)) this.world.send({ type: 'opened' });
  }

  private environment(allocation: Allocation, memory: JobMemory): SubtaskEnvironment {
    const valve = new LogValve();
    const { plan, attempt, subtask } = allocation;
    this.spills = new SubtaskSpills(this.world.storage, plan.spillFolder, attempt, subtask);
    return {
      spills: this.spills,
      plan,
      subtask,
      attempt,
      seed: allocation.seed,
      memory,
      clock: this.world.clock,
      storage: this.world.storage,
      replay: this.replay,
      log: (event) => {
        for (const passed of valve.pass(event, this.world.clock.monotonic())) this.world.send({ type: 'log', event: passed });
      },
      publishRows: (nodeId, lines) => this.world.send({ type: 'rows', nodeId, lines }),
      wake: () => this.world.wake(),
      noteCode: (operator) => this.world.noteCode?.(operator),
    };
  }

  private open(message: Connection, { plan, subtask }: Allocation): boolean {
    for (const { task } of this.tasks) {
      for (const operator of task.operators) {
        const mine = message.restored.filter((section) => section.nodeId === operator.plan.nodeId);
        try {
          const sections = readSections(
            this.world.storage,
            mine.filter(({ name }) => name !== IN_FLIGHT),
          );
          for (const section of readSections(
            this.world.storage,
            mine.filter(({ name }) => name === IN_FLIGHT),
          ))
            task.feed(placeInFlight(plan, subtask, operator, section));
          operator.operator?.open(sections);
          operator.source?.open(sections);
        } catch (error) {
          this.fail(error, operator.plan.nodeId);
          return false;
        }
      }
    }
    return true;
  }

  private runTask(running: RunningTask): boolean {
    const { task, time } = running;
    const { clock } = this.world;
    const nowMs = clock.now();
    const startMs = clock.monotonic();
    const waiting = task.waitsOutside();
    if (waiting !== null) waiting.workMs += startMs - time.sinceMs;
    spend(time, startMs, waiting === null ? time.state : 'progress');
    let state: TaskState = 'progress';
    try {
      state = takeTurn(running, nowMs, this.world.loader);
    } catch (error) {
      this.fail(error, task.activeNodeId());
      return false;
    }
    task.rest();
    spend(time, clock.monotonic(), 'progress');
    time.state = state === 'progress' ? 'idle' : state;
    // What sockets and clients have brought is known only to their nodes.
    running.rests = (state === 'idle' || state === 'ended') && !this.needsEvents;
    running.wakeAtMs = task.wakeAtMs();
    return state === 'progress' && !waitsForEvents(task, this.world.loader);
  }

  private notifyComplete(checkpointId: number): void {
    for (const { task } of this.tasks) {
      for (const operator of task.operators) {
        operator.operator?.notifyCheckpointComplete(checkpointId);
        operator.source?.notifyCheckpointComplete(checkpointId);
      }
    }
  }

  /** The checkpoint has been written or given up. */
  private letGo(checkpointId: number): void {
    this.buffers.release(checkpointId);
    this.spills?.letGo(checkpointId);
  }

  private giveSplit(message: Extract<ToWorker, { type: 'split' }>): void {
    for (const running of this.tasks) {
      for (const operator of running.task.operators) {
        if (operator.plan.index !== message.operator || operator.source === null) continue;
        running.rests = false;
        operator.waitsForSplit = false;
        operator.pollAtMs = 0;
        if (message.split === null) operator.source.noMoreSplits();
        else operator.source.addSplit(message.split);
      }
    }
  }

  private tap(message: Extract<ToWorker, { type: 'tap' }>): void {
    const { edgeId, rowsMax } = message;
    if (rowsMax === 0) this.taps.delete(edgeId);
    else this.taps.set(edgeId, new EdgeSample(this.world.clock, rowsMax));
    const sample = this.taps.get(edgeId) ?? null;
    for (const operator of this.tasks.flatMap(({ task }) => task.operators)) {
      if (operator.plan.index === message.operator) (operator.operator as Partial<TappableStages>).tapStage?.(message.stage, sample);
      for (const target of operator.ports.flatMap((port) => port.targets)) if (target.edge === message.edge) target.tap = sample;
    }
  }

  private observe({ operator: index, on }: Extract<ToWorker, { type: 'observe' }>): void {
    for (const operator of this.tasks.flatMap(({ task }) => task.operators))
      if (operator.plan.index === index) operator.observer.watching = on;
  }

  private sendMetrics(): void {
    // Those that rest have not been looked at for a while.
    const nowMs = this.world.clock.monotonic();
    for (const { time } of this.tasks) spend(time, nowMs, time.state);
    this.world.send({ type: 'metrics', counters: countWorker(this.tasks) });
    this.sendTimes();
    for (const [edgeId, tap] of this.taps) {
      const seen = tap.take();
      if (seen !== null) this.world.send({ type: 'tapped', edgeId, ...seen });
    }
  }

  private sendTimes(): void {
    const nowMs = this.world.clock.now();
    for (const { task } of this.tasks) {
      for (const operator of task.operators) {
        for (const gate of operator.gates) gate.noteActivity(nowMs);
        if (!operator.observer.watching || !task.isBetweenSteps()) continue;
        this.world.send({ type: 'observed', operator: operator.plan.index, time: operator.observer.take(operator, nowMs) });
      }
    }
  }

  private fail(error: unknown, nodeId: string | null): void {
    this.started = false;
    this.world.send({ type: 'failed', failure: describeFailure(error, nodeId) });
  }

  /** Drops the job; its memory goes as a whole. */
  private cancel(): void {
    this.started = false;
    for (const { task } of this.tasks) {
      try {
        task.close();
      } catch (error) {
        this.world.send({ type: 'log', event: taskNotClosed(task.name, String(error)) });
      }
    }
    this.tasks = [];
    this.spills?.close((error) => this.world.send({ type: 'log', event: taskNotClosed('state on disk', String(error)) }));
    this.spills = null;
    this.taps.clear();
    this.replay.factor = 1;
    this.offers = [];
    this.memory = null;
    this.allocation = null;
    this.endReported = false;
    this.needsEvents = false;
    this.buffers = new SnapshotBuffers();
  }
}
