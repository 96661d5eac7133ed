/** Runs one pipeline through the built command line in a process of its own and measures the whole process. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = process.env.MILLRACE_ROOT ?? process.cwd();
/** Inputs, outputs and checkpoints of benchmarks; ignored by git. */
export const BENCH_FOLDER = path.join(ROOT, 'build', 'bench');

export interface Usage {
  /** User and system time of the process, all threads, JIT and garbage collection included. */
  readonly cpuSeconds: number;
  /** From spawn to exit. */
  readonly wallSeconds: number;
}

/** Written into a file by a preloaded script when the measured process exits. */
const REPORTER = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeFileSync(process.env.MILLRACE_BENCH_USAGE, JSON.stringify((user + system) / 1e6));
});`;

/** Starts `millrace` with `programArguments`; throws with its last output when it does not exit with 0. */
export async function measureCommandLine(programArguments: readonly string[], name: string): Promise<Usage> {
  mkdirSync(BENCH_FOLDER, { recursive: true });
  const reporter = path.join(BENCH_FOLDER, 'report-usage.cjs');
  const usageFile = path.join(BENCH_FOLDER, `${name}.usage.json`);
  writeFileSync(reporter, REPORTER);
  rmSync(usageFile, { force: true });
  const commandLine = path.join(ROOT, 'build', 'engine', 'cli.cjs');
  const startedAt = performance.now();
  const { code, tail } = await runToEnd(process.execPath, ['--require', reporter, commandLine, ...programArguments], {
    ...process.env,
    MILLRACE_BENCH_USAGE: usageFile,
  });
  const wallSeconds = (performance.now() - startedAt) / 1000;
  if (code !== 0) throw new Error(`millrace ${programArguments.join(' ')} ended with ${code}:\n${tail}`);
  const cpuSeconds = Number(readFileSync(usageFile, 'utf8'));
  rmSync(usageFile);
  return { cpuSeconds, wallSeconds };
}

/** Runs a program and keeps the end of what it printed. */
export async function runToEnd(
  program: string,
  programArguments: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ code: number | null; tail: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, programArguments, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let tail = '';
    const keep = (chunk: Buffer) => {
      tail = (tail + chunk.toString()).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, tail }));
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The smallest value that `share` of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}
