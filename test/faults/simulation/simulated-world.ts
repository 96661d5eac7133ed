/**
 * Coordinator, workers and I/O in one thread: every message, I/O request, timer and task step is one event, and a seed
 * decides which comes next. Time passes only when nothing else can happen.
 */
import { setKillPointHook } from '../../../engine/base/kill-point.ts';
import type { ProcessTable } from '../../../engine/base/process-identity.ts';
import { SeededRandom } from '../../../engine/base/random.ts';
import type { CoordinatorWorld, WorkerLink } from '../../../engine/runtime/coordinator/world.ts';
import { performIo } from '../../../engine/runtime/workers/io-core.ts';
import type { IoRequest, IoResult } from '../../../engine/runtime/workers/io-messages.ts';
import type { FromWorker, ToWorker } from '../../../engine/runtime/workers/messages.ts';
import type { OperatorLoader } from '../../../engine/runtime/workers/operator-loader.ts';
import type { FaultStorage } from '../storage/fault-storage.ts';
import type { SimulatedClock } from './simulated-clock.ts';
import { createSimulatedWorker, type SimulatedWorker } from './simulated-workers.ts';

/** Thrown where the simulated process is killed. */
export class SimulatedKill extends Error {}

interface Link {
  readonly worker: SimulatedWorker;
  readonly inbox: ToWorker[];
  listener: { message(message: FromWorker): void; exited(reason: string): void } | null;
  released: boolean;
}

export class SimulatedWorld implements CoordinatorWorld {
  readonly random: SeededRandom;
  readonly processes: ProcessTable;
  readonly loader: OperatorLoader;
  /** Order of events, folded into a number. */
  trace = 0;
  /** Points passed, by name. */
  readonly passed = new Map<string, number>();
  dead = false;
  readonly clock: SimulatedClock;
  readonly storage: FaultStorage;
  private readonly schedule: SeededRandom;
  private readonly links: Link[] = [];
  private readonly ioRequests: { request: IoRequest; reply: (result: IoResult) => void }[] = [];
  private readonly ioReplies: (() => void)[] = [];
  private timersDue: { atMs: number; action: () => void }[] = [];

  constructor(seed: number, process: number, storage: FaultStorage, clock: SimulatedClock, loader: OperatorLoader) {
    this.random = new SeededRandom(seed);
    this.schedule = new SeededRandom(seed + 1);
    this.storage = storage;
    this.clock = clock;
    this.loader = loader;
    const self = { pid: process, bootId: 'simulated', startTime: '0' };
    this.processes = { self: () => self, isAlive: (identity) => identity.pid === process };
  }

  /** Counts kill points and dies at the `count`-th passing of `name`. */
  watchKillPoints(name: string | null, count: number): void {
    setKillPointHook((passing) => {
      const times = (this.passed.get(passing) ?? 0) + 1;
      this.passed.set(passing, times);
      if (passing === name && times === count) this.kill();
    });
  }

  kill(): never {
    this.dead = true;
    this.storage.off = true;
    throw new SimulatedKill('killed');
  }

  readonly timers = (delayMs: number, action: () => void): (() => void) => {
    const timer = { atMs: this.clock.nowMs + delayMs, action };
    this.timersDue.push(timer);
    return () => {
      this.timersDue = this.timersDue.filter((each) => each !== timer);
    };
  };

  leaseWorkers(count: number): WorkerLink[] {
    return Array.from({ length: count }, () => {
      const link: Link = {
        worker: createSimulatedWorker(this.loader, this.clock, this.storage),
        inbox: [],
        listener: null,
        released: false,
      };
      this.links.push(link);
      return {
        doorbell: new SharedArrayBuffer(16),
        post: (message) => link.inbox.push(message),
        listen: (listener) => {
          link.listener = listener;
        },
        release: () => {
          link.released = true;
        },
      };
    });
  }

  io(request: IoRequest, reply: (result: IoResult) => void): void {
    this.ioRequests.push({ request, reply });
  }

  /** One event; false when nothing is left that could ever happen. */
  step(): boolean {
    try {
      return this.stepAlive();
    } catch (error) {
      if (this.dead) return false;
      throw error;
    }
  }

  private stepAlive(): boolean {
    if (this.dead) return false;
    const actions = this.possibleEvents();
    const start = actions.length === 0 ? 0 : this.schedule.nextInt(actions.length);
    for (let turn = 0; turn < actions.length; turn++) {
      const index = (start + turn) % actions.length;
      if (!actions[index]()) continue;
      this.trace = (Math.imul(this.trace, 31) + index * 7 + actions.length) | 0;
      return !this.dead;
    }
    return this.passTime();
  }

  private possibleEvents(): (() => boolean)[] {
    const events: (() => boolean)[] = [];
    for (const link of this.links) {
      const { worker } = link;
      if (link.inbox.length > 0) events.push(() => this.deliver(link));
      if (worker.outbox.length > 0) events.push(() => this.receive(link));
      for (let task = 0; task < worker.core.taskCount(); task++) events.push(() => this.stepTask(link, task));
    }
    if (this.ioRequests.length > 0) events.push(() => this.performIo());
    if (this.ioReplies.length > 0) events.push(() => this.replyIo());
    for (const timer of this.timersDue) if (timer.atMs <= this.clock.nowMs) events.push(() => this.fire(timer));
    return events;
  }

  private deliver(link: Link): boolean {
    const message = link.inbox.shift();
    if (message !== undefined) link.worker.core.handle(message);
    link.worker.core.report();
    return true;
  }

  private receive(link: Link): boolean {
    const message = link.worker.outbox.shift();
    if (message !== undefined) link.listener?.message(message);
    if (message?.type === 'cancelled' && link.released) this.links.splice(this.links.indexOf(link), 1);
    return true;
  }

  private stepTask(link: Link, task: number): boolean {
    const state = link.worker.core.stepTask(task);
    link.worker.core.report();
    return state === 'progress';
  }

  private performIo(): boolean {
    const next = this.ioRequests.shift();
    if (next === undefined) return false;
    const result = performIo(this.storage, next.request);
    this.ioReplies.push(() => next.reply(result));
    return true;
  }

  private replyIo(): boolean {
    this.ioReplies.shift()?.();
    return true;
  }

  private fire(timer: { atMs: number; action: () => void }): boolean {
    this.timersDue = this.timersDue.filter((each) => each !== timer);
    timer.action();
    return true;
  }

  private passTime(): boolean {
    this.clock.nowMs += 1;
    return this.timersDue.length > 0 || this.links.length > 0;
  }
}
