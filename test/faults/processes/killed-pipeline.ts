/** Runs a pipeline of the product's nodes with the product's command line, to its end or until it is killed. */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFilePipeline, describeOutput } from '../workload/file-pipeline.ts';

/** Slow enough for a dozen checkpoints in one life. */
const SHAPE = { files: 6, rowsPerFile: 4000, keys: 9, rowsPerSecond: 24_000, rollMegabytes: 0.001 } as const;
const PROCESS_MS_MAX = 60_000;
const COPY_TRIES = 100;
const COPY_PAUSE_MS = 100;

/** A folder with `pipeline.json` and its `data`; it writes to `out`. */
export interface ProgramPlace {
  readonly folder: string;
  readonly program: string;
}

export interface KilledPipeline extends ProgramPlace {
  readonly expected: readonly string[];
}

export interface LifeOptions {
  /** Behind those that every life has, which they may change. */
  readonly flags?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** Asked whenever the process says something; true: it is killed. */
  readonly killWhen?: (said: string) => boolean;
}

export interface Life {
  readonly killed: boolean;
  readonly code: number | null;
  readonly output: string;
}

/**
 * A copy of the engine's bundles, all of one build: another build may replace them while a test runs, or while they are
 * copied. Returns the program to start.
 */
export async function copyEngine(folder: string): Promise<string> {
  for (let tries = 0; tries < COPY_TRIES; tries++) {
    const stamp = readStamp();
    if (stamp !== null) {
      rmSync(folder, { recursive: true, force: true });
      cpSync('build/engine', folder, { recursive: true, filter: (source) => !source.endsWith('.tmp') });
      if (readStamp() === stamp) return path.join(folder, 'cli.cjs');
    }
    await sleep(COPY_PAUSE_MS);
  }
  throw new Error('build/engine is not there or keeps changing');
}

/** Null while bundles are being replaced: there is no stamp then; see scripts/build.mjs. */
function readStamp(): string | null {
  try {
    return readFileSync('build/stamps/engine', 'utf8') || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return null;
  }
}

export function createPipeline(folder: string, program: string, seed: number): KilledPipeline {
  const { document, inputs, expected } = createFilePipeline({ seed, ...SHAPE });
  mkdirSync(path.join(folder, 'data'), { recursive: true });
  for (const [name, text] of inputs) writeFileSync(path.join(folder, 'data', name), text);
  writeFileSync(path.join(folder, 'pipeline.json'), document);
  return { folder, program, expected };
}

/** One life of the engine's process: to its end, to `killAfterMs`, or to the named point (`name:times`). */
export async function live(pipeline: ProgramPlace, killAfterMs: number | null, point: string, options: LifeOptions = {}): Promise<Life> {
  const { flags = [], environment = {}, killWhen = () => false } = options;
  const always = ['--parallelism', '2', '--restore', 'latest', '--checkpoint-interval', '20ms'];
  const programArguments = ['run', 'pipeline.json', ...always, ...flags];
  return new Promise((resolve) => {
    let output = `${point}${killAfterMs === null ? '' : ` killed after ${killAfterMs} ms`}\n`;
    const child = spawn(process.execPath, [pipeline.program, ...programArguments], {
      cwd: pipeline.folder,
      env: { ...process.env, ...environment, MILLRACE_KILL_POINT: point },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const collect = (chunk: Buffer): void => {
      const said = chunk.toString();
      output += said;
      if (killWhen(said)) child.kill('SIGKILL');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs ?? PROCESS_MS_MAX);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ killed: signal === 'SIGKILL', code, output });
    });
  });
}

/** What a reader of the output folder sees, in the form of `expected`. */
export function readOutput(pipeline: KilledPipeline): string[] {
  return describeOutput(outputFiles(pipeline).map((file) => readFileSync(file, 'utf8')));
}

/** The same, each line as it stands there. */
export function readLines(place: ProgramPlace): string[] {
  return outputFiles(place)
    .flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(0, -1))
    .sort();
}

function outputFiles(place: ProgramPlace): string[] {
  const folder = path.join(place.folder, 'out');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.ndjson') && !name.startsWith('.'));
  return names.map((name) => path.join(folder, name));
}
