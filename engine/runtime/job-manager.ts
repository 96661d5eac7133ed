/** Runs pipelines in this process: the door of the runtime for the engine process and the command line. */
import { randomUUID } from 'node:crypto';
import { EngineError } from '../base/errors.ts';
import { readVariable } from '../base/node-variables.ts';
import type { CheckpointInfo } from '../host/contract.ts';
import { findVariables, valueOf } from '../spec/variables.ts';
import { coreCount } from './core-count.ts';
import type { JobListener, JobManager, JobStartRequest, StopMode } from './job-manager-api.ts';
import { loadPipeline } from './load-pipeline.ts';
import { ManagedRun } from './managed-run.ts';
import { createNodeWorld } from './node-world.ts';
import { createPlan, modulesOfGraph } from './plan/create-plan.ts';
import { armKillPoints } from './workers/arm-kill-points.ts';
import { errorOfFailure } from './workers/failure.ts';
import { createNodeLoader } from './workers/node-loader.ts';
import { WorkerPool } from './workers/worker-pool.ts';

/** Ended runs that are still listed. */
const ENDED_RUNS_MAX = 20;

export interface JobManagerOptions {
  /** Folder of the bundles `worker.cjs` and `io-worker.cjs`. */
  readonly bundleFolder: string;
  /** Worker threads to keep ready; default: one per core. */
  readonly warmWorkers?: number;
  /** Heap of each worker; default: by the computer's memory. */
  readonly heapMegabytes?: number;
  /** Half seconds that custom code may take for one row; default: 10 s. */
  readonly codeLooksMax?: number;
}

export function createJobManager(options: JobManagerOptions): JobManager {
  armKillPoints();
  const pool = new WorkerPool({ ...options, warm: options.warmWorkers ?? coreCount() });
  pool.warmUp();
  const loader = createNodeLoader();
  const world = createNodeWorld(pool, loader);
  const runs = new Map<string, ManagedRun>();
  const listeners = new Set<JobListener>();
  const listener = fanOut(listeners);
  const find = (runId: string): ManagedRun => {
    const run = runs.get(runId);
    if (run === undefined) throw new EngineError('MR5005', `there is no run '${runId}'`, { domain: 'user', remedy: 'list the runs' });
    return run;
  };
  return {
    async start(request: JobStartRequest) {
      const pipeline = loadPipeline(request);
      for (const used of findVariables(pipeline.graph.nodes)) valueOf(used, readVariable);
      await loader.load(modulesOfGraph(pipeline.graph));
      const plan = createPlan(pipeline.graph, pipeline.settings, (type) => loader.module(type));
      const runId = request.runId ?? randomUUID();
      const managed = new ManagedRun(runId, request, pipeline, plan, world, listener);
      runs.set(runId, managed);
      try {
        await managed.start();
      } catch (error) {
        runs.delete(runId);
        throw error;
      }
      forgetOldRuns(runs);
      return managed.status();
    },
    stop: async (runId, wanted) => {
      const managed = find(runId);
      // A batch has nothing to keep.
      const mode = wanted === 'keep-state' && managed.run.plan.resultsAtEnd ? 'discard' : wanted;
      managed.noteStop(mode);
      return stopRun(managed, mode);
    },
    pace: (runId, paused, speed) => find(runId).setPace(paused, speed),
    savepoint: async (runId) => takeSavepoint(find(runId)),
    list: () => [...runs.values()].map((run) => run.status()).sort((a, b) => b.startedAtMs - a.startedAtMs),
    status: (runId) => find(runId).status(),
    whenEnded: async (runId) => find(runId).whenEnded(),
    spec: (runId) => find(runId).spec(),
    checkpoints: (runId) => find(runId).checkpoints(),
    metrics: (runId) => find(runId).metrics(),
    subtasks: (runId, nodeId) => find(runId).subtasks(nodeId),
    time: (runId, nodeId) => find(runId).time(nodeId),
    tail: (runId, edgeId, afterSequence, rowsMax) => find(runId).tail(edgeId, afterSequence, rowsMax),
    preview: (runId, nodeId, rowsMax) => find(runId).preview(nodeId, rowsMax),
    results: (runId, nodeId, afterSequence) => find(runId).results(nodeId, afterSequence),
    logs: (runId, afterSequence) => find(runId).recorder.entriesAfter(afterSequence),
    record() {
      for (const { recorder } of runs.values()) recorder.save();
    },
    listen(added) {
      listeners.add(added);
      return () => listeners.delete(added);
    },
    async close() {
      const live = [...runs.values()].filter(({ run }) => !run.hasEnded());
      await Promise.all(live.map(async (managed) => interruptRun(managed)));
      await pool.close();
    },
  };
}

async function stopRun(managed: ManagedRun, mode: StopMode): Promise<{ savepointPath: string | null }> {
  return new Promise((resolve, reject) => {
    managed.run.stop({
      mode,
      done: (outcome) => {
        if ('failure' in outcome) reject(errorOfFailure(outcome.failure));
        else resolve({ savepointPath: outcome.savepoint?.path ?? null });
      },
    });
  });
}

/** Its end is not what a person wanted of it. */
async function interruptRun(managed: ManagedRun): Promise<void> {
  managed.interrupt();
  await stopRun(managed, 'discard').catch(() => undefined);
}

async function takeSavepoint(managed: ManagedRun): Promise<CheckpointInfo> {
  return new Promise((resolve, reject) => {
    managed.run.savepoint((outcome) => {
      if ('failure' in outcome) reject(errorOfFailure(outcome.failure));
      else resolve(outcome.info);
    });
  });
}

function forgetOldRuns(runs: Map<string, ManagedRun>): void {
  const ended = [...runs.values()].filter(({ run }) => run.hasEnded());
  for (const { runId } of ended.slice(0, Math.max(0, ended.length - ENDED_RUNS_MAX))) runs.delete(runId);
}

function fanOut(listeners: ReadonlySet<JobListener>): Required<JobListener> {
  return {
    state: (status) => listeners.forEach((each) => each.state?.(status)),
    metrics: (metrics) => listeners.forEach((each) => each.metrics?.(metrics)),
    checkpoint: (runId, checkpoint) => listeners.forEach((each) => each.checkpoint?.(runId, checkpoint)),
    log: (entry) => listeners.forEach((each) => each.log?.(entry)),
    rows: (runId, nodeId, lines) => listeners.forEach((each) => each.rows?.(runId, nodeId, lines)),
  };
}
