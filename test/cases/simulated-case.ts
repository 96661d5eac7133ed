/** One case of a node in one thread: the production tasks over a disk in memory, killed as often as a seed says and continued. */

import type { JsonObject } from '../../engine/base/json.ts';
import { setKillPointHook } from '../../engine/base/kill-point.ts';
import { mix32, SeededRandom } from '../../engine/base/random.ts';
import { catalog } from '../../engine/nodes/node-types.ts';
import { listCheckpoints } from '../../engine/runtime/checkpoints/checkpoint-folder.ts';
import type { JobOptions } from '../../engine/runtime/coordinator/job-options.ts';
import { loadPipeline } from '../../engine/runtime/load-pipeline.ts';
import { createPlan, modulesOfGraph } from '../../engine/runtime/plan/create-plan.ts';
import type { OperatorLoader } from '../../engine/runtime/workers/operator-loader.ts';
import type { AnyNode } from '../../engine/spec/define-node.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { RowsCase } from '../../engine/spec/node-cases.ts';
import { isKeyedByNothing } from '../../engine/spec/parallelism.ts';
import { resolvePipeline } from '../../engine/spec/resolve-pipeline.ts';
import { PRODUCT_OPTIONS } from '../faults/simulation/product-job.ts';
import { SimulatedClock } from '../faults/simulation/simulated-clock.ts';
import { runUntil, startRun } from '../faults/simulation/simulated-job.ts';
import { SimulatedWorld } from '../faults/simulation/simulated-world.ts';
import { FaultStorage } from '../faults/storage/fault-storage.ts';
import { caseFiles, casePipeline, listInputs, printRows } from './case-pipeline.ts';
import { keyByKey, withoutMemory } from './on-disk.ts';
import { spellLine } from './run-case.ts';

export interface Circumstances {
  readonly seed: number;
  /** Every life chooses its own number up to these. */
  readonly parallelismMax: number;
  readonly parallelismMin?: number;
  readonly batchRowsMax: number;
  readonly batchRowsMin?: number;
  /** After so many deaths the job may run to its end. */
  readonly deathsMax: number;
  /** A life lasts fewer steps than this. */
  readonly stepsMax: number;
  /** Files that every stream is cut into. */
  readonly splits?: number;
  /** With nothing of it in memory. */
  readonly stateOnDisk?: boolean;
  /** A batch that keeps nothing in memory and deals with every key alone. */
  readonly keyByKey?: boolean;
  /** Settings of the job. */
  readonly job?: JsonObject;
  /** Called with the newest checkpoint after each death; the job goes on from the savepoint it answers. */
  readonly rewrite?: (storage: FaultStorage, checkpoint: string) => string;
}

export interface SimulatedAnswer {
  /** Rows by port, of a sink what it wrote (`lines`) or showed (`shown`); in the order of the run. */
  readonly outputs: { readonly [port: string]: readonly string[] };
  readonly deaths: number;
  readonly restores: number;
  readonly checkpoints: number;
  /** Lives with another parallelism than the one before. */
  readonly rescales: number;
}

const PATH = '/job/pipeline.json';
const FOLDER = PRODUCT_OPTIONS.folder;

interface Shape {
  readonly parallelism: number;
  readonly batchRows: number;
  readonly splits?: number;
  readonly stateOnDisk?: boolean;
  readonly job?: JsonObject;
  /** Gives nodes a parallelism of their own. */
  readonly own?: () => number;
}

function load(definition: AnyNode, one: RowsCase, shape: Shape): ReturnType<typeof loadPipeline> {
  const { parallelism, batchRows, splits = 1, stateOnDisk = false, own } = shape;
  const job = { restartStrategy: 'none', stateBackend: stateOnDisk ? 'disk' : 'memory', ...shape.job };
  const pathOf = splits === 1 ? undefined : (id: string) => `in/${id}/*.ndjson`;
  const plain = casePipeline(definition, one.config, one.inputs, Object.keys(one.outputs), job, pathOf);
  const document = own === undefined ? plain : withOwnParallelism(plain, own);
  return loadPipeline({
    trusted: true,
    path: PATH,
    text: JSON.stringify(document),
    options: { restore: 'latest', parallelism, batchRows },
  });
}

/** Of every node that may have one. Event time is told where its rows are read: mixed from several subtasks they would be late. */
function withOwnParallelism(document: PipelineDocument, own: () => number): PipelineDocument {
  const { graph } = resolvePipeline(document, catalog);
  if (graph.nodes.some(({ definition, config }) => definition.exchange?.(config).kind === 'forward')) return document;
  const chosen = new Map<string, number>();
  const nodes = document.nodes.map((spec) => {
    const node = graph.node.get(spec.id);
    const stream = spec.id.replace(/-time$/, '');
    const parallelism = chosen.get(stream) ?? own();
    chosen.set(stream, parallelism);
    const fixed = node === undefined || isKeyedByNothing(node) || node.definition.parallelismMax !== undefined;
    return fixed || node.definition.execution === 'plan' ? spec : { ...spec, parallelism };
  });
  return { ...document, nodes };
}

/** Imports what the case needs, which nothing in the simulation waits for. */
export async function loadCaseModules(loader: OperatorLoader, definition: AnyNode, one: RowsCase): Promise<void> {
  await loader.load(modulesOfGraph(load(definition, one, { parallelism: 1, batchRows: 1 }).graph));
}

export function simulateCase(loader: OperatorLoader, definition: AnyNode, one: RowsCase, circumstances: Circumstances): SimulatedAnswer {
  const { seed, splits = 1, parallelismMin = 1, batchRowsMin = 1 } = circumstances;
  const random = new SeededRandom(mix32(seed));
  const clock = new SimulatedClock();
  let storage = createDisk(one, splits, random);
  const told = { deaths: 0, restores: 0, checkpoints: 0, rescales: 0 };
  const shown: string[] = [];
  let before = 0;
  let restore: JobOptions['restore'] = 'latest';
  try {
    for (let life = 0; ; life++) {
      const parallelism = between(random, parallelismMin, circumstances.parallelismMax);
      const batchRows = between(random, batchRowsMin, circumstances.batchRowsMax);
      // Every other life: a first one too, by the seed.
      const mixed = circumstances.parallelismMax > 1 && (seed + life) % 2 === 0;
      const own = mixed ? { own: () => between(random, 1, circumstances.parallelismMax) } : {};
      const { stateOnDisk = false, job: settingsOfJob = {} } = circumstances;
      const { graph, settings } = load(definition, one, { parallelism, batchRows, splits, stateOnDisk, job: settingsOfJob, ...own });
      const planned = withoutMemory(createPlan(graph, settings, (type) => loader.module(type)));
      const plan = circumstances.keyByKey === true ? keyByKey(planned) : planned;
      const world = new SimulatedWorld(seed * 1000 + life, life + 1, storage, clock, loader);
      world.watchKillPoints(null, 0);
      const job = startRun(world, plan, { ...PRODUCT_OPTIONS, ...(plan.resultsAtEnd ? { checkpointIntervalMs: null } : {}), restore });
      const lastStep = life < circumstances.deathsMax ? random.nextInt(circumstances.stepsMax) : Number.POSITIVE_INFINITY;
      runUntil(world, job, (step) => step >= lastStep);
      told.checkpoints += job.run.checkpointsComplete;
      told.restores += job.restores;
      if (life > 0 && before !== parallelism && job.restores > 0) told.rescales++;
      before = parallelism;
      shown.push(...job.shown);
      if (job.run.hasEnded()) {
        if (job.run.phase !== 'finished') throw new Error(`${job.run.phase} in life ${life}: ${job.log.join('\n')}`);
        return { outputs: readOutputs(storage, one, shown), ...told };
      }
      told.deaths++;
      storage.off = true;
      storage = storage.afterKill();
      const [newest] = listCheckpoints(storage, FOLDER);
      const rewritten = newest === undefined ? undefined : circumstances.rewrite?.(storage, newest.path);
      restore = rewritten === undefined ? 'latest' : { path: rewritten };
    }
  } finally {
    setKillPointHook(null);
  }
}

function between(random: SeededRandom, lowest: number, highest: number): number {
  return lowest + random.nextInt(highest - lowest + 1);
}

function createDisk(one: RowsCase, splits: number, random: SeededRandom): FaultStorage {
  const storage = new FaultStorage();
  const folders = new Set(['/job/in', '/job', '/']);
  for (const [name, text] of Object.entries(splits === 1 ? caseFiles(one) : splitFiles(one, splits, random))) {
    const path = `/job/${name}`;
    const folder = path.slice(0, path.lastIndexOf('/'));
    storage.makeDirectory(folder);
    folders.add(folder);
    const file = storage.open(path, 'create');
    file.write(new TextEncoder().encode(text), 0);
    file.sync();
    file.close();
  }
  storage.makeDirectory('/job/in');
  for (const folder of folders) storage.syncDirectory(folder);
  return storage;
}

/** Every stream as files that follow each other, cut anywhere. */
function splitFiles(one: RowsCase, splits: number, random: SeededRandom): { readonly [path: string]: string } {
  const files: { [path: string]: string } = { ...one.files };
  for (const { id, input } of listInputs(one.inputs)) {
    const cuts = Array.from({ length: splits - 1 }, () => random.nextInt(input.rows.length + 1)).sort((a, b) => a - b);
    const bounds = [0, ...cuts, input.rows.length];
    for (let split = 0; split < splits; split++)
      files[`in/${id}/${split}.ndjson`] = printRows({ ...input, rows: input.rows.slice(bounds[split], bounds[split + 1]) });
  }
  return files;
}

function readOutputs(storage: FaultStorage, one: RowsCase, shown: readonly string[]): SimulatedAnswer['outputs'] {
  const ports = Object.keys(one.outputs);
  const outputs = ports.map((port) => [port, readLines(storage, `/job/written/${port}`).map(spellLine)] as const);
  if (ports.length > 0) return Object.fromEntries(outputs);
  return storage.exists('/job/out') ? { lines: readLines(storage, '/job/out') } : { shown };
}

function readLines(storage: FaultStorage, folder: string): string[] {
  const entries = storage.list(folder).filter((entry) => !entry.directory && !entry.name.startsWith('.'));
  const names = entries.map(({ name }) => name).sort();
  const texts = names.map((name) => new TextDecoder().decode(storage.bytes(`${folder}/${name}`)));
  return texts.flatMap((text) => text.split('\n').filter((line) => line !== ''));
}
