/**
 * Takes one checkpoint after the other: trigger → every subtask's snapshot → state files → manifest → commit → notify.
 * Nothing is committed before the manifest is durable; whatever fails before that is given up and told to the workers,
 * and the job runs on until too many in a row have failed.
 */
import type { JsonValue } from '../../base/json.ts';
import { killPoint } from '../../base/kill-point.ts';
import type { CheckpointInfo } from '../../host/contract.ts';
import { checkpointPath, listCheckpoints, listFolders, markCompleted, readBaseline } from '../checkpoints/checkpoint-folder.ts';
import type { Manifest, ManifestFile } from '../checkpoints/manifest.ts';
import type { PhysicalPlan } from '../plan/physical-plan.ts';
import type { LogEvent } from '../run-log/log-event.ts';
import { oldCheckpointStays } from '../run-log/run-events.ts';
import { describeFailure } from '../workers/failure.ts';
import { stateFileName } from '../workers/io-core.ts';
import type { IoResult } from '../workers/io-messages.ts';
import type { FailureMessage, TaskSnapshot, ToWorker } from '../workers/messages.ts';
import type { JobOptions } from './job-options.ts';
import type { NodeParts } from './node-parts.ts';
import type { CoordinatorWorld } from './world.ts';

export interface CheckpointRequest {
  readonly kind: 'checkpoint' | 'savepoint';
  /** The workers do nothing behind it. */
  readonly suspend: boolean;
  /** All sources have ended. */
  readonly final: boolean;
  /** Told once: the path, or why there is none. */
  readonly done: (outcome: { readonly info: CheckpointInfo } | { readonly failure: FailureMessage }) => void;
}

export interface CheckpointHost {
  readonly plan: PhysicalPlan;
  readonly options: JobOptions;
  readonly attempt: number;
  readonly parts: NodeParts;
  /** Smallest number that may be given. */
  readonly firstId: number;
  post(message: ToWorker): void;
  changed(info: CheckpointInfo): void;
  notice(event: LogEvent): void;
  /** Too many have failed, or committing has. */
  fail(failure: FailureMessage): void;
}

interface InFlight {
  readonly id: number;
  readonly request: CheckpointRequest;
  readonly path: string;
  readonly startedAtMs: number;
  readonly startedMonotonicMs: number;
  readonly enumerators: Manifest['enumerators'];
  readonly files: ManifestFile[];
  /** Snapshots and files still to come. */
  snapshots: number;
  writes: number;
  bytes: number;
  /** Longest time a task stood still. */
  pauseMs: number;
  cancelTimeout: () => void;
}

export class CheckpointCoordinator {
  private readonly world: CoordinatorWorld;
  private readonly host: CheckpointHost;
  private readonly queue: CheckpointRequest[] = [];
  private current: InFlight | null = null;
  /** Staged by sinks and not committed yet; outlives checkpoints that are given up. */
  private committables: { nodeId: string; value: JsonValue }[] = [];
  private nextId: number;
  private failuresInRow = 0;
  private cancelNext: () => void = () => undefined;
  private closed = false;

  constructor(world: CoordinatorWorld, host: CheckpointHost) {
    this.world = world;
    this.host = host;
    const { folder } = host.options;
    const highest = listFolders(world.storage, folder).reduce(
      (id, found) => Math.max(id, found.id),
      readBaseline(world.storage, folder).upTo,
    );
    this.nextId = Math.max(highest + 1, host.firstId);
  }

  /** Begins the periodic checkpoints. */
  start(): void {
    this.scheduleNext(this.host.options.checkpointIntervalMs);
  }

  /** Runs when the current one is over; requests of people go before the periodic one. */
  request(request: CheckpointRequest): void {
    this.queue.push(request);
    this.next();
  }

  isIdle(): boolean {
    return this.current === null && this.queue.length === 0;
  }

  /** The attempt is over; what is in flight is forgotten. */
  close(failure: FailureMessage): void {
    this.closed = true;
    this.cancelNext();
    const waiting = this.queue.splice(0);
    if (this.current !== null) {
      this.current.cancelTimeout();
      this.remember(this.current, 'failed', failure.message);
      waiting.unshift(this.current.request);
      this.current = null;
    }
    for (const request of waiting) request.done({ failure });
  }

  onSnapshot(snapshot: TaskSnapshot): void {
    const { current } = this;
    this.keepCommittables(snapshot);
    this.syncOutputs(snapshot.syncPaths);
    if (current === null || snapshot.checkpointId !== current.id) {
      this.host.post({ type: 'written', checkpointId: snapshot.checkpointId });
      return;
    }
    killPoint('checkpoint.snapshot.received');
    this.host.parts.assigner.release(snapshot.task, snapshot.subtask);
    current.snapshots--;
    current.writes++;
    const { checkpointId, task, subtask, sections } = snapshot;
    const { options, plan, attempt } = this.host;
    this.world.io(
      {
        type: 'write-state',
        folder: options.folder,
        path: current.path,
        jobId: plan.jobId,
        attempt,
        snapshot: { checkpointId, task, subtask, sections },
      },
      (result) => this.onStateWritten(current, task, subtask, result),
    );
  }

  onPaused(checkpointId: number, pauseMs: number): void {
    if (this.current?.id === checkpointId) this.current.pauseMs = Math.max(this.current.pauseMs, pauseMs);
  }

  /**
   * Staged output counts whatever becomes of this checkpoint, for its sink may have let go of it. A sink that names it
   * again in the next checkpoint replaces what it said before.
   */
  private keepCommittables(snapshot: TaskSnapshot): void {
    const named = new Set(snapshot.committables.map((each) => JSON.stringify(each)));
    this.committables = this.committables.filter((each) => !named.has(JSON.stringify(each)));
    this.committables.push(...snapshot.committables);
  }

  /** Requests are performed in order, so this is done before the manifest. What could not be synced is lost: only a restart makes it anew. */
  private syncOutputs(paths: readonly string[]): void {
    if (paths.length === 0) return;
    this.world.io({ type: 'sync-outputs', paths }, (result) => {
      if (result.type === 'failed' && !this.closed) this.host.fail(result.failure);
    });
  }

  private onStateWritten(flight: InFlight, task: number, subtask: number, result: IoResult): void {
    if (this.current !== flight) return;
    if (result.type === 'failed') {
      this.giveUp(flight, result.failure);
      return;
    }
    if (result.type === 'state-written') {
      flight.files.push({ name: stateFileName(task, subtask), task, subtask, bytes: result.bytes, checksum: result.checksum });
      flight.bytes += result.bytes;
    }
    flight.writes--;
    if (flight.snapshots === 0 && flight.writes === 0) this.writeManifest(flight);
  }

  private writeManifest(flight: InFlight): void {
    killPoint('checkpoint.states.complete');
    this.host.post({ type: 'written', checkpointId: flight.id });
    const { plan, options, attempt } = this.host;
    const manifest: Manifest = {
      jobId: plan.jobId,
      jobName: plan.jobName,
      checkpointId: flight.id,
      kind: flight.request.kind,
      attempt,
      specHash: plan.specHash,
      parallelism: plan.parallelism,
      maxParallelism: plan.maxParallelism,
      nodes: plan.operators.map(({ nodeId, type, parallelism }) => ({ id: nodeId, type, parallelism })),
      startedAtMs: flight.startedAtMs,
      completedAtMs: this.world.clock.now(),
      finished: flight.request.final,
      files: [...flight.files].sort((a, b) => a.task - b.task || a.subtask - b.subtask),
      enumerators: flight.enumerators,
      committables: this.committables,
    };
    this.world.io({ type: 'write-manifest', folder: options.folder, path: flight.path, owner: attempt, manifest }, (result) => {
      if (this.current !== flight) return;
      if (result.type === 'failed') this.giveUp(flight, result.failure);
      else this.commit(flight, result.type === 'manifest-written' ? result.bytes : 0);
    });
  }

  /** The checkpoint is complete, whatever happens now: a failure from here on is repaired by restoring it. */
  private commit(flight: InFlight, manifestBytes: number): void {
    flight.cancelTimeout();
    flight.bytes += manifestBytes;
    const { options, plan, parts } = this.host;
    try {
      markCompleted(this.world.storage, options.folder, plan.jobId);
      killPoint('commit.before');
      parts.committers.commit(this.committables);
      killPoint('commit.after');
    } catch (error) {
      this.host.fail(describeFailure(error, null));
      return;
    }
    this.committables = [];
    this.current = null;
    this.failuresInRow = 0;
    this.host.post({ type: 'complete', checkpointId: flight.id });
    const info = this.remember(flight, 'complete', null);
    this.collect();
    flight.request.done({ info });
    if (this.closed) return;
    this.scheduleNext(this.pauseAfter(flight));
    this.next();
  }

  private giveUp(flight: InFlight, failure: FailureMessage): void {
    flight.cancelTimeout();
    this.current = null;
    this.failuresInRow++;
    this.host.post({ type: 'abort', checkpointId: flight.id });
    this.host.parts.assigner.release('all', 0);
    this.remember(flight, 'failed', failure.message);
    this.world.io({ type: 'remove', paths: [flight.path] }, () => undefined);
    flight.request.done({ failure });
    if (this.closed) return;
    if (!failure.retryable || this.failuresInRow > this.host.options.tolerableFailures) {
      this.host.fail({ ...failure, message: `${this.failuresInRow} checkpoints failed in a row, the last with: ${failure.message}` });
      return;
    }
    this.scheduleNext(this.pauseAfter(flight));
    this.next();
  }

  private scheduleNext(delayMs: number | null): void {
    this.cancelNext();
    if (delayMs === null || this.closed) return;
    const periodic: CheckpointRequest = { kind: 'checkpoint', suspend: false, final: false, done: () => undefined };
    this.cancelNext = this.world.timers(delayMs, () => {
      if (this.isIdle()) this.request(periodic);
    });
  }

  /** The interval counts from start to start, but the minimum pause is kept. */
  private pauseAfter(flight: InFlight): number | null {
    const { checkpointIntervalMs, minPauseMs } = this.host.options;
    if (checkpointIntervalMs === null) return null;
    const elapsed = this.world.clock.monotonic() - flight.startedMonotonicMs;
    return Math.max(minPauseMs, checkpointIntervalMs - elapsed, 0);
  }

  private next(): void {
    if (this.current !== null || this.closed) return;
    const request = this.queue.shift();
    if (request === undefined) return;
    this.cancelNext();
    this.trigger(request);
  }

  private trigger(request: CheckpointRequest): void {
    const { options, plan, parts } = this.host;
    const id = this.nextId++;
    const flight: InFlight = {
      id,
      request,
      path: checkpointPath(options.folder, request.kind, id),
      startedAtMs: this.world.clock.now(),
      startedMonotonicMs: this.world.clock.monotonic(),
      enumerators: parts.assigner.snapshot(),
      files: [],
      snapshots: plan.tasks.reduce((sum, task) => sum + task.parallelism, 0),
      writes: 0,
      bytes: 0,
      pauseMs: 0,
      cancelTimeout: () => undefined,
    };
    this.current = flight;
    flight.cancelTimeout = this.world.timers(options.checkpointTimeoutMs, () => {
      if (this.current !== flight) return;
      const message = `it took longer than ${options.checkpointTimeoutMs} ms`;
      this.giveUp(flight, { ...describeFailure(new Error(message), null), code: 'MR5012', message });
    });
    killPoint('checkpoint.triggered');
    this.host.changed(infoOf(flight, 'in-progress', null, null));
    // A savepoint can be restored at another parallelism, so nothing may be on its way in it.
    const overtakeAfterMs = request.kind === 'savepoint' ? null : options.overtakeAfterMs;
    this.host.post({ type: 'trigger', checkpointId: id, suspend: request.suspend, overtakeAfterMs });
  }

  private remember(flight: InFlight, status: 'complete' | 'failed', failure: string | null): CheckpointInfo {
    const info = infoOf(flight, status, failure, this.world.clock.monotonic() - flight.startedMonotonicMs);
    this.host.changed(info);
    return info;
  }

  /** Superseded checkpoints go; savepoints belong to the user. */
  private collect(): void {
    const { options } = this.host;
    let paths: string[];
    try {
      const kept = listCheckpoints(this.world.storage, options.folder).filter(({ kind }) => kind === 'checkpoint');
      paths = kept.slice(options.retained).map(({ path }) => path);
    } catch (error) {
      this.host.notice(oldCheckpointStays(describeFailure(error, null).message));
      return;
    }
    if (paths.length === 0) return;
    this.world.io({ type: 'remove', paths }, (result) => {
      if (result.type === 'removed') for (const failure of result.failures) this.host.notice(oldCheckpointStays(failure));
    });
  }
}

function infoOf(flight: InFlight, status: CheckpointInfo['status'], failure: string | null, durationMs: number | null): CheckpointInfo {
  const { id, request, startedAtMs, bytes, pauseMs, path } = flight;
  return { id, kind: request.kind, status, startedAtMs, durationMs, pauseMs, bytes, path, failure };
}
