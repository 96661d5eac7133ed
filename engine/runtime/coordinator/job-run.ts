/**
 * One run of a plan, from its first attempt to its end: deployment, failure and restart, checkpoints, stopping.
 * A state machine driven by messages and timers; it never waits.
 *
 * starting → running → (restarting → starting …) → finished | failed | stopped; `stopping` on the way when asked.
 */
import { EngineError } from '../../base/errors.ts';
import { killPoint } from '../../base/kill-point.ts';
import type { CheckpointInfo, CheckpointPlace, RunPhase } from '../../host/contract.ts';
import { type AssignedState, assignState, freshState } from '../checkpoints/assign-state.ts';
import { listLeftovers, listSpillFolders, makeJobFolder } from '../checkpoints/checkpoint-folder.ts';
import { type Choice, chooseFirst, chooseLatest } from '../checkpoints/choose-checkpoint.ts';
import { acquireOwnership, type Ownership } from '../checkpoints/owner.ts';
import type { PhysicalPlan } from '../plan/physical-plan.ts';
import type { LogEvent } from '../run-log/log-event.ts';
import { attemptRuns, checkpointTaken, failed, folderStaysMarked, restarting, startNotice, startsFrom } from '../run-log/run-events.ts';
import type { OperatorTime } from '../tasks/time-sample.ts';
import { describeFailure } from '../workers/failure.ts';
import type { FailureMessage, FromWorker, WorkerCounters } from '../workers/messages.ts';
import { CheckpointCoordinator } from './checkpoint-coordinator.ts';
import { codeFailure } from './code-failure.ts';
import { Deployment } from './deployment.ts';
import type { JobOptions } from './job-options.ts';
import { createNodeParts, type NodeParts } from './node-parts.ts';
import { createRestartStrategy, type RestartStrategy } from './restart-strategy.ts';
import type { BlamedCode, CoordinatorWorld } from './world.ts';

export interface JobRunListener {
  phase(phase: RunPhase, failure: FailureMessage | null): void;
  checkpoint(info: CheckpointInfo): void;
  log(event: LogEvent): void;
  /** What an attempt starts with; null: nothing. */
  restored(checkpoint: CheckpointPlace | null): void;
  rows(nodeId: string, lines: readonly string[]): void;
  counters(subtask: number, counters: WorkerCounters): void;
  tapped(edgeId: string, lines: readonly string[], rows: number): void;
  observed(subtask: number, operator: number, time: OperatorTime): void;
}

/** `factor` multiplies the pace of paced sources. */
export interface Pace {
  readonly paused: boolean;
  readonly factor: number;
}

export type StopRequest = {
  readonly mode: 'keep-state' | 'drain' | 'discard';
  readonly done: (outcome: { readonly savepoint: CheckpointInfo | null } | { readonly failure: FailureMessage }) => void;
};

export class JobRun {
  readonly plan: PhysicalPlan;
  phase: RunPhase = 'starting';
  attempt = 0;
  readonly history: CheckpointInfo[] = [];
  checkpointsComplete = 0;
  checkpointsFailed = 0;
  private pace: Pace = { paused: false, factor: 1 };
  private readonly options: JobOptions;
  private readonly world: CoordinatorWorld;
  private readonly listener: JobRunListener;
  private readonly restart: RestartStrategy;
  private ownership: Ownership | null = null;
  private deployment: Deployment | null = null;
  private checkpoints: CheckpointCoordinator | null = null;
  private parts: NodeParts | null = null;
  private stopRequest: StopRequest | null = null;
  private endedWorkers = 0;
  /** At least; numbers are never used twice, not even for checkpoints that were given up. */
  private nextCheckpointId = 1;
  private cancelRestart: () => void = () => undefined;
  private readonly seed: number;

  constructor(plan: PhysicalPlan, options: JobOptions, world: CoordinatorWorld, listener: JobRunListener) {
    this.plan = plan;
    this.options = options;
    this.world = world;
    this.listener = listener;
    this.restart = createRestartStrategy(options.restart, world.random);
    this.seed = world.random.nextUint32();
  }

  /** Throws when the run cannot begin at all: folder in use, nothing to restore from, state that does not fit. */
  start(): void {
    const { storage, processes } = this.world;
    const { folder } = this.options;
    makeJobFolder(storage, folder);
    const ownership = acquireOwnership(storage, folder, processes);
    this.ownership = ownership;
    try {
      this.collectLeftovers(ownership.attempt - 1);
      this.beginAttempt(ownership, () => this.take(chooseFirst(storage, folder, this.plan.jobId, this.options.restore), false));
    } catch (error) {
      this.teardown(describeFailure(error, null));
      ownership.release();
      throw error;
    }
  }

  savepoint(done: (outcome: { readonly info: CheckpointInfo } | { readonly failure: FailureMessage }) => void): void {
    const needsJob = `a savepoint needs a running job; this one is ${this.phase}`;
    if (this.checkpoints === null || this.phase !== 'running') done({ failure: refusal(needsJob) });
    else if (this.plan.resultsAtEnd) done({ failure: refusal(NO_SAVEPOINTS) });
    else this.checkpoints.request({ kind: 'savepoint', suspend: false, final: false, done });
  }

  stop(request: StopRequest): void {
    if (this.hasEnded() || this.stopRequest !== null) {
      request.done({ failure: refusal(this.hasEnded() ? `the run is already ${this.phase}` : 'the run is already being stopped') });
      return;
    }
    this.stopRequest = request;
    if (request.mode === 'discard' || this.phase !== 'running' || this.checkpoints === null) {
      // A job between two attempts has its state in the last checkpoint.
      this.end('stopped', null);
      return;
    }
    this.setPhase('stopping');
    if (request.mode === 'drain') {
      this.pace = { ...this.pace, paused: false };
      this.deployment?.post({ type: 'pace', ...this.pace });
      this.deployment?.post({ type: 'drain' });
    } else this.checkpoints.request({ kind: 'savepoint', suspend: true, final: false, done: (outcome) => this.onStopSavepoint(outcome) });
  }

  tap(edgeId: string, place: { readonly edge: number; readonly operator: number; readonly stage: number }, rowsMax: number): void {
    this.deployment?.post({ type: 'tap', edgeId, ...place, rowsMax });
  }

  observe(operator: number, on: boolean): void {
    this.deployment?.post({ type: 'observe', operator, on });
  }

  /** Kept over restarts. Draining ends a pause: its sources have to end. */
  setPace(pace: Pace): void {
    this.pace = pace;
    if (this.phase === 'running') this.deployment?.post({ type: 'pace', ...pace });
  }

  hasEnded(): boolean {
    return this.phase === 'finished' || this.phase === 'failed' || this.phase === 'stopped';
  }

  private beginAttempt(ownership: Ownership, chooseState: () => AssignedState): void {
    this.attempt = ownership.attempt;
    this.endedWorkers = 0;
    const { clock, random, storage, loader, timers } = this.world;
    const state = chooseState();
    killPoint('restore.chosen');
    const base = { jobId: this.plan.jobId, attempt: ownership.attempt, clock, random, storage, baseDirectory: this.plan.baseDirectory };
    const parts = createNodeParts(
      this.plan,
      state,
      loader,
      base,
      (event) => this.listener.log(event),
      timers,
      (subtask, operator, split) => this.deployment?.postTo(subtask, { type: 'split', operator, split }),
    );
    this.parts = parts;
    parts.committers.recover(state.committables);
    killPoint('restore.committed');
    const deployment = new Deployment(this.plan, this.world.leaseWorkers(this.plan.parallelism), {
      message: (subtask, message) => this.onMessage(deployment, subtask, message),
      exited: (subtask, reason, blamed) => this.onWorkerExit(deployment, subtask, reason, blamed),
    });
    this.deployment = deployment;
    deployment.deploy({ attempt: ownership.attempt, ringBytes: this.options.ringBytes, seed: this.seed, state });
  }

  private onMessage(deployment: Deployment, subtask: number, message: FromWorker): void {
    if (deployment !== this.deployment) return;
    try {
      this.dispatch(deployment, subtask, message);
    } catch (error) {
      this.onFailure(describeFailure(error, null));
    }
  }

  private dispatch(deployment: Deployment, subtask: number, message: FromWorker): void {
    switch (message.type) {
      case 'opened':
        if (deployment.isReady()) this.onReady(deployment);
        return;
      case 'need-split':
        this.parts?.assigner.request(message.operator, subtask);
        return;
      case 'snapshot':
        this.checkpoints?.onSnapshot(message);
        return;
      case 'paused':
        this.checkpoints?.onPaused(message.checkpointId, message.pauseMs);
        return;
      case 'ended':
        this.endedWorkers++;
        if (this.endedWorkers === this.plan.parallelism) this.takeFinalCheckpoint();
        return;
      case 'failed':
        this.onFailure(message.failure, subtask);
        return;
      case 'metrics':
        this.listener.counters(subtask, message.counters);
        return;
      case 'tapped':
        this.listener.tapped(message.edgeId, message.lines, message.rows);
        return;
      case 'observed':
        this.listener.observed(subtask, message.operator, message.time);
        return;
      case 'rows':
        this.listener.rows(message.nodeId, message.lines);
        return;
      case 'log':
        this.listener.log(message.event);
        return;
      default:
        return;
    }
  }

  private onReady(deployment: Deployment): void {
    const { parts } = this;
    if (parts === null) return;
    const coordinator = new CheckpointCoordinator(this.world, {
      plan: this.plan,
      options: this.options,
      attempt: this.attempt,
      parts,
      firstId: this.nextCheckpointId,
      post: (message) => deployment.post(message),
      changed: (info) => this.onCheckpoint(info),
      notice: (event) => this.listener.log(event),
      fail: (failure) => this.onFailure(failure),
    });
    this.checkpoints = coordinator;
    killPoint('restore.opened');
    deployment.post({ type: 'start' });
    if (this.pace.paused || this.pace.factor !== 1) deployment.post({ type: 'pace', ...this.pace });
    this.setPhase('running');
    this.listener.log(attemptRuns(this.plan.parallelism));
    coordinator.start();
  }

  private onCheckpoint(info: CheckpointInfo): void {
    this.nextCheckpointId = info.id + 1;
    if (info.status !== 'in-progress') {
      this.history.unshift(info);
      this.history.length = Math.min(this.history.length, HISTORY_MAX);
    }
    if (info.status === 'complete') {
      this.checkpointsComplete++;
      this.restart.onProgress();
    } else if (info.status === 'failed') this.checkpointsFailed++;
    this.listener.checkpoint(info);
    const event = checkpointTaken(info);
    if (event !== null) this.listener.log(event);
  }

  /** The end of input always ends with a checkpoint: it carries the last output of the sinks. */
  private takeFinalCheckpoint(): void {
    const draining = this.stopRequest?.mode === 'drain';
    this.checkpoints?.request({
      kind: draining ? 'savepoint' : 'checkpoint',
      suspend: false,
      final: true,
      done: (outcome) => {
        if ('info' in outcome) this.end(draining ? 'stopped' : 'finished', null, outcome.info);
        else if (this.deployment !== null) this.retryFinalCheckpoint(outcome.failure);
      },
    });
  }

  private retryFinalCheckpoint(failure: FailureMessage): void {
    if (!failure.retryable) return;
    const { deployment } = this;
    this.world.timers(FINAL_RETRY_MS, () => {
      if (deployment === this.deployment) this.takeFinalCheckpoint();
    });
  }

  private onStopSavepoint(outcome: { readonly info: CheckpointInfo } | { readonly failure: FailureMessage }): void {
    if ('info' in outcome) {
      this.end('stopped', null, outcome.info);
      return;
    }
    if (this.hasEnded()) return;
    // The tasks stand still behind their barrier; the way on leads over the last checkpoint.
    const request = this.stopRequest;
    this.stopRequest = null;
    request?.done(outcome);
    this.onFailure(outcome.failure);
  }

  private onWorkerExit(deployment: Deployment, subtask: number, reason: string, blamed?: BlamedCode): void {
    if (deployment !== this.deployment) return;
    if (blamed !== undefined) {
      this.onFailure(describeFailure(codeFailure(this.plan, blamed), null), subtask);
      return;
    }
    this.onFailure({ ...describeFailure(new Error(reason), null), code: 'MR5013', message: `worker ${subtask} ended: ${reason}` });
  }

  private onFailure(failure: FailureMessage, subtask: number | null = null): void {
    if (this.hasEnded() || this.deployment === null) return;
    this.listener.log(failed(failure, subtask));
    this.teardown(failure);
    if (!this.hasEnded()) this.tryAgain(failure);
  }

  private tryAgain(failure: FailureMessage): void {
    const delayMs = failure.retryable ? this.restart.onFailure(this.world.clock.monotonic()) : null;
    if (delayMs === null) {
      this.end('failed', failure);
      return;
    }
    this.setPhase('restarting', failure);
    this.listener.log(restarting(delayMs));
    this.cancelRestart = this.world.timers(delayMs, () => this.beginRestart());
  }

  private beginRestart(): void {
    const { ownership } = this;
    if (ownership === null || this.hasEnded()) return;
    this.setPhase('starting');
    try {
      const renewed = ownership.renew();
      this.ownership = renewed;
      this.collectLeftovers(renewed.attempt - 1);
      this.beginAttempt(renewed, () => this.take(chooseLatest(this.world.storage, this.options.folder, this.plan.jobId), true));
    } catch (error) {
      const failure = describeFailure(error, null);
      this.listener.log(failed(failure, null));
      this.teardown(failure);
      this.tryAgain(failure);
    }
  }

  private teardown(failure: FailureMessage): void {
    const { checkpoints, deployment, parts } = this;
    this.checkpoints = null;
    this.deployment = null;
    this.parts = null;
    parts?.assigner.close();
    deployment?.cancel();
    checkpoints?.close(failure);
  }

  private end(phase: 'finished' | 'failed' | 'stopped', failure: FailureMessage | null, savepoint: CheckpointInfo | null = null): void {
    if (this.hasEnded()) return;
    this.phase = phase;
    this.cancelRestart();
    this.teardown(failure ?? refusal('the run has ended'));
    try {
      this.removeStateOnDisk();
      this.ownership?.release();
    } catch (error) {
      this.listener.log(folderStaysMarked(describeFailure(error, null).message));
    }
    this.listener.phase(phase, failure);
    this.stopRequest?.done(failure === null ? { savepoint } : { failure });
    this.stopRequest = null;
  }

  private setPhase(phase: RunPhase, failure: FailureMessage | null = null): void {
    this.phase = phase;
    this.listener.phase(phase, failure);
  }

  /** `attempt`: the last of those that ended. */
  private collectLeftovers(attempt: number): void {
    const paths = listLeftovers(this.world.storage, this.options.folder, attempt);
    if (paths.length > 0) this.world.io({ type: 'remove', paths }, () => undefined);
  }

  /** Workers remove their own, but a process that ends does not wait for them. */
  private removeStateOnDisk(): void {
    if (this.plan.spillFolder === undefined || this.ownership === null) return;
    for (const path of listSpillFolders(this.world.storage, this.plan.spillFolder, this.attempt)) this.world.storage.removeTree(path);
  }

  /** `again`: after a failure. */
  private take({ checkpoint, notices }: Choice, again: boolean): AssignedState {
    for (const notice of notices) this.listener.log(startNotice(notice));
    const state = checkpoint === null ? freshState(this.plan) : assignState(checkpoint, this.plan, this.options.allowNonRestoredState);
    const place =
      checkpoint === null ? null : { id: checkpoint.manifest.checkpointId, kind: checkpoint.manifest.kind, path: checkpoint.path };
    this.listener.log(startsFrom(place, again));
    this.listener.restored(place);
    return state;
  }
}

const FINAL_RETRY_MS = 1000;
const NO_SAVEPOINTS = 'a batch takes no savepoints, for it keeps nothing to go on from; run it as a stream';
/** Checkpoints kept for the list people see. */
const HISTORY_MAX = 50;

function refusal(message: string): FailureMessage {
  return describeFailure(new EngineError('MR5014', message, { domain: 'user', retryable: false }), null);
}
