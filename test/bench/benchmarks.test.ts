/** Every benchmark runs, at a size that tells nothing about speed. */
import { expect, test } from 'vitest';
import { createNodeLoader } from '../../engine/runtime/workers/node-loader.ts';
import { measureChecks } from './checks.ts';
import { measureDeduplication } from './deduplicate-on-disk.ts';
import { type JobSlopes, measureFileToFile } from './file-to-file.ts';
import { windowJob } from './jobs.ts';
import { measureKeyedState } from './keyed-state.ts';
import { measureOperator } from './operators/measure-operator.ts';
import { OPERATOR_ROWS } from './operators/operator-rows.ts';
import { measureOverlayOfDrawing, measureOverlayOfFile } from './overlay.ts';
import { runningPipeline } from './running-pipeline.ts';
import { measureStart } from './start.ts';
import { measureStateOnDisk } from './state-on-disk.ts';
import { createReader } from './watchers.ts';

const TIMEOUT_MS = 60_000;
const EVENTS = 2000;
const loader = createNodeLoader();

test('from file to file, two workers', { timeout: TIMEOUT_MS }, async () => {
  const results: JobSlopes[] = [];
  const options = { jobs: [windowJob], workers: [2], small: EVENTS / 2, large: EVENTS, repetitions: 1, flink: false };
  await measureFileToFile(options, (slopes) => results.push(slopes));
  expect(results.map(({ job, ours, flink }) => [job.name, ours.get(2)?.length, flink.length])).toEqual([['window', 1, 0]]);
});

test('start to the first row', { timeout: TIMEOUT_MS }, async () => {
  const { ms } = await measureStart({ starts: 2, events: EVENTS });
  expect(ms.length).toBe(2);
  expect(Math.min(...ms)).toBeGreaterThan(0);
});

test('checkpoint pause and bytes per key', { timeout: TIMEOUT_MS }, async () => {
  const figures = await measureKeyedState({ keys: 1000, checkpoints: 2 });
  expect(figures.pausesMs.length).toBe(2);
  expect(figures.stateKeys).toBe(1000);
  // A key and three accumulators of eight bytes are in each checkpoint.
  expect(figures.checkpointBytes).toBeGreaterThan(32 * 1000);
  expect(figures.stateBytes).toBeGreaterThan(32 * 1000);
});

test('state on disk', { timeout: TIMEOUT_MS }, async () => {
  const { memory, disk } = await measureStateOnDisk({ keys: 30_000, rowsPerKey: 2, megabytes: [1] });
  expect([memory.code, ...[...disk.values()].map(({ code }) => code)]).toEqual([0, 0]);
  const speeds = measureDeduplication({ rows: 8 * 4096, keys: 20_000, budgets: [null, 100_000] });
  for (const { place, millionRowsPerSecond } of speeds) expect(millionRowsPerSecond, place).toBeGreaterThan(0);
});

test.runIf(process.platform === 'linux')('watched and unwatched', { timeout: TIMEOUT_MS }, async () => {
  const file = await measureOverlayOfFile({ watcher: createReader, warmUpPairs: 0, pairs: 1, events: EVENTS });
  expect([file.cpuRatios.length, file.wallRatios.length, file.mainShares.length]).toEqual([1, 1, 1]);
  const document = runningPipeline({ columns: 8, rows: 2 }, { parallelism: 1, rowsPerSecond: 20, checkpointInterval: '10 s' });
  const drawing = await measureOverlayOfDrawing({ watcher: createReader, warmUpPairs: 0, pairs: 1, document, turnMs: 200 });
  expect(drawing.cpuRatios.length).toBe(1);
});

test('checks of a drawing', { timeout: TIMEOUT_MS }, () => {
  const { firstMs, keystrokeMs } = measureChecks({ nodes: 20, repetitions: 2 });
  expect([firstMs.length, keystrokeMs.length]).toEqual([2, 2]);
});

test.each(OPERATOR_ROWS.map((row) => ({ ...row })))('$node alone: $setting', { timeout: TIMEOUT_MS }, async (row) => {
  const { rowsPerSecond } = await measureOperator(row, loader, { rows: 4096, repetitions: 0 });
  expect(rowsPerSecond).toBeGreaterThan(0);
});
