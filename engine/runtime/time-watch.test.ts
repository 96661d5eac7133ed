/** Event time as a person asks for it: rows behind the watermark by what became of them, open windows, the sender that holds the watermark. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WrittenPipeline } from '../../test/support/line-pipeline.ts';
import { schemaOf, until, writeLine } from '../../test/support/line-pipeline.ts';
import { SeededRandom } from '../base/random.ts';
import type { NodeTime } from '../host/contract.ts';
import { createJobManager } from './job-manager.ts';
import type { JobManager } from './job-manager-api.ts';

const BASE_MS = Date.UTC(2026, 0, 1);
const DELAY_MS = 3000;

let folder = '';
let jobs: JobManager;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'millrace-time-'));
  jobs = createJobManager({ bundleFolder: path.resolve('build/engine'), warmWorkers: 2 });
});

afterAll(async () => {
  await jobs.close();
  rmSync(folder, { recursive: true, force: true });
});

/** file → event time → window → preview; `window` are settings of the window. */
function createPipeline(name: string, timesMs: readonly number[], window: object, source: object = {}): WrittenPipeline {
  const stamp = (ms: number) => new Date(BASE_MS + ms).toISOString().replace('T', ' ').replace('Z', '');
  const schema = schemaOf('id BIGINT', 'key STRING', 'at TIMESTAMP(3)');
  const nodes = [
    { id: 'in', type: 'file-source', config: { path: 'in.ndjson', schema, ...source } },
    { id: 'time', type: 'watermark', config: { time: { column: 'at', delay: `${DELAY_MS} ms` } } },
    { id: 'window', type: 'window-aggregate', config: { keys: ['key'], ...window } },
    { id: 'out', type: 'preview-sink', config: {} },
  ];
  const rows = timesMs.map((ms, id) => ({ id, key: `k${id % 5}`, at: stamp(ms) }));
  return writeLine(folder, name, nodes, rows);
}

async function timeWhen(runId: string, fits: (time: NodeTime) => boolean): Promise<NodeTime> {
  let time = jobs.time(runId, 'window');
  const isSo = () => {
    time = jobs.time(runId, 'window');
    return fits(time);
  };
  await until(isSo, () => `another answer than ${JSON.stringify(time)}`);
  return time;
}

/** The rule, row by row. */
function countByRule(timesMs: readonly number[], sizeMs: number, slideMs: number): { counted: number; missedSome: number; late: number } {
  let watermark = Number.NEGATIVE_INFINITY;
  const counts = { counted: 0, missedSome: 0, late: 0 };
  for (const ms of timesMs) {
    // A row's own watermark lies behind its own time, so it never decides about the row.
    const before = watermark;
    watermark = Math.max(watermark, ms - DELAY_MS);
    if (ms > before) continue;
    const ends: number[] = [];
    for (let start = Math.floor(ms / slideMs) * slideMs; start > ms - sizeMs; start -= slideMs) ends.push(start + sizeMs);
    const missed = ends.filter((end) => end - 1 <= before).length;
    if (missed === 0) counts.counted++;
    else if (missed < ends.length) counts.missedSome++;
    else counts.late++;
  }
  return counts;
}

const random = new SeededRandom(5);
const DISORDERED = Array.from(
  { length: 4000 },
  (_, index) => index * 20 - Math.floor((random.nextUint32() / 2 ** 32) ** 4 * 30_000) + 40_000,
);

test.each([
  ['sliding', { window: 'sliding', size: '10 s', slide: '2 s' }, 10_000, 2000],
  ['tumbling', { window: 'tumbling', size: '5 s' }, 5000, 5000],
])('%s windows: rows behind the watermark by what became of them, whatever the batches', async (name, window, sizeMs, slideMs) => {
  const wanted = countByRule(DISORDERED, sizeMs, slideMs);
  expect(Math.min(wanted.counted, wanted.late)).toBeGreaterThan(50);
  for (const batchRows of [1, 7, 4096]) {
    const pipeline = createPipeline(`${name}-${batchRows}`, DISORDERED, window);
    const { runId } = await jobs.start({ ...pipeline, options: { restore: 'none', parallelism: 1, batchRows } });
    await jobs.whenEnded(runId);
    const { counted, missedSome, late } = jobs.time(runId, 'window');
    expect({ counted, missedSome, late }, `batches of ${batchRows}`).toEqual(wanted);
  }
});

test('open windows and what they wait for, fired ones with their rows, late rows with their text', async () => {
  const pipeline = createPipeline('shown', DISORDERED, { window: 'sliding', size: '10 s', slide: '5 s' }, { rowsPerSecond: 600 });
  const { runId } = await jobs.start({ ...pipeline, options: { restore: 'none', parallelism: 1 } });
  const time = await timeWhen(runId, (each) => each.windows.some(({ state }) => state === 'fired') && each.rows.length > 3);
  const { watermark } = time;
  expect(watermark).toBeGreaterThan(BASE_MS);
  for (const { state, start, end, firesAt, keys, rowsOut } of time.windows) {
    expect(end - start).toBe(10_000);
    expect(firesAt).toBe(end - 1);
    expect(state === 'fired').toBe(firesAt <= (watermark ?? 0));
    // Five keys; the sum over parts that share them is at least the largest.
    expect(state === 'fired' ? rowsOut : keys).toBeGreaterThan(0);
    expect(state === 'fired' ? rowsOut : keys).toBeLessThanOrEqual(5);
  }
  expect(time.channels).toMatchObject([{ nodeId: 'time', subtask: 0, idle: false, ended: false }]);
  for (const { row, eventTime, outcome, missed, windows } of time.rows) {
    expect(Date.parse(`${JSON.parse(row).at.replace(' ', 'T')}Z`)).toBe(eventTime);
    expect(outcome).toBe(missed === 0 ? 'counted' : missed < windows ? 'missed-some' : 'late');
  }
  await jobs.stop(runId, 'discard');
});

test('a sender without rows holds the watermark, and is named', async () => {
  const pipeline = createPipeline('held', DISORDERED, { window: 'tumbling', size: '5 s' }, { follow: true });
  const { runId } = await jobs.start({ ...pipeline, options: { restore: 'none', parallelism: 2 } });
  const time = await timeWhen(runId, (each) => each.channels.length === 2 && each.channels.some(({ watermark }) => watermark !== null));
  expect(time.watermark).toBeNull();
  expect(time.windows.every(({ state }) => state === 'open')).toBe(true);
  const [holder] = time.channels.filter(({ watermark }) => watermark === null);
  expect(holder).toMatchObject({ nodeId: 'time', rows: 0, idle: false });
  expect(() => jobs.time(runId, 'nobody')).toThrow(expect.objectContaining({ code: 'MR5018' }));
  await jobs.stop(runId, 'discard');
});
