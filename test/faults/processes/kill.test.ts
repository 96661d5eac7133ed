/**
 * The engine's own processes, threads and files, ended by SIGKILL: at random moments and at every named step. What the
 * sink shows in the end is what a plain computation says. `MILLRACE_KILLS` sets the number of random kills.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNodeStorage } from '../../../engine/base/node-storage.ts';
import { SeededRandom } from '../../../engine/base/random.ts';
import { KEYS, WINDOW_MS } from '../simulation/simulated-job.ts';
import { expectedWindows } from '../workload/rows.ts';
import { committedLines } from '../workload/staged-sink.ts';
import { bundleWorkload } from './bundle-workload.ts';
import type { WorkloadSettings } from './workload-process.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const KILLS = Number(process.env['MILLRACE_KILLS'] ?? 50);
const KILLS_PER_JOB = 5;
const HITS_PER_POINT = 5;
const EVENTS = 30_000;
const LIFE_MS_MAX = 700;
const PROCESS_MS_MAX = 60_000;

/** Every named step of checkpoint, commit and restore that this job passes. */
export const POINTS = [
  'owner.taken',
  'restore.chosen',
  'sink.discarded',
  'restore.committed',
  'restore.opened',
  'checkpoint.triggered',
  'sink.stage.created',
  'sink.stage.written',
  'checkpoint.snapshot.received',
  'checkpoint.outputs.synced',
  'checkpoint.folder.made',
  'checkpoint.state.created',
  'checkpoint.state.half',
  'checkpoint.state.written',
  'checkpoint.state.synced',
  'checkpoint.states.complete',
  'checkpoint.entries.synced',
  'checkpoint.manifest.created',
  'checkpoint.manifest.half',
  'checkpoint.manifest.written',
  'checkpoint.manifest.synced',
  'checkpoint.manifest.renamed',
  'checkpoint.complete',
  'commit.before',
  'sink.commit.one',
  'sink.commit.renamed',
  'sink.commit.synced',
  'commit.after',
  'checkpoint.collect.half',
  'checkpoint.collect.removed',
];

let bundle = '';
let directory = '';

beforeAll(async () => {
  bundle = await bundleWorkload();
  directory = mkdtempSync(path.join(tmpdir(), 'millrace-kill-'));
});

afterAll(() => {
  rmSync(bundle, { recursive: true, force: true });
  rmSync(directory, { recursive: true, force: true });
});

interface Life {
  readonly signal: string | null;
  readonly code: number | null;
  readonly output: string;
}

/** Runs the process until it ends, is killed after `killAfterMs`, or kills itself at a named point. */
async function live(settings: WorkloadSettings, killAfterMs: number | null, point: string): Promise<Life> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(process.execPath, [path.join(bundle, 'process.cjs'), JSON.stringify(settings)], {
      env: { ...process.env, MILLRACE_KILL_POINT: point },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs ?? PROCESS_MS_MAX);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ signal, code, output });
    });
  });
}

function newJob(name: string, seed: number): WorkloadSettings {
  const folder = path.join(directory, name);
  mkdirSync(path.join(folder, 'out'), { recursive: true });
  return { directory: folder, seed, events: EVENTS, parallelism: 2, batchRows: 64, intervalMs: 20, pauses: false };
}

function expectExact(settings: WorkloadSettings, lives: readonly Life[]): void {
  const last = lives[lives.length - 1];
  expect(last.code, `seed ${settings.seed}: ${last.output}`).toBe(0);
  const lines = committedLines(createNodeStorage(), path.join(settings.directory, 'out'));
  const expected = expectedWindows(settings.seed, EVENTS, KEYS, WINDOW_MS);
  const story = lives.map(({ output }) => output).join('— killed —\n');
  expect(lines.join('\n') === expected.join('\n'), `seed ${settings.seed}: ${lines.length} lines, ${expected.length} expected\n${story}`).toBe(true);
}

test(`${KILLS} kills at random moments, seed ${SEED}`, { timeout: 20_000 + KILLS * 4000 }, async () => {
  const random = new SeededRandom(SEED);
  let kills = 0;
  for (let job = 0; kills < KILLS; job++) {
    const settings = newJob(`random-${job}`, SEED * 1000 + job);
    const lives: Life[] = [];
    for (let life = 0; life < KILLS_PER_JOB; life++) {
      lives.push(await live(settings, 60 + random.nextInt(LIFE_MS_MAX), ''));
      if (lives[lives.length - 1].signal === 'SIGKILL') kills++;
    }
    lives.push(await live(settings, null, ''));
    expectExact(settings, lives);
  }
  expect(kills).toBeGreaterThanOrEqual(KILLS);
});

test(`every named point, ${HITS_PER_POINT} times`, { timeout: 170_000 }, async () => {
  const random = new SeededRandom(SEED + 1);
  const left = POINTS.flatMap((point) => Array.from({ length: HITS_PER_POINT }, () => point));
  const hits = new Map<string, number>();
  for (let job = 0; left.length > 0; job++) {
    const settings = newJob(`points-${job}`, SEED * 2000 + job);
    const lives: Life[] = [await live(settings, 350, '')];
    for (let life = 0; life < 10 && left.length > 0; life++) {
      const [point] = left.splice(random.nextInt(left.length), 1);
      const lived = await live(settings, null, `${point}:${1 + random.nextInt(2)}`);
      lives.push(lived);
      if (lived.signal === 'SIGKILL') hits.set(point, (hits.get(point) ?? 0) + 1);
      else left.push(point);
      if (lived.code === 0) break;
    }
    lives.push(await live(settings, null, ''));
    expectExact(settings, lives);
    expect(job, `points that were never passed: ${[...new Set(left)].join(', ')}`).toBeLessThan(100);
  }
  for (const point of POINTS) expect(hits.get(point) ?? 0, point).toBeGreaterThanOrEqual(HITS_PER_POINT);
});
