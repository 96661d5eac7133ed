/** What the coordinator of a job needs of the world; the simulation has its own. Nothing here is a promise: every reply is a call back. */
import type { Clock } from '../../base/clock.ts';
import type { ProcessTable } from '../../base/process-identity.ts';
import type { Random } from '../../base/random.ts';
import type { Storage } from '../../base/storage.ts';
import type { IoRequest, IoResult } from '../workers/io-messages.ts';
import type { FromWorker, ToWorker } from '../workers/messages.ts';
import type { OperatorLoader } from '../workers/operator-loader.ts';

/** Returns the function that cancels. */
export type Timers = (delayMs: number, action: () => void) => () => void;

/** A thread ended in custom code of this operator of the plan: it did not come back, or it used up the thread's memory. */
export interface BlamedCode {
  readonly operator: number;
  readonly cause: 'endless' | 'memory';
}

/** A worker lent to one attempt of one job. */
export interface WorkerLink {
  readonly doorbell: SharedArrayBuffer;
  post(message: ToWorker): void;
  /** Set once, before the first post. `exited` is called at most once, when the thread ended by itself. */
  listen(listener: { message(message: FromWorker): void; exited(reason: string, blamed?: BlamedCode): void }): void;
  /** Gives the worker back; `reusable` false ends its thread. */
  release(reusable: boolean): void;
}

export interface CoordinatorWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly storage: Storage;
  readonly processes: ProcessTable;
  readonly loader: OperatorLoader;
  readonly timers: Timers;
  leaseWorkers(count: number): readonly WorkerLink[];
  /** Requests are performed one after the other; replies come back in order. */
  io(request: IoRequest, reply: (result: IoResult) => void): void;
}
