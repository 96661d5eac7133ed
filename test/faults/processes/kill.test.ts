/**
 * The product's command line, ended by SIGKILL at random moments and at every named step, and restarted with
 * `--restore latest`: the sorted output always equals a plain computation. `MILLRACE_KILLS` sets the number of random
 * kills (200 for a thorough run), `MILLRACE_SEED` the moments.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SeededRandom } from '../../../engine/base/random.ts';
import { describeDifference } from '../workload/file-pipeline.ts';
import { KILL_POINTS, ONCE_PER_LIFE } from './kill-points.ts';
import { copyEngine, createPipeline, type KilledPipeline, type Life, live, readOutput } from './killed-pipeline.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const KILLS = Number(process.env['MILLRACE_KILLS'] ?? 50);
const HITS_PER_POINT = 5;
const KILLS_PER_JOB = 5;
const POINTS_PER_JOB = 12;
const JOBS_AT_ONCE = 2;
const LIFE_MS = { least: 80, most: 900 } as const;

let directory = '';
let program = '';

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'millrace-kill-'));
  program = await copyEngine(path.join(directory, 'engine'));
});

afterAll(() => {
  if (process.env['MILLRACE_KEEP'] === undefined) rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

/** The sorted output must be the reference, byte for byte. */
function expectExact(pipeline: KilledPipeline, lives: readonly Life[], seed: number): void {
  const story = lives.map(({ output }) => output).join('— next life —\n');
  expect(lives[lives.length - 1].code, `job seed ${seed}\n${story}`).toBe(0);
  const difference = describeDifference(readOutput(pipeline), pipeline.expected);
  if (difference !== null) throw new Error(`job seed ${seed}: ${difference}\n${story}`);
  rmSync(pipeline.folder, { recursive: true, force: true });
}

/** Two jobs at a time: a process mostly waits for its pace and its disk. */
async function runJobs(job: (index: number) => Promise<boolean>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (await job(next++));
  };
  await Promise.all(Array.from({ length: JOBS_AT_ONCE }, lane));
}

test(`${KILLS} kills at random moments, seed ${SEED}`, { timeout: 60_000 + KILLS * 6000 }, async () => {
  const random = new SeededRandom(SEED);
  let kills = 0;
  await runJobs(async (job) => {
    if (kills >= KILLS) return false;
    const seed = SEED * 1000 + job;
    const pipeline = createPipeline(path.join(directory, `random-${job}`), program, seed);
    const lives: Life[] = [];
    for (let life = 0; life < KILLS_PER_JOB && lives[lives.length - 1]?.code !== 0; life++) {
      lives.push(await live(pipeline, LIFE_MS.least + random.nextInt(LIFE_MS.most - LIFE_MS.least), ''));
      if (lives[lives.length - 1].killed) kills++;
    }
    lives.push(await live(pipeline, null, ''));
    expectExact(pipeline, lives, seed);
    return true;
  });
  expect(kills).toBeGreaterThanOrEqual(KILLS);
});

test(`every named step ${HITS_PER_POINT} times`, { timeout: 400_000 }, async () => {
  const random = new SeededRandom(SEED + 1);
  const left: string[] = KILL_POINTS.flatMap((point) => Array.from({ length: HITS_PER_POINT }, () => point));
  const hits = new Map<string, number>();
  await runJobs(async (job) => {
    if (left.length === 0) return false;
    expect(job, `steps that are never passed: ${[...new Set(left)].join(', ')}`).toBeLessThan(60);
    const seed = SEED * 2000 + job;
    const pipeline = createPipeline(path.join(directory, `steps-${job}`), program, seed);
    const lives: Life[] = [];
    for (let life = 0; life < POINTS_PER_JOB && left.length > 0; life++) {
      const [point] = left.splice(random.nextInt(left.length), 1);
      const step = `${point}:${ONCE_PER_LIFE.has(point) ? 1 : 1 + random.nextInt(3)}`;
      lives.push(await live(pipeline, null, step));
      if (lives[lives.length - 1].killed) hits.set(point, (hits.get(point) ?? 0) + 1);
      else left.push(point);
      if (lives[lives.length - 1].code === 0) break;
    }
    lives.push(await live(pipeline, null, ''));
    expectExact(pipeline, lives, seed);
    return true;
  });
  for (const point of KILL_POINTS) expect(hits.get(point) ?? 0, point).toBeGreaterThanOrEqual(HITS_PER_POINT);
});
