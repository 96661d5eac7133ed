/** A task as its worker keeps it: how long its turns are, where its time went, and whether a turn would find anything to do. */
import type { Clock } from '../../base/clock.ts';
import type { Task } from '../tasks/task.ts';
import type { TaskState } from '../tasks/task-host.ts';
import type { OperatorLoader } from './operator-loader.ts';
import { createTaskTime, type TaskTime } from './worker-counters.ts';

/** Steps a task may take before the others get their turn: whoever only reads rings shall empty them while they are warm. */
const STEPS_PER_TURN = 256;
/** The same for tasks with sources: about two batches, for other workers may wait for what lies in our rings. */
const SOURCE_STEPS_PER_TURN = 24;
export interface RunningTask {
  readonly task: Task;
  readonly planned: number;
  readonly stepsPerTurn: number;
  readonly time: TaskTime;
  /** Had nothing to do when it was last left: until `wakeAtMs` only its channels and messages can change that. */
  rests: boolean;
  wakeAtMs: number;
}

export function createRunningTask(task: Task, planned: number, clock: Clock): RunningTask {
  const stepsPerTurn = task.hasSources() ? SOURCE_STEPS_PER_TURN : STEPS_PER_TURN;
  return { task, planned, stepsPerTurn, time: createTaskTime(clock), rests: false, wakeAtMs: 0 };
}

/** Of hundreds of tasks most have nothing to do most of the time, and should cost next to nothing then. */
export function mayHaveWork({ task, rests, wakeAtMs }: RunningTask, nowMs: number): boolean {
  return !rests || nowMs >= wakeAtMs || task.hasInput();
}

/** How soon a call that waits for the event loop is gone on with, should nobody ring. */
const EVENTS_LOOK_MS = 1;

/** A call goes on only once a socket or client has brought something: calling it again at once would be for nothing. */
export function waitsForEvents(task: Task, loader: OperatorLoader): boolean {
  const waiting = task.waitsToGoOn();
  return waiting !== null && loader.module(waiting.plan.type).usesEventLoop === true;
}

/** As many steps as it may take, while they find something to do. */
export function takeTurn({ task, stepsPerTurn }: RunningTask, nowMs: number, loader: OperatorLoader): TaskState {
  let state: TaskState = 'progress';
  for (let step = 0; step < stepsPerTurn && state === 'progress'; step++) {
    state = task.step(nowMs);
    if (waitsForEvents(task, loader)) break;
  }
  return state;
}

/** When it may have something to do though nobody rings. */
export function wakeAtOf({ task, rests, wakeAtMs }: RunningTask, nowMs: number, loader: OperatorLoader): number {
  if (waitsForEvents(task, loader)) return nowMs + EVENTS_LOOK_MS;
  return rests ? wakeAtMs : task.wakeAtMs();
}
