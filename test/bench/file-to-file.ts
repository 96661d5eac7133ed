/** Seconds per million rows from file to file, as the slope between a smaller and a larger input, checkpoints on. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type FlinkCluster, startFlinkCluster } from './flink-cluster.ts';
import type { BenchJob } from './jobs.ts';
import { BENCH_FOLDER, measureCommandLine, median, type Usage } from './measured-run.ts';
import { bidsFile } from './nexmark-bids.ts';

interface Input {
  readonly file: string;
  readonly rows: number;
}
type Inputs = readonly [Input, Input];

export interface Slope {
  readonly cpu: number;
  readonly wall: number;
}

export interface FileToFileOptions {
  readonly jobs: readonly BenchJob[];
  readonly workers: readonly number[];
  /** Rows of the two inputs the slope is between. */
  readonly small: number;
  readonly large: number;
  readonly repetitions: number;
  /** Also on real Flink, alternately, where it is installed. */
  readonly flink: boolean;
}

export interface JobSlopes {
  readonly job: BenchJob;
  readonly ours: ReadonlyMap<number, readonly Slope[]>;
  readonly flink: readonly Slope[];
}

/** `done` is told of each job as soon as it has been measured. */
export async function measureFileToFile(options: FileToFileOptions, done: (slopes: JobSlopes) => void): Promise<void> {
  const { small, large } = options;
  const inputs: Inputs = [
    { file: await bidsFile(small), rows: small },
    { file: await bidsFile(large), rows: large },
  ];
  const cluster = options.flink ? await startFlinkCluster() : null;
  try {
    for (const job of options.jobs) done(await measureJob(job, inputs, options, cluster));
  } finally {
    await cluster?.stop();
  }
}

async function measureJob(job: BenchJob, inputs: Inputs, options: FileToFileOptions, cluster: FlinkCluster | null): Promise<JobSlopes> {
  const ours = new Map<number, Slope[]>(options.workers.map((workers) => [workers, []]));
  const flink: Slope[] = [];
  for (let repetition = 0; repetition < options.repetitions; repetition++) {
    for (const [workers, slopes] of ours) slopes.push(await slopeOf(inputs, (input) => runOurs(job, input, workers)));
    if (cluster !== null) flink.push(await slopeOf(inputs, (input) => cluster.run(job, input.file, input.rows)));
  }
  return { job, ours, flink };
}

async function slopeOf(inputs: Inputs, run: (input: Input) => Promise<Usage>): Promise<Slope> {
  const small = await run(inputs[0]);
  const large = await run(inputs[1]);
  const millions = (inputs[1].rows - inputs[0].rows) / 1e6;
  return { cpu: (large.cpuSeconds - small.cpuSeconds) / millions, wall: (large.wallSeconds - small.wallSeconds) / millions };
}

export function printJob({ job, ours, flink }: JobSlopes, { small, large, repetitions }: FileToFileOptions): void {
  const wall = (slopes: readonly Slope[]) => median(slopes.map((entry) => entry.wall));
  const cpu = (slopes: readonly Slope[]) => median(slopes.map((entry) => entry.cpu));
  console.log(
    `${job.title}: seconds per million rows, slope ${small / 1e6} M to ${large / 1e6} M, median of ${repetitions} (lowest to highest)`,
  );
  for (const [workers, slopes] of ours) console.log(`  ${workers} worker${workers > 1 ? 's' : ' '}  ${printed(slopes)}`);
  const [one, two] = [ours.get(1), ours.get(2)];
  if (one !== undefined && two !== undefined) console.log(`  wall, 1 worker over 2: ${(wall(one) / wall(two)).toFixed(2)}x`);
  if (one !== undefined && flink.length > 0) {
    console.log(`  Flink      ${printed(flink)}   Flink's CPU over ours: ${(cpu(flink) / cpu(one)).toFixed(1)}x`);
  }
}

async function runOurs(job: BenchJob, input: Input, workers: number): Promise<Usage> {
  const name = `${job.name}-${workers}-${process.pid}`;
  const folder = path.join(BENCH_FOLDER, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pipeline = path.join(folder, 'pipeline.json');
  writeFileSync(pipeline, JSON.stringify(job.document(input.file, path.join(folder, 'out'))));
  const programArguments = [
    'run',
    pipeline,
    '--restore',
    'none',
    '--parallelism',
    String(workers),
    '--checkpoints',
    path.join(folder, 'checkpoints'),
  ];
  const usage = await measureCommandLine(programArguments, name);
  rmSync(folder, { recursive: true, force: true });
  return usage;
}

function printed(slopes: readonly Slope[]): string {
  const figure = (pick: (entry: Slope) => number) => {
    const values = slopes.map(pick);
    return `${median(values).toFixed(3)} (${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)})`;
  };
  return `CPU ${figure((entry) => entry.cpu)}   wall ${figure((entry) => entry.wall)}`;
}
