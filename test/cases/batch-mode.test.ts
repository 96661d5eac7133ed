/**
 * Run as a batch, every node of the catalogue gives the final answer of the stream: the same rows where a stream says each result once;
 * of those that speak before they know all, only what they say last. The same again with its rows on disk, key by key, and killed.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPipeline } from '../../engine/runtime/load-pipeline.ts';
import { PRODUCT_LOADER } from '../faults/simulation/product-job.ts';
import { hasLateRows } from './generate-input.ts';
import { loadCases } from './load-cases.ts';
import { casesThatRun } from './properties.ts';
import { type Circumstances, loadCaseModules, type SimulatedAnswer, simulateCase } from './simulated-case.ts';

const FIRST_SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const PLAIN = { batchRowsMin: 2, batchRowsMax: 2, deathsMax: 0, stepsMax: 1 };

const loaded = await loadCases();
const compared = { same: 0, fewer: 0, deaths: 0 };

beforeAll(async () => {
  for (const { definition, cases } of loaded) for (const one of casesThatRun(cases)) await loadCaseModules(PRODUCT_LOADER, definition, one);
});

/** No row is late in a batch, so those cases have another answer; what comes from outside has no end. */
const trials = loaded.flatMap(({ definition, cases }) =>
  casesThatRun(cases)
    .filter((one) => !hasLateRows(one.inputs) && !one.shows.includes('late'))
    .filter(() => definition.execution !== 'source' || definition.bounded !== undefined)
    .map((one) => [definition.type, one.name, definition, one] as const),
);

describe('a batch', () => {
  it.each(trials)('%s: %s', { timeout: 60_000 }, (_type, _name, definition, one) => {
    const parallelismMax = one.parallel === false ? 1 : 2;
    const seed = FIRST_SEED;
    const stream = sorted(simulateCase(PRODUCT_LOADER, definition, one, { ...PLAIN, seed, parallelismMax: 1 }).outputs);
    const run = (more: Partial<Circumstances>) =>
      simulateCase(PRODUCT_LOADER, definition, one, { ...PLAIN, seed, parallelismMax, job: { mode: 'automatic' }, ...more });
    const batch = sorted(run({}).outputs);
    // Killed, it begins anew, for it takes no checkpoints; a row that was shown is shown again.
    const shown = Object.keys(one.outputs).length === 0;
    const again = run({ keyByKey: true, deathsMax: shown ? 0 : 3, stepsMax: 300 });
    expect(sorted(again.outputs)).toEqual(batch);
    expect(again.checkpoints).toBeLessThanOrEqual(1);
    compared.deaths += again.deaths;
    if (JSON.stringify(batch) === JSON.stringify(stream)) {
      compared.same++;
      return;
    }
    compared.fewer++;
    for (const [port, rows] of Object.entries(batch))
      expect(missingFrom(rows, stream[port] ?? []), `${port}: said by no stream`).toEqual([]);
    expect(count(batch), 'fewer rows, none made up').toBeLessThan(count(stream));
    expect(speaksEarly(one.config), 'only what speaks before the end says less').toBe(true);
  });

  it('says the same in nearly all cases, and was killed in most', () => {
    expect(compared.same).toBeGreaterThan(5 * compared.fewer);
    expect(compared.deaths).toBeGreaterThan(compared.same);
  });
});

function speaksEarly(config: object): boolean {
  return JSON.stringify(config).match(/every|early|trigger|fire|continuous|clock|processing/i) !== null;
}

function sorted(outputs: SimulatedAnswer['outputs']): { readonly [port: string]: readonly string[] } {
  return Object.fromEntries(Object.entries(outputs).map(([port, rows]) => [port, [...rows].sort()]));
}

function missingFrom(rows: readonly string[], all: readonly string[]): readonly string[] {
  const left = [...all];
  return rows.filter((row) => {
    const at = left.indexOf(row);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function count(outputs: { readonly [port: string]: readonly string[] }): number {
  return Object.values(outputs).reduce((sum, rows) => sum + rows.length, 0);
}

const documentOf = (mode: string) => ({
  format: 'millrace-pipeline',
  version: 1,
  id: 'endless',
  name: 'endless',
  job: { mode },
  nodes: [
    { id: 'in', type: 'file-source', config: { path: 'x.ndjson', follow: true, schema: [{ name: 'id', type: 'BIGINT' }] } },
    { id: 'out', type: 'print-sink', config: {} },
  ],
  edges: [{ id: 'e', from: { node: 'in', port: 'out' }, to: { node: 'out', port: 'in' } }],
});

it('a source without an end is refused by name as a batch, and runs as a stream where the choice is ours', () => {
  const load = (mode: string) => () =>
    loadPipeline({ path: '/job/p.json', text: JSON.stringify(documentOf(mode)), options: { restore: 'none' } });
  expect(load('batch')).toThrow(/MR2321 \[in\]/);
  expect(load('automatic')).not.toThrow();
});
