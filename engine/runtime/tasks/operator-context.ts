/** Builds what an operator may touch of the world. */
import type { Clock } from '../../base/clock.ts';
import { mix32, SeededRandom } from '../../base/random.ts';
import type { Storage } from '../../base/storage.ts';
import type { Arena } from '../../columnar/arena.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import { keyGroupRangeOf } from '../../columnar/key-groups.ts';
import type { OperatorContext, ReplaySpeed } from '../../operators/operator.ts';
import type { PhysicalPlan } from '../plan/physical-plan.ts';
import type { LogEvent } from '../run-log/log-event.ts';
import type { SubtaskSpills } from './subtask-spills.ts';
import type { TaskOperator } from './task-operator.ts';

/** What the operators of one worker share. */
export interface SubtaskEnvironment {
  readonly plan: PhysicalPlan;
  readonly subtask: number;
  readonly attempt: number;
  readonly seed: number;
  readonly memory: JobMemory;
  readonly clock: Clock;
  readonly storage: Storage;
  readonly replay: ReplaySpeed;
  /** Where state goes that is larger than it may be in memory; null: nowhere. */
  readonly spills: SubtaskSpills | null;
  log(event: LogEvent): void;
  publishRows(nodeId: string, lines: readonly string[]): void;
  /** The loop should look at the tasks again. */
  wake(): void;
  /** The thread is in custom code of this operator, or in none. */
  noteCode?(operator: number | null): void;
}

export function createOperatorContext(environment: SubtaskEnvironment, operator: TaskOperator, arena: Arena): OperatorContext {
  const { plan } = environment;
  const planned = operator.plan;
  const nodeId = planned.nodeId;
  const spill = environment.spills?.of(planned);
  return {
    ...(spill === undefined ? {} : { spill }),
    nodeId,
    jobId: plan.jobId,
    subtaskIndex: environment.subtask,
    parallelism: planned.parallelism,
    maxParallelism: plan.maxParallelism,
    keyGroups: keyGroupRangeOf(environment.subtask, plan.maxParallelism, planned.parallelism),
    attempt: environment.attempt,
    memory: environment.memory,
    arena,
    clock: environment.clock,
    random: new SeededRandom(mix32(environment.seed ^ mix32(planned.index + 1)) ^ environment.subtask),
    storage: environment.storage,
    output: operator,
    metrics: operator.metrics,
    observer: operator.observer,
    timeZone: plan.timeZone,
    replay: environment.replay,
    resultsAtEnd: plan.resultsAtEnd,
    batchRows: plan.batchRows,
    inputSchemas: planned.inputSchemas,
    outputSchemas: planned.outputSchemas,
    baseDirectory: plan.baseDirectory,
    requiredColumns: planned.requiredColumns,
    log: (level, code, words) => environment.log({ level, code, nodeId, subtask: environment.subtask, text: words }),
    requestProcessingTime(timeMs) {
      if (timeMs < operator.timerAtMs) operator.timerAtMs = timeMs;
    },
    noteCode: (inside) => environment.noteCode?.(inside ? planned.index : null),
    publishRows: (lines) => environment.publishRows(nodeId, lines),
    wake() {
      operator.pollAtMs = 0;
      if (operator.source === null) operator.timerAtMs = Math.min(operator.timerAtMs, environment.clock.now());
      environment.wake();
    },
  };
}
