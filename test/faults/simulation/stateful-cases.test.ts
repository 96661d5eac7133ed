/**
 * Every case of every node that keeps state, in one thread, killed at random steps and continued from the latest checkpoint at
 * another parallelism and with other batches: the rows of the case come out, each once. A new node is covered by being there.
 */
import { beforeAll, expect, test } from 'vitest';
import type { AnyNode } from '../../../engine/spec/define-node.ts';
import { loadCases } from '../../cases/load-cases.ts';
import { expectedRows } from '../../cases/run-case.ts';
import { loadCaseModules, simulateCase } from '../../cases/simulated-case.ts';
import { PRODUCT_LOADER } from './product-job.ts';

const FIRST_SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const SEEDS = Number(process.env['MILLRACE_SEEDS'] ?? 2);
/** Cases are small: most deaths fall between the first row and the last. */
const LIVES = { parallelismMax: 3, batchRowsMax: 3, deathsMax: 4, stepsMax: 250 };

/** Nodes whose rows depend on rows before them, and cases whose answer does not depend on when a watermark came. */
const cases = (await loadCases())
  .filter(({ definition }) => keepsState(definition))
  .flatMap(({ definition, cases: { rows, varies } }) =>
    rows
      .filter((one) => one.parallel !== false && one.fails === undefined && !one.shows.includes('late'))
      .filter((one) => (one.varies?.restore ?? varies?.restore) === undefined)
      .map((one) => [definition.type, one.name, definition, one] as const),
  );

function keepsState({ execution, inputs }: AnyNode): boolean {
  return execution === 'operator' && inputs.some((port) => port.keyedBy !== undefined);
}

const survived = { deaths: 0, checkpoints: 0 };

beforeAll(async () => {
  for (const [, , definition, one] of cases) await loadCaseModules(PRODUCT_LOADER, definition, one);
});

test.each(cases)('%s: %s', { timeout: 120_000 }, (_type, _name, definition, one) => {
  const expected = Object.fromEntries(Object.entries(one.outputs).map(([port, rows]) => [port, expectedRows(rows)]));
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
    const { outputs, deaths, checkpoints } = simulateCase(PRODUCT_LOADER, definition, one, { ...LIVES, seed });
    const sorted = Object.fromEntries(Object.entries(outputs).map(([port, rows]) => [port, [...rows].sort()]));
    expect(sorted, `MILLRACE_SEED=${seed}`).toEqual(expected);
    survived.deaths += deaths;
    survived.checkpoints += checkpoints;
  }
});

test('there were deaths, and checkpoints to go on from', () => {
  expect(survived.deaths).toBeGreaterThan(cases.length);
  expect(survived.checkpoints).toBeGreaterThan(cases.length);
});
