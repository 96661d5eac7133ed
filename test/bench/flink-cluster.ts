/** Runs the same jobs on a real Flink cluster, when its start scripts are installed beside the project, and measures its worker process. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { type BenchJob, flinkScript } from './jobs.ts';
import { BENCH_FOLDER, ROOT, runToEnd, type Usage } from './measured-run.ts';

const SCRIPTS = path.resolve(ROOT, '..', 'shared', 'flink');
/** Clock ticks a second of /proc/PID/stat. */
const TICKS_PER_SECOND = 100;

export interface FlinkCluster {
  run(job: BenchJob, input: string, events: number): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts a cluster with one worker; null (with the reason printed) when Flink is not installed here. */
export async function startFlinkCluster(): Promise<FlinkCluster | null> {
  const home =
    process.env.MILLRACE_FLINK_HOME ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'millrace', 'flink-2.2.1');
  if (!existsSync(path.join(SCRIPTS, 'start')) || !existsSync(path.join(home, 'COMPLETE'))) {
    console.log('Flink: skipped, not installed beside the project');
    return null;
  }
  const env = { ...process.env, MILLRACE_FLINK_TM_HEAP_MB: '1400' };
  const settings = ['-Dexecution.checkpointing.interval=1s', '-Dpipeline.object-reuse=true'];
  const started = await runToEnd('bash', [path.join(SCRIPTS, 'start'), 'cluster', ...settings], env);
  if (started.code !== 0) throw new Error(`the Flink cluster did not start:\n${started.tail}`);
  const worker = Number(readFileSync(path.join(home, 'pid', 'taskmanager'), 'utf8'));
  return {
    run: (job, input, events) => runOnFlink(job, input, events, worker),
    stop: async () => {
      await runToEnd('bash', [path.join(SCRIPTS, 'stop')], env);
    },
  };
}

async function runOnFlink(job: BenchJob, input: string, events: number, worker: number): Promise<Usage> {
  const output = path.join(BENCH_FOLDER, `flink-${job.name}-${events}`);
  const script = path.join(BENCH_FOLDER, `flink-${job.name}.sql`);
  rmSync(output, { recursive: true, force: true });
  writeFileSync(script, flinkScript(job, input, output));
  const cpuBefore = processCpuSeconds(worker);
  const startedAt = performance.now();
  const { code, tail } = await runToEnd('bash', [path.join(SCRIPTS, 'sql'), '--cluster', script]);
  if (code !== 0) throw new Error(`Flink refused the ${job.name} job:\n${tail}`);
  return { cpuSeconds: processCpuSeconds(worker) - cpuBefore, wallSeconds: (performance.now() - startedAt) / 1000 };
}

/** User and system time of a running process (Linux). */
function processCpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
