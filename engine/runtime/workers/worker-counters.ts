/** Reads the counters of a worker's tasks into one small message, and keeps their time accounts. */
import type { Clock } from '../../base/clock.ts';
import { WATERMARK_MAX, WATERMARK_MIN } from '../../operators/operator.ts';
import type { MeasuredStages } from '../tasks/stages-module.ts';
import type { Task } from '../tasks/task.ts';
import type { TaskState } from '../tasks/task-host.ts';
import type { TaskOperator } from '../tasks/task-operator.ts';
import type { OperatorCounters, WorkerCounters } from './messages.ts';

export interface TaskTime {
  busyMs: number;
  idleMs: number;
  backPressuredMs: number;
  /** What the task was when it was last left. */
  state: TaskState;
  sinceMs: number;
}

export function createTaskTime(clock: Clock): TaskTime {
  return { busyMs: 0, idleMs: 0, backPressuredMs: 0, state: 'idle', sinceMs: clock.monotonic() };
}

/** Books the time since the last call on `state`. */
export function spend(time: TaskTime, nowMs: number, state: TaskState): void {
  const elapsed = nowMs - time.sinceMs;
  time.sinceMs = nowMs;
  if (state === 'progress') time.busyMs += elapsed;
  else if (state === 'blocked') time.backPressuredMs += elapsed;
  else time.idleMs += elapsed;
}

/** Epoch milliseconds; null before the first watermark, Infinity after the last. */
function watermarkNumber(watermark: bigint): number | null {
  if (watermark === WATERMARK_MIN) return null;
  return watermark === WATERMARK_MAX ? Number.POSITIVE_INFINITY : Number(watermark);
}

/** Watermark of an operator for display: at its inputs, or what a source or watermark node has sent. */
function shownWatermark(operator: TaskOperator): number | null {
  let sent = WATERMARK_MIN;
  for (const port of operator.ports) if (port.lastWatermark > sent) sent = port.lastWatermark;
  return watermarkNumber(operator.gates.length === 0 || operator.ownWatermarks ? sent : operator.currentWatermark());
}

/** What the operator has worked since the last call is divided as its stages share it now. */
function divideWork(operator: TaskOperator): readonly number[] {
  const { nodeWorkMs, workMs } = operator;
  const rest = workMs - nodeWorkMs.reduce((sum, ms) => sum + ms, 0);
  const shares = (operator.operator as Partial<MeasuredStages> | null)?.stageShares?.() ?? [1];
  shares.forEach((share, stage) => {
    nodeWorkMs[stage] += rest * share;
  });
  return nodeWorkMs.slice();
}

function countOperator(operator: TaskOperator): OperatorCounters {
  const { metrics } = operator;
  return {
    operator: operator.plan.index,
    workMs: divideWork(operator),
    rowsIn: operator.gates.map((gate) => gate.rows),
    rowsOut: operator.ports.map((port) => port.rows),
    bytesOut: operator.ports.map((port) => port.bytes),
    watermark: shownWatermark(operator),
    lateRecords: metrics.lateRecords,
    partlyLateRecords: metrics.partlyLateRecords,
    behindRecords: metrics.behindRecords,
    badRecords: metrics.badRecords,
    stateBytes: metrics.stateBytes,
    stateKeys: metrics.stateKeys,
    stateDiskBytes: metrics.stateDiskBytes ?? 0,
    stateDiskWritten: metrics.stateDiskWritten ?? 0,
    stateDiskRead: metrics.stateDiskRead ?? 0,
  };
}

export function countWorker(tasks: readonly { readonly task: Task; readonly planned: number; readonly time: TaskTime }[]): WorkerCounters {
  const operators: OperatorCounters[] = [];
  const edges = new Map<number, [number, number, number]>();
  for (const { task } of tasks) {
    for (const operator of task.operators) {
      operators.push(countOperator(operator));
      for (const port of operator.ports) {
        for (const target of port.targets) {
          const sum = edges.get(target.edge) ?? [target.edge, 0, 0];
          sum[1] += target.rows;
          sum[2] += target.bytes;
          edges.set(target.edge, sum);
        }
      }
    }
  }
  return {
    operators,
    edges: [...edges.values()],
    tasks: tasks.map(({ planned, time }) => [planned, time.busyMs, time.idleMs, time.backPressuredMs]),
  };
}
