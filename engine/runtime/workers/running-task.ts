/** A task as its worker keeps it: how long its turns are, where its time went, and whether a turn would find anything to do. */
import type { Clock } from '../../base/clock.ts';
import type { Task } from '../tasks/task.ts';
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
