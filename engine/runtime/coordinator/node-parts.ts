/** The parts of sources and sinks that live in the coordinator: enumerators with their open requests, and committers. */
import { EngineError } from '../../base/errors.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Storage } from '../../base/storage.ts';
import type { Committer, CoordinatorEnvironment, SplitEnumerator, WriteLog } from '../../operators/operator.ts';
import type { AssignedState } from '../checkpoints/assign-state.ts';
import type { PhysicalPlan, PlanOperator } from '../plan/physical-plan.ts';
import { type LogEvent, nodeEvent } from '../run-log/log-event.ts';
import type { OperatorLoader } from '../workers/operator-loader.ts';
import type { Timers } from './world.ts';

interface EnumeratedSource {
  readonly operator: PlanOperator;
  readonly enumerator: SplitEnumerator;
}

/**
 * Answers readers that ask for a split. Between the trigger of a checkpoint and a reader's snapshot its answers are held
 * back: a split handed over in between would stand both in the enumerator's state and in the reader's.
 */
export class SplitAssigner {
  private readonly sources = new Map<number, EnumeratedSource>();
  private readonly held: { operator: number; subtask: number }[] = [];
  /** Subtasks whose snapshot of the current checkpoint is still out, as `operator/subtask`. */
  private readonly gated = new Set<string>();
  private readonly cancels = new Set<() => void>();
  private readonly timers: Timers;
  private readonly send: (subtask: number, operator: number, split: JsonValue | null) => void;

  constructor(timers: Timers, send: (subtask: number, operator: number, split: JsonValue | null) => void) {
    this.timers = timers;
    this.send = send;
  }

  add(operator: PlanOperator, enumerator: SplitEnumerator): void {
    this.sources.set(operator.index, { operator, enumerator });
  }

  request(operator: number, subtask: number): void {
    if (this.gated.has(`${operator}/${subtask}`)) {
      this.held.push({ operator, subtask });
      return;
    }
    const source = this.sources.get(operator);
    const answer = source === undefined ? { kind: 'none' as const } : source.enumerator.nextSplit(subtask);
    if (answer.kind === 'wait') {
      const cancel = this.timers(answer.retryAfterMs, () => {
        this.cancels.delete(cancel);
        this.request(operator, subtask);
      });
      this.cancels.add(cancel);
      return;
    }
    this.send(subtask, operator, answer.kind === 'split' ? answer.split : null);
  }

  /** State of all enumerators; from here on answers wait for `release`. */
  snapshot(): { nodeId: string; state: JsonValue }[] {
    for (const { operator } of this.sources.values()) {
      for (let subtask = 0; subtask < operator.parallelism; subtask++) this.gated.add(`${operator.index}/${subtask}`);
    }
    return [...this.sources.values()].map(({ operator, enumerator }) => ({ nodeId: operator.nodeId, state: enumerator.snapshot() }));
  }

  /** The subtask's snapshot is in (or the checkpoint was given up: all). */
  release(task: number | 'all', subtask: number): void {
    for (const { operator } of this.sources.values()) {
      if (task === 'all') for (let each = 0; each < operator.parallelism; each++) this.gated.delete(`${operator.index}/${each}`);
      else if (operator.task === task) this.gated.delete(`${operator.index}/${subtask}`);
    }
    for (const request of this.held.splice(0)) this.request(request.operator, request.subtask);
  }

  close(): void {
    for (const cancel of this.cancels) cancel();
    this.cancels.clear();
    for (const { enumerator } of this.sources.values()) enumerator.close();
    this.sources.clear();
    this.held.length = 0;
    this.gated.clear();
  }
}

/** Commits in the order of the plan; a repeated call does nothing that was done before. */
export class Committers {
  private readonly committers: { readonly nodeId: string; readonly committer: Committer }[] = [];

  add(nodeId: string, committer: Committer): void {
    this.committers.push({ nodeId, committer });
  }

  /** Before the tasks start: throw away what no checkpoint refers to, then finish what it does refer to. */
  recover(committables: ReadonlyMap<string, readonly JsonValue[]>): void {
    for (const { nodeId, committer } of this.committers) {
      const committed = committables.get(nodeId) ?? [];
      nameNode(nodeId, () => {
        committer.discardUncommitted(committed);
        if (committed.length > 0) committer.commit(committed);
      });
    }
  }

  commit(committables: readonly { readonly nodeId: string; readonly value: JsonValue }[]): void {
    for (const { nodeId, committer } of this.committers) {
      const mine = committables.filter((each) => each.nodeId === nodeId).map(({ value }) => value);
      if (mine.length > 0) nameNode(nodeId, () => committer.commit(mine));
    }
  }
}

/** The storage does not know for whom it works; the message must. */
function nameNode(nodeId: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof EngineError) || error.details.nodeId !== undefined) throw error;
    throw new EngineError(error.code, error.message, { ...error.details, nodeId });
  }
}

export interface NodeParts {
  readonly assigner: SplitAssigner;
  readonly committers: Committers;
}

/** Creates enumerators (opened with their state) and committers (not yet recovered). */
export function createNodeParts(
  plan: PhysicalPlan,
  state: AssignedState,
  loader: OperatorLoader,
  base: Omit<CoordinatorEnvironment, 'nodeId' | 'parallelism' | 'log'> & { readonly storage: Storage },
  log: (event: LogEvent) => void,
  timers: Timers,
  send: (subtask: number, operator: number, split: JsonValue | null) => void,
): NodeParts {
  const assigner = new SplitAssigner(timers, send);
  const committers = new Committers();
  for (const operator of plan.operators) {
    const module = loader.module(operator.type);
    const { nodeId, parallelism } = operator;
    const write: WriteLog = (level, code, words) => log(nodeEvent(level, code, nodeId, words));
    const environment: CoordinatorEnvironment = { ...base, nodeId, parallelism, log: write };
    if (module.createEnumerator !== undefined) {
      const enumerator = module.createEnumerator(operator.config as never, environment);
      enumerator.open(state.enumerators.get(nodeId) ?? null);
      assigner.add(operator, enumerator);
    }
    if (module.createCommitter !== undefined) committers.add(nodeId, module.createCommitter(operator.config as never, environment));
  }
  return { assigner, committers };
}
