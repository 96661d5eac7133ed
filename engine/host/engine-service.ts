/** The engine's half of the contract: checks, schema inference, exports and runs, with a durable list of what was running. */
import { homedir } from 'node:os';
import path from 'node:path';
import { EngineError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { JobManager, JobStartRequest } from '../runtime/job-manager-api.ts';
import type {
  ErrorMessage,
  ExportNote,
  FieldMessage,
  KeptState,
  PreviewNode,
  ProblemMessage,
  Result,
  RunDetail,
  RunLogPart,
  RunMetrics,
  RunPhase,
  RunStatus,
} from './contract.ts';
import { EventHub } from './event-hub.ts';
import { LogNews } from './log-news.ts';
import type { EngineHandlers, Service } from './serve.ts';
import type { RunRecord, RunRecords } from './services/run-records.ts';
import { ENGINE_DEATHS_MAX } from './services/run-records.ts';

/** What does not run jobs: the same functions that the command line calls. */
export interface PipelineTools {
  /** Over a bounded sample, in a thread of its own; a newer request supersedes the one before. */
  preview(
    text: string,
    baseDirectory: string,
    rowsMax: number,
    nodes?: readonly string[],
    trusted?: boolean,
  ): Promise<{ readonly nodes: readonly PreviewNode[]; readonly durationMs: number }>;
  check(text: string, pipelinePath: string): readonly ProblemMessage[];
  /** What would run; null while there are errors. `parallelism`: instead of the job's. */
  plan(text: string, parallelism?: number): Result<'pipeline.plan'>;
  inferSchema(
    nodeType: string,
    config: JsonObject,
    baseDirectory: string,
  ): Promise<{ readonly fields: readonly FieldMessage[]; readonly sampleRows: number }>;
  export(
    text: string,
    target: 'spec' | 'flink-sql',
    pipelinePath: string,
  ): { readonly text: string; readonly report: readonly ExportNote[] };
  /** Ends what previews have opened. */
  close(): Promise<void>;
  keptState(text: string, pipelinePath: string): KeptState;
  /** What stands against going on from a checkpoint; nothing runs. */
  checkRestore(text: string, pipelinePath: string, checkpoint: string): Promise<readonly ErrorMessage[]>;
  /** Null when the text is no pipeline. */
  history(text: string, pipelinePath: string, checkpointDirectory?: string): PipelineHistory | null;
}

/** The runs a pipeline has had. */
export interface PipelineHistory {
  list(): Result<'history.list'>;
  show(runId: string): RunDetail;
  spec(runId: string): string;
  log(runId: string): RunLogPart;
  markLost(runId: string, error: RunStatus['error'], nowMs: number): void;
}

const ENDED: ReadonlySet<RunPhase> = new Set<RunPhase>(['finished', 'failed', 'stopped']);
const ROWS_MAX = 1_000;

export interface EngineService extends Service {
  /** Starts again, from their latest checkpoints, the runs that a dead predecessor left behind. */
  recover(): Promise<void>;
  close(): Promise<void>;
}

/** Whether custom code of the pipeline at this path may run. */
export type IsTrusted = (pipelinePath: string) => boolean;

const trustNothing: IsTrusted = () => false;

export function createEngineService(
  jobs: JobManager,
  tools: PipelineTools,
  records: RunRecords,
  log: (line: string) => void,
  isTrusted: IsTrusted = trustNothing,
): EngineService {
  const events = new EventHub();
  const latestMetrics = new Map<string, RunMetrics>();
  /** Runs that could not be started again: they are shown as lost until the engine ends. */
  const lost = new Map<string, RunStatus>();
  let closing = false;
  const listRuns = (): readonly RunStatus[] => [...jobs.list(), ...lost.values()];
  events.provideSnapshot('run.state', listRuns);
  events.provideSnapshot('run.metrics', () => [...latestMetrics.values()]);
  const news = new LogNews((runId, entries) => events.publish('run.log', { runId, entries }));
  const endListening = jobs.listen({
    state: (status) => {
      // A run that ends because this engine is being closed is not over: its checkpoints are there to go on from.
      if (ENDED.has(status.phase) && !closing) forget(records, status.runId, log);
      forgetFigures(latestMetrics, jobs);
      events.publish('run.state', status);
    },
    metrics: (metrics) => {
      latestMetrics.set(metrics.runId, metrics);
      events.publish('run.metrics', metrics);
    },
    checkpoint: (runId, checkpoint) => events.publish('run.checkpoint', { runId, checkpoint }),
    log: (entry) => news.add(entry),
  });
  const start = async (request: JobStartRequest): Promise<RunStatus> => {
    const { runId, startedAtMs, phase } = await jobs.start(request);
    if (!ENDED.has(phase)) await records.put({ runId, startedAtMs, engineDeaths: 0, request });
    // It may have ended while its record was being written. The end was told then: an answer from before would undo it.
    if (ENDED.has(jobs.status(runId).phase)) await records.remove(runId);
    return jobs.status(runId);
  };
  const restart = async (record: RunRecord): Promise<void> => {
    const engineDeaths = record.engineDeaths + 1;
    try {
      if (engineDeaths > ENGINE_DEATHS_MAX)
        throw new EngineError('MR6103', `the engine died ${engineDeaths} times while this pipeline ran`, { domain: 'internal' });
      // Counted before the start: the start itself may be what kills.
      await records.put({ ...record, engineDeaths });
      const request: JobStartRequest = {
        ...record.request,
        trusted: isTrusted(record.request.path),
        runId: record.runId,
        options: { ...record.request.options, restore: 'latest' },
      };
      const status = await jobs.start(request);
      log(`run ${status.runId} continues after the end of its engine`);
    } catch (error) {
      await records.remove(record.runId);
      const status = lostStatus(record, error);
      lost.set(record.runId, status);
      markLost(tools, record, status, log);
      events.publish('run.state', status);
    }
  };
  return {
    side: 'engine',
    events,
    handlers: createHandlers(jobs, tools, start, listRuns, isTrusted),
    recover: async () => {
      for (const record of await records.list()) await restart(record);
    },
    close: async () => {
      closing = true;
      await Promise.all([jobs.close(), tools.close()]);
      endListening();
      news.close();
    },
  };
}

function createHandlers(
  jobs: JobManager,
  tools: PipelineTools,
  start: (request: JobStartRequest) => Promise<RunStatus>,
  listRuns: () => readonly RunStatus[],
  isTrusted: IsTrusted,
): EngineHandlers {
  return {
    'pipeline.check': ({ text, path: pipelinePath }) => ({ problems: tools.check(text, pipelinePath) }),
    'pipeline.plan': ({ text }) => tools.plan(text),
    'schema.infer': ({ nodeType, config, baseDirectory }) => tools.inferSchema(nodeType, config, absolute(baseDirectory)),
    'run.start': ({ path: pipelinePath, text, options }) =>
      start({ path: absolute(pipelinePath), text, trusted: isTrusted(pipelinePath), options }),
    'run.stop': ({ runId, mode }) => jobs.stop(runId, mode),
    'run.pace': ({ runId, paused, speed }) => jobs.pace(runId, paused, speed),
    'run.savepoint': ({ runId }) => jobs.savepoint(runId),
    'run.list': listRuns,
    'run.spec': ({ runId }) => ({ text: jobs.spec(runId) }),
    'run.checkpoints': ({ runId }) => jobs.checkpoints(runId),
    'checkpoint.list': ({ path: pipelinePath, text }) => tools.keptState(text, absolute(pipelinePath)),
    'checkpoint.check': async ({ path: pipelinePath, text, checkpoint }) => ({
      problems: await tools.checkRestore(text, absolute(pipelinePath), absolute(checkpoint)),
    }),
    'run.subtasks': ({ runId, nodeId }) => jobs.subtasks(runId, nodeId),
    'run.time': ({ runId, nodeId }) => jobs.time(runId, nodeId),
    'run.tail': ({ runId, edgeId, afterSequence, rowsMax }) =>
      jobs.tail(runId, edgeId, Math.max(0, Math.floor(afterSequence)), boundRows(rowsMax)),
    'run.preview': ({ runId, nodeId, rowsMax }) => jobs.preview(runId, nodeId, boundRows(rowsMax)),
    'run.results': ({ runId, nodeId, afterSequence }) => jobs.results(runId, nodeId, Math.max(0, Math.floor(afterSequence))),
    'run.logs': ({ runId, afterSequence }) => jobs.logs(runId, afterSequence),
    ...createHistoryHandlers(jobs, tools),
    'preview.rows': ({ text, path: pipelinePath, rowsMax, nodes }) =>
      tools.preview(
        text,
        pipelinePath === '' ? homedir() : path.dirname(absolute(pipelinePath)),
        boundRows(rowsMax),
        nodes,
        pipelinePath !== '' && isTrusted(pipelinePath),
      ),
    'export.write': ({ text, target, path: pipelinePath }) => tools.export(text, target, pipelinePath),
  };
}

type HistoryHandlers = Pick<EngineHandlers, 'history.list' | 'history.show' | 'history.spec' | 'history.log'>;

function createHistoryHandlers(jobs: JobManager, tools: PipelineTools): HistoryHandlers {
  const open = ({ path: pipelinePath, text }: { readonly path: string; readonly text: string }): PipelineHistory => {
    jobs.record();
    const history = tools.history(text, absolute(pipelinePath));
    if (history === null) throw new EngineError('MR6403', 'this is no pipeline', { domain: 'user', remedy: 'open a pipeline file' });
    return history;
  };
  return {
    'history.list': (place) => open(place).list(),
    'history.show': (place) => open(place).show(place.runId),
    'history.spec': (place) => ({ text: open(place).spec(place.runId) }),
    'history.log': (place) => open(place).log(place.runId),
  };
}

/** The entry in the history stays open otherwise. */
function markLost(tools: PipelineTools, { runId, request }: RunRecord, { error }: RunStatus, log: (line: string) => void): void {
  try {
    tools.history(request.text, request.path, request.options.checkpointDirectory)?.markLost(runId, error, Date.now());
  } catch (failure) {
    log(`the history of run ${runId} cannot be written: ${String(failure)}`);
  }
}

/** A relative path would be resolved against whatever folder the engine was started in. */
function absolute(wanted: string): string {
  if (path.isAbsolute(wanted) && !wanted.includes('\0')) return path.resolve(wanted);
  throw new EngineError('MR6003', `${JSON.stringify(wanted.slice(0, 200))} is not an absolute path`, {
    domain: 'user',
    remedy: 'save the pipeline first',
  });
}

function boundRows(rows: number): number {
  return Math.max(1, Math.min(ROWS_MAX, Math.floor(rows)));
}

function forget(records: RunRecords, runId: string, log: (line: string) => void): void {
  records.remove(runId).catch((error: unknown) => log(`the record of run ${runId} cannot be removed: ${String(error)}`));
}

/** Of runs that are no longer listed. */
function forgetFigures(metrics: Map<string, RunMetrics>, jobs: JobManager): void {
  const listed = new Set(jobs.list().map((run) => run.runId));
  for (const runId of metrics.keys()) if (!listed.has(runId)) metrics.delete(runId);
}

function lostStatus(record: RunRecord, error: unknown): RunStatus {
  const details = error instanceof EngineError ? error.details : null;
  return {
    runId: record.runId,
    pipelinePath: record.request.path,
    pipelineName: path.basename(record.request.path),
    documentId: '',
    phase: 'lost',
    startedAtMs: record.startedAtMs,
    endedAtMs: record.startedAtMs,
    attempt: record.engineDeaths + 1,
    guarantee: 'at-most-once',
    guaranteeReason: { en: 'the run could not be continued', zh: '该运行无法继续' },
    error: {
      code: error instanceof EngineError ? error.code : 'MR6000',
      message: error instanceof Error ? error.message : String(error),
      nodeId: details?.nodeId ?? null,
      remedy: details?.remedy ?? null,
    },
    parallelism: record.request.options.parallelism ?? 1,
    checkpointDirectory: record.request.options.checkpointDirectory ?? '',
    paused: false,
    speed: null,
  };
}
