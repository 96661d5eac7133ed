/** Seconds per million rows from file to file, as the slope between one and four million rows, checkpoints on. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type FlinkCluster, startFlinkCluster } from './flink-cluster.ts';
import { type BenchJob, filterJob, windowJob } from './jobs.ts';
import { BENCH_FOLDER, measureCommandLine, median, type Usage } from './measured-run.ts';
import { writeBids } from './nexmark-bids.ts';

const SMALL = 1_000_000;
const LARGE = 4_000_000;

interface Slope {
  readonly cpu: number;
  readonly wall: number;
}

/** Prints a line per job and worker count, and beside it Flink's on the same file, alternately, where it is installed. */
export async function benchFileToFile(options: { readonly repetitions: number; readonly flink: boolean }): Promise<void> {
  const inputs = { small: await bidsFile(SMALL), large: await bidsFile(LARGE) };
  const cluster = options.flink ? await startFlinkCluster() : null;
  try {
    for (const job of [filterJob, windowJob]) await benchJob(job, inputs, options.repetitions, cluster);
  } finally {
    await cluster?.stop();
  }
}

async function benchJob(
  job: BenchJob,
  inputs: { readonly small: string; readonly large: string },
  repetitions: number,
  cluster: FlinkCluster | null,
): Promise<void> {
  const ours: { [workers: number]: Slope[] } = { 1: [], 2: [] };
  const flink: Slope[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const workers of [1, 2]) {
      const small = await runOurs(job, inputs.small, SMALL, workers);
      const large = await runOurs(job, inputs.large, LARGE, workers);
      ours[workers].push(slope(small, large));
    }
    if (cluster !== null) {
      const small = await cluster.run(job, inputs.small, SMALL);
      const large = await cluster.run(job, inputs.large, LARGE);
      flink.push(slope(small, large));
    }
  }
  console.log(`${job.title}: seconds per million rows, slope 1 M to 4 M, median of ${repetitions}`);
  for (const workers of [1, 2]) console.log(`  ${workers} worker${workers > 1 ? 's' : ' '}  ${printed(ours[workers])}`);
  const wall = (slopes: readonly Slope[]) => median(slopes.map((entry) => entry.wall));
  console.log(`  wall, 1 worker over 2: ${(wall(ours[1]) / wall(ours[2])).toFixed(2)}x`);
  if (flink.length > 0) {
    const cpu = (slopes: readonly Slope[]) => median(slopes.map((entry) => entry.cpu));
    console.log(`  Flink      ${printed(flink)}   Flink's CPU over ours: ${(cpu(flink) / cpu(ours[1])).toFixed(1)}x`);
  }
}

async function runOurs(job: BenchJob, input: string, events: number, workers: number): Promise<Usage> {
  const folder = path.join(BENCH_FOLDER, `${job.name}-${workers}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pipeline = path.join(folder, 'pipeline.json');
  writeFileSync(pipeline, JSON.stringify(job.document(input, path.join(folder, 'out'))));
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
  return measureCommandLine(programArguments, `${job.name}-${workers}-${events}`);
}

function slope(small: Usage, large: Usage): Slope {
  const millions = (LARGE - SMALL) / 1e6;
  return { cpu: (large.cpuSeconds - small.cpuSeconds) / millions, wall: (large.wallSeconds - small.wallSeconds) / millions };
}

function printed(slopes: readonly Slope[]): string {
  const figure = (pick: (entry: Slope) => number) => {
    const values = slopes.map(pick);
    return `${median(values).toFixed(3)} (${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)})`;
  };
  return `CPU ${figure((entry) => entry.cpu)}   wall ${figure((entry) => entry.wall)}`;
}

/** NDJSON of `events` nested bids, made once. */
async function bidsFile(events: number): Promise<string> {
  mkdirSync(BENCH_FOLDER, { recursive: true });
  const file = path.join(BENCH_FOLDER, `bids-${events}.ndjson`);
  if (!existsSync(file)) {
    await writeBids(`${file}.tmp`, events);
    renameSync(`${file}.tmp`, file);
  }
  return file;
}
