/** Rows in → rows out, of every case of every node, through the engine at several batch sizes and parallelisms. */
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createJobManager } from '../../engine/runtime/job-manager.ts';
import { REPOSITORY } from '../support/source-files.ts';
import { loadCases } from './load-cases.ts';
import type { RunSettings } from './run-case.ts';
import { expectedRows, runCase } from './run-case.ts';

const SETTINGS: readonly RunSettings[] = [1, 2, 3].flatMap((parallelism) => [4096, 7, 1].map((batchRows) => ({ batchRows, parallelism })));

const manager = createJobManager({ bundleFolder: path.join(REPOSITORY, 'build/engine') });
afterAll(() => manager.close());
const loaded = await loadCases();

describe.each(loaded.filter(({ cases }) => cases.rows.length > 0))('$definition.type', ({ definition, cases }) => {
  it.each(cases.rows)('$name', async (one) => {
    for (const settings of SETTINGS) {
      if (settings.parallelism > 1 && one.parallel === false) continue;
      const answer = await runCase(manager, definition, one, settings);
      const told = JSON.stringify(settings);
      if (one.fails !== undefined) {
        expect(answer.error, told).toMatch(new RegExp(`^${one.fails}`));
        continue;
      }
      expect(answer.error, told).toBeNull();
      const expected = Object.entries(one.outputs).map(([port, rows]) => [port, expectedRows(rows)] as const);
      expect(answer.outputs, told).toEqual(Object.fromEntries(expected));
      if (one.lines !== undefined) expect(answer.lines, told).toEqual([...one.lines].sort());
    }
  });
});
