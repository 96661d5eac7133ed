/**
 * Every case of every node that keeps state, in one thread, killed at random steps and continued from the latest checkpoint at
 * another parallelism and with other batches: the rows of the case come out, each once. A new node is covered by being there.
 * Nodes whose state may lie on disk run with it there too, in lives that take turns with those that keep it in memory.
 */
import { beforeAll, expect, test } from 'vitest';
import { mix32, SeededRandom } from '../../../engine/base/random.ts';
import { loadPipeline } from '../../../engine/runtime/load-pipeline.ts';
import { createPlan, modulesOfGraph } from '../../../engine/runtime/plan/create-plan.ts';
import type { AnyNode } from '../../../engine/spec/define-node.ts';
import type { RowsCase } from '../../../engine/spec/node-cases.ts';
import { caseFiles, casePipeline } from '../../cases/case-pipeline.ts';
import { keepsState, loadCases } from '../../cases/load-cases.ts';
import { mayBeOnDisk, withoutMemory } from '../../cases/on-disk.ts';
import { expectedRows, spellLine } from '../../cases/run-case.ts';
import { FaultStorage } from '../storage/fault-storage.ts';
import { PRODUCT_FOLDER, PRODUCT_LOADER, PRODUCT_OPTIONS } from './product-job.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { runUntil, startRun } from './simulated-job.ts';
import { SimulatedWorld } from './simulated-world.ts';

const FIRST_SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const SEEDS = Number(process.env['MILLRACE_SEEDS'] ?? 2);
const DEATHS_MAX = 4;
/** Cases are small: most deaths fall between the first row and the last. */
const STEPS_MAX = 250;
const PATH = '/job/pipeline.json';

/** Nodes whose rows depend on rows before them, and cases whose answer does not depend on when a watermark came. */
const cases = (await loadCases())
  .filter(({ definition }) => keepsState(definition))
  .flatMap(({ definition, cases: { rows } }) =>
    rows
      .filter((one) => one.parallel !== false && one.fails === undefined && !one.shows.includes('late'))
      .flatMap((one) => [
        [definition.type, one.name, definition, one, 'memory'] as const,
        ...(mayBeOnDisk(definition, one) ? [[definition.type, `${one.name}, on disk`, definition, one, 'disk'] as const] : []),
      ]),
  );

function load(
  definition: AnyNode,
  one: RowsCase,
  stateBackend: string,
  parallelism: number,
  batchRows: number,
): ReturnType<typeof loadPipeline> {
  const job = { restartStrategy: 'none', stateBackend };
  const document = casePipeline(definition, one.config, one.inputs, Object.keys(one.outputs), job);
  return loadPipeline({
    trusted: true,
    path: PATH,
    text: JSON.stringify(document),
    options: { restore: 'latest', parallelism, batchRows },
  });
}

function createDisk(one: RowsCase): FaultStorage {
  const storage = new FaultStorage();
  storage.makeDirectory('/job/in');
  for (const [name, text] of Object.entries(caseFiles(one))) {
    const file = storage.open(`/job/${name}`, 'create');
    file.write(new TextEncoder().encode(text), 0);
    file.sync();
    file.close();
  }
  for (const folder of ['/job/in', '/job', '/']) storage.syncDirectory(folder);
  return storage;
}

function readPort(storage: FaultStorage, port: string): string[] {
  const folder = `/job/written/${port}`;
  const names = storage.list(folder).filter((entry) => !entry.directory && entry.name.endsWith('.ndjson'));
  const texts = names.map(({ name }) => new TextDecoder().decode(storage.bytes(`${folder}/${name}`)));
  return texts
    .flatMap((text) =>
      text
        .split('\n')
        .filter((line) => line !== '')
        .map(spellLine),
    )
    .sort();
}

const survived = { deaths: 0, checkpoints: 0, spilled: 0 };

/** The rows by port, at the end of the last life. */
function live(seed: number, definition: AnyNode, one: RowsCase, place: 'memory' | 'disk'): { readonly [port: string]: readonly string[] } {
  const random = new SeededRandom(mix32(seed));
  const clock = new SimulatedClock();
  let storage = createDisk(one);
  for (let life = 0; ; life++) {
    const backend = place === 'disk' && random.nextInt(4) > 0 ? 'disk' : 'memory';
    const { graph, settings } = load(definition, one, backend, 1 + random.nextInt(3), 1 + random.nextInt(3));
    const plan = withoutMemory(createPlan(graph, settings, (type) => PRODUCT_LOADER.module(type)));
    storage.fault = (operation, path) => {
      if (operation === 'write' && path.endsWith('.run')) survived.spilled++;
      return null;
    };
    const world = new SimulatedWorld(seed * 1000 + life, life + 1, storage, clock, PRODUCT_LOADER);
    world.watchKillPoints(null, 0);
    const job = startRun(world, plan, PRODUCT_OPTIONS);
    const lastStep = life < DEATHS_MAX ? random.nextInt(STEPS_MAX) : Number.POSITIVE_INFINITY;
    runUntil(world, job, (step) => step >= lastStep);
    survived.checkpoints += job.run.checkpointsComplete;
    if (job.run.hasEnded()) {
      if (job.run.phase !== 'finished') throw new Error(`${job.run.phase} in life ${life}: ${job.log.join('\n')}`);
      expect(
        storage.list(PRODUCT_FOLDER).filter(({ name }) => name.startsWith('spill')),
        'state left on disk',
      ).toEqual([]);
      return Object.fromEntries(Object.keys(one.outputs).map((port) => [port, readPort(storage, port)]));
    }
    survived.deaths++;
    storage.off = true;
    storage = storage.afterKill();
  }
}

beforeAll(async () => {
  for (const [, , definition, one] of cases) await PRODUCT_LOADER.load(modulesOfGraph(load(definition, one, 'memory', 1, 1).graph));
});

test.each(cases)('%s: %s', { timeout: 120_000 }, (_type, _name, definition, one, place) => {
  const expected = Object.fromEntries(Object.entries(one.outputs).map(([port, rows]) => [port, expectedRows(rows)]));
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++)
    expect(live(seed, definition, one, place), `MILLRACE_SEED=${seed}`).toEqual(expected);
});

test('there were deaths, and checkpoints to go on from', () => {
  expect(survived.deaths).toBeGreaterThan(cases.length);
  expect(survived.checkpoints).toBeGreaterThan(cases.length);
  expect(survived.spilled).toBeGreaterThan(cases.filter(([, , , , place]) => place === 'disk').length);
});
