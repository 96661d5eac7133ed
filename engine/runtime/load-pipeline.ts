/** Text of a document and options of a run → checked graph and settings; refuses with everything that is wrong. */
import path from 'node:path';
import { EngineError } from '../base/errors.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { catalog } from '../nodes/node-types.ts';
import { findCustomCode, untrustedCode } from '../spec/custom-code/find-custom-code.ts';
import type { PipelineDocument } from '../spec/document.ts';
import type { Fields } from '../spec/fields.ts';
import { computeGuarantee } from '../spec/guarantee.ts';
import { type JobSettings, jobFields } from '../spec/job-settings.ts';
import { loadDocument } from '../spec/load-document.ts';
import { parallelismOf } from '../spec/parallelism.ts';
import { hasErrors, type Problem } from '../spec/problem.ts';
import { readJobSettings } from '../spec/read-job.ts';
import { resolvePipeline } from '../spec/resolve-pipeline.ts';
import type { Guarantee, ResolvedGraph } from '../spec/resolved-graph.ts';
import { runsAsBatch } from '../spec/run-mode.ts';
import { findVariables, untrustedVariables } from '../spec/variables.ts';
import { checkWrittenPaths } from './check-written-paths.ts';
import { jobFolder } from './checkpoints/checkpoint-folder.ts';
import { CHECKPOINT_DEFAULTS, type JobOptions } from './coordinator/job-options.ts';
import { EXPONENTIAL_DELAY_DEFAULT, type RestartStrategySettings } from './coordinator/restart-strategy.ts';
import { DEFAULT_CHECKPOINT_FOLDER } from './job-folder-of.ts';
import type { JobStartRequest } from './job-manager-api.ts';
import type { PlanSettings } from './plan/create-plan.ts';

/** Problems named in a refusal; the rest are counted. */
const PROBLEMS_SHOWN = 10;
const RING_BYTES = { least: 256 * 1024, most: 1024 * 1024, perWorker: 32 * 1024 * 1024 } as const;

export interface LoadedPipeline {
  readonly graph: ResolvedGraph;
  readonly guarantee: Guarantee;
  readonly settings: PlanSettings;
  readonly options: JobOptions;
  readonly checkpointDirectory: string;
}

export function loadPipeline(request: JobStartRequest): LoadedPipeline {
  const loaded = loadDocument(request.text);
  if (loaded.document === null) throw refusal(request.path, loaded.problems);
  const document = applyOverrides(loaded.document, request.options.overrides ?? {});
  const { options } = request;
  const parallelism = chooseParallelism(readJobSettings(document.job).settings, options.parallelism);
  const started = options.parallelism === undefined ? document : { ...document, job: { ...document.job, parallelism } };
  const { graph, problems } = resolvePipeline(started, catalog);
  if (hasErrors(problems)) throw refusal(request.path, problems);
  const code = findCustomCode(graph.nodes);
  if (code.length > 0 && request.trusted !== true) throw untrustedCode(code);
  const variables = findVariables(graph.nodes);
  if (variables.length > 0 && request.trusted !== true) throw untrustedVariables(variables);
  checkWrittenPaths(graph, request.path);
  const { job } = graph;
  const baseDirectory = path.dirname(request.path);
  const configured = job.checkpointDirectory === null ? DEFAULT_CHECKPOINT_FOLDER : job.checkpointDirectory;
  const checkpointDirectory = options.checkpointDirectory ?? path.resolve(baseDirectory, configured);
  const folder = jobFolder(checkpointDirectory, document.id);
  const batchRows = options.batchRows ?? job.batchRows;
  return {
    graph,
    guarantee: computeGuarantee(graph),
    settings: { jobId: document.id, jobName: document.name, parallelism, batchRows, baseDirectory, jobFolder: folder },
    options: {
      ...CHECKPOINT_DEFAULTS,
      folder,
      restore: options.restore,
      allowNonRestoredState: options.allowNonRestoredState ?? false,
      checkpointIntervalMs: takesCheckpoints(graph) ? (options.checkpointIntervalMs ?? job.checkpointInterval) : null,
      overtakeAfterMs: job.guarantee === 'exactly-once' && job.unaligned ? job.alignedTimeout : null,
      restart: restartSettings(job),
      ringBytes: ringBytes(Math.max(parallelism, ...graph.nodes.map((node) => parallelismOf(node, job))), graph.edges.length),
    },
    checkpointDirectory,
  };
}

/** But for the one at the end, which carries the last output of the sinks. A batch that fails begins anew. */
function takesCheckpoints(graph: ResolvedGraph): boolean {
  return graph.job.guarantee !== 'at-most-once' && !runsAsBatch(graph);
}

/** The run's own goes before the document's. */
function chooseParallelism(job: JobSettings, asked: number | undefined): number {
  const parallelism = asked ?? job.parallelism;
  const { maximum } = jobFields.parallelism;
  if (asked !== undefined && maximum !== undefined && parallelism > maximum) {
    throw new EngineError('MR5003', `parallelism ${parallelism} is more than ${maximum}`, {
      domain: 'user',
      remedy: `use at most ${maximum}`,
    });
  }
  if (asked !== undefined && parallelism > job.maxParallelism) {
    throw new EngineError('MR5003', `parallelism ${parallelism} is more than the job's ${job.maxParallelism} key groups`, {
      domain: 'user',
      remedy: 'lower the parallelism, or raise the key groups of a job that has no state yet',
    });
  }
  return parallelism;
}

/** `node.field` → JSON value; `job.field` is a setting of the job. */
function applyOverrides(document: PipelineDocument, overrides: Readonly<Record<string, unknown>>): PipelineDocument {
  let job = document.job;
  let nodes = document.nodes;
  for (const [place, value] of Object.entries(overrides)) {
    const [nodeId, ...rest] = place.split('.');
    const field = rest.join('.');
    if (nodeId === 'job') {
      requireField(place, field, jobFields);
      job = withField(job, field, value);
      continue;
    }
    const target = nodes.find((node) => node.id === nodeId);
    if (target === undefined) {
      throw new EngineError('MR2001', `there is no node '${nodeId}' to set ${field} of`, {
        domain: 'user',
        remedy: 'use the id that stands in the file',
        field: place,
      });
    }
    requireField(place, field, catalog.get(target.type)?.fields ?? {});
    nodes = nodes.map((node) => (node.id === nodeId ? { ...node, config: withField(node.config, field, value) } : node));
  }
  return { ...document, job, nodes };
}

/** A mistyped field would be kept as one of a newer version, and have no effect. */
function requireField(place: string, field: string, fields: Fields): void {
  if (Object.hasOwn(fields, field)) return;
  throw new EngineError('MR5008', field === '' ? `'${place}' names no field to set` : `there is no field '${field}' to set as '${place}'`, {
    domain: 'user',
    remedy: `it is written NODE.FIELD=JSON; the fields are ${Object.keys(fields).join(', ')}`,
    field: place,
  });
}

function withField(config: JsonObject, field: string, value: unknown): JsonObject {
  return { ...config, [field]: value as JsonValue };
}

function refusal(pipelinePath: string, problems: readonly Problem[]): EngineError {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const lines = errors.slice(0, PROBLEMS_SHOWN).map((problem) => {
    const place = [problem.nodeId, problem.field].filter((part) => part !== undefined).join('.');
    return `${problem.code}${place === '' ? '' : ` [${place}]`} ${problem.text.en}`;
  });
  if (errors.length > PROBLEMS_SHOWN) lines.push(`and ${errors.length - PROBLEMS_SHOWN} more`);
  const [first] = errors;
  return new EngineError('MR2000', `${pipelinePath} cannot be run:\n${lines.join('\n')}`, {
    domain: 'user',
    ...(first?.nodeId === undefined ? {} : { nodeId: first.nodeId }),
    ...(first?.field === undefined ? {} : { field: first.field }),
  });
}

function restartSettings(job: ResolvedGraph['job']): RestartStrategySettings {
  switch (job.restartStrategy) {
    case 'none':
      return { kind: 'none' };
    case 'fixed-delay':
      return { kind: 'fixed-delay', attempts: job.restartAttempts, delayMs: job.restartDelay };
    default:
      return { ...EXPONENTIAL_DELAY_DEFAULT, initialMs: job.restartDelay, attempts: job.restartAttempts };
  }
}

/** Large enough for several batches, small enough that a wide job does not spend its memory on rings. */
function ringBytes(parallelism: number, edges: number): number {
  const share = RING_BYTES.perWorker / Math.max(1, parallelism * edges);
  return Math.min(RING_BYTES.most, Math.max(RING_BYTES.least, 2 ** Math.floor(Math.log2(share))));
}
