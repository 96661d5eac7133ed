/**
 * Every node of the catalogue answers the same whatever the size of batches, the parallelism, deaths and restores at another
 * parallelism, the splits its input comes in, and the order of rows within the watermark's bound: its own cases, and made
 * rows in their columns. A new node is covered by being there; what it may not hold stands in its cases, with the reason.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { PRODUCT_LOADER } from '../faults/simulation/product-job.ts';
import { keepsState, type LoadedCases, loadCases } from './load-cases.ts';
import { casesThatRun, type Trial, tryCase, untriedProperties } from './properties.ts';
import { loadCaseModules } from './simulated-case.ts';

const FIRST_SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const SEEDS = Number(process.env['MILLRACE_SEEDS'] ?? 1);
const TIMEOUT_MS = 60_000 * SEEDS;

const loaded = await loadCases();
const trials = new Map<string, Trial[]>(loaded.map(({ definition }) => [definition.type, []]));

beforeAll(async () => {
  for (const { definition, cases } of loaded) for (const one of casesThatRun(cases)) await loadCaseModules(PRODUCT_LOADER, definition, one);
});

describe.each(loaded.filter(({ cases }) => casesThatRun(cases).length > 0))('$definition.type', ({ definition, cases }) => {
  it.each(casesThatRun(cases))('$name', { timeout: TIMEOUT_MS }, (one) => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      const tried = tryCase(PRODUCT_LOADER, definition, cases, one, seed);
      const different = tried.filter(({ difference }) => difference !== null);
      expect(
        different.map(({ property, difference }) => `${property}: ${difference}`),
        `MILLRACE_SEED=${seed}`,
      ).toEqual([]);
      trials.get(definition.type)?.push(...tried);
    }
  });
});

/** Nothing is proven by comparing nothing: each property was tried on rows, or every case says why not. */
it.each(loaded.map((each) => [each.definition.type, each] as const))('%s was compared', (type, { definition, cases }: LoadedCases) => {
  if (casesThatRun(cases).every((one) => one.shows.includes('empty'))) {
    expect(cases.cannotShow?.ordinary, 'a node without cases says why').toBeDefined();
    return;
  }
  const tried = trials.get(type) ?? [];
  expect(untriedProperties(cases, tried)).toEqual([]);
  expect(tried.filter(({ rows }) => rows > 0).length).toBeGreaterThan(0);
  const restores = tried.reduce((sum, trial) => sum + trial.restores, 0);
  if (keepsState(definition) && tried.some(({ property }) => property === 'restore'))
    expect(restores, 'went on from checkpoints').toBeGreaterThan(0);
});

it('went on from checkpoints at another parallelism', () => {
  const all = [...trials.values()].flat();
  expect(all.reduce((sum, trial) => sum + trial.restores, 0)).toBeGreaterThan(loaded.length);
  expect(all.reduce((sum, trial) => sum + trial.rescales, 0)).toBeGreaterThan(loaded.length);
});
