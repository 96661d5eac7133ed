/** `npm run bench [-- NAME …]`: file-to-file speed against real Flink, start, checkpoint pause, bytes per key, overlay cost, every node alone, checks, the designer, an hour of watching. */
import { cpus, loadavg } from 'node:os';
import { serveMemoryPage } from '../ui/support/memory-page.ts';
import { measureChecks } from './checks.ts';
import { measureDeduplication } from './deduplicate-on-disk.ts';
import { measureDesigner } from './designer.ts';
import { launchBrowser } from './designer-page.ts';
import { FULL_SIZE } from './designer-pipeline.ts';
import { printAnswers, printFrames } from './designer-report.ts';
import { measureDesignerRunning } from './designer-running.ts';
import { type FileToFileOptions, measureFileToFile, printJob } from './file-to-file.ts';
import { filterJob, windowJob } from './jobs.ts';
import { measureKeyedState } from './keyed-state.ts';
import { measureLookups } from './lookup.ts';
import { median, percentile } from './measured-run.ts';
import { rowsNamed } from './operators/operator-rows.ts';
import { printOperatorTable } from './operators/operator-table.ts';
import { measureOverlayOfDrawing, measureOverlayOfFile, overlayMs, overlayPercent, overlayShare } from './overlay.ts';
import { openRunningDesigner } from './running-designer.ts';
import { runningPipeline } from './running-pipeline.ts';
import { PAGE_FIGURES, PROCESS_FIGURES, printTrend, soak, trends } from './soak.ts';
import { measureStart } from './start.ts';
import { measureStateOnDisk, type StateRun } from './state-on-disk.ts';
import { createReader, pageWatcher } from './watchers.ts';

const MEGABYTE = 1024 * 1024;
const BENCHMARKS: { readonly [name: string]: () => Promise<void> } = {
  'file-to-file': async () => fileToFile(5, true),
  'file-to-file-quick': async () => fileToFile(1, false),
  start,
  'keyed-state': keyedState,
  'state-on-disk': stateOnDisk,
  overlay,
  operators,
  lookup: lookups,
  checks,
  designer: async () => designer(3),
  'designer-quick': async () => designer(1),
  'designer-running': async () => designerRunning(1),
  soak: soakRun,
};
/** Run when no name is given. */
const STANDARD = ['file-to-file', 'start', 'keyed-state', 'state-on-disk', 'overlay', 'operators', 'lookup', 'checks'];

async function fileToFile(repetitions: number, flink: boolean): Promise<void> {
  const options: FileToFileOptions = {
    jobs: [filterJob, windowJob],
    workers: [1, 2],
    small: 1_000_000,
    large: 4_000_000,
    repetitions,
    flink,
  };
  await measureFileToFile(options, (slopes) => printJob(slopes, options));
}

async function start(): Promise<void> {
  const { ms } = await measureStart({ starts: 20, events: 1_000_000 });
  console.log(`run.start in a warm engine to the first row at a preview, ${ms.length} starts:`);
  console.log(`  median ${median(ms).toFixed(0)} ms   lowest ${Math.min(...ms).toFixed(0)}   highest ${Math.max(...ms).toFixed(0)}`);
}

async function keyedState(): Promise<void> {
  const { pausesMs, checkpointBytes, stateBytes, stateKeys } = await measureKeyedState({ keys: 700_000, checkpoints: 100 });
  const per32 = (32 * MEGABYTE) / checkpointBytes;
  const figure = (ms: number) => `${ms.toFixed(2)} ms (${(ms * per32).toFixed(2)} per 32 MB)`;
  console.log(
    `checkpoint pause, ${pausesMs.length} checkpoints of ${(checkpointBytes / MEGABYTE).toFixed(1)} MB of keyed state that changes:`,
  );
  console.log(
    `  median ${figure(median(pausesMs))}   p99 ${figure(percentile(pausesMs, 0.99))}   highest ${figure(Math.max(...pausesMs))}`,
  );
  console.log(
    `bytes per key, BIGINT key with COUNT, SUM and MAX, ${stateKeys} keys: ${(stateBytes / stateKeys).toFixed(1)}, hash index included`,
  );
}

async function stateOnDisk(): Promise<void> {
  const rowsPerKey = 3;
  const { keys, memory, disk } = await measureStateOnDisk({ keys: 2_000_000, rowsPerKey, megabytes: [16, 64] });
  const line = (name: string, { seconds, residentBytes, diskBytes }: StateRun) => {
    const resident = residentBytes === null ? '?' : (residentBytes / MEGABYTE).toFixed(0);
    const speed = ((keys * rowsPerKey) / seconds / 1e6).toFixed(2);
    return `  ${name.padEnd(14)} ${seconds.toFixed(1)} s   ${speed} M rows/s   ${(seconds / memory.seconds).toFixed(2)} times memory   resident ${resident} MB   on disk ${(diskBytes / MEGABYTE).toFixed(0)} MB`;
  };
  console.log(`one window over ${keys} keys, ${rowsPerKey} rows each, far apart; whole process, start and written result included:`);
  console.log(line('in memory', memory));
  for (const [megabytes, run] of disk) console.log(line(`disk, ${megabytes} MB`, run));
  for (const { place, millionRowsPerSecond } of measureDeduplication({ rows: 4_000_000, keys: 1_000_000, budgets: [null, 16 * MEGABYTE] }))
    console.log(`deduplication alone, 1000000 keys, ${place}: ${millionRowsPerSecond.toFixed(2)} M rows/s`);
}

async function overlay(): Promise<void> {
  const browser = await launchBrowser();
  // At rest, what watching adds stands out from what the job takes; beside a busy job it is lost in what the machine's other users do.
  const atRest = runningPipeline(FULL_SIZE, { parallelism: 1, rowsPerSecond: 1, checkpointInterval: '10 s' });
  try {
    for (const [who, watcher] of [
      ['a reader that draws nothing', createReader],
      ['the page', pageWatcher(browser)],
    ] as const) {
      console.log(
        `watched by ${who}, against nobody, pairs in turns; processor time of engine and host, middle half and its standard error:`,
      );
      const drawing = await measureOverlayOfDrawing({ watcher, warmUpPairs: 2, pairs: 12, document: atRest, turnMs: 4000 });
      console.log(
        `  ${atRest.nodes.length} nodes, a row a second  adds ${overlayMs(drawing.addedMs)}   on the main threads ${overlayMs(drawing.mainAddedMs)}`,
      );
      const file = await measureOverlayOfFile({ watcher, warmUpPairs: 3, pairs: 16, events: 16_000_000 });
      console.log(
        `  file to file, flat out    ${overlayPercent(file.cpuRatios)}   on the main threads ${overlayShare(file.mainShares)}   wall ${overlayPercent(file.wallRatios)}`,
      );
    }
  } finally {
    await browser.close();
  }
}

/** `MILLRACE_SOAK_MINUTES`: behind the warm-up, which is a tenth of it and at least one and a half. */
async function soakRun(): Promise<void> {
  const minutes = Number(process.env['MILLRACE_SOAK_MINUTES'] ?? 60);
  const browser = await launchBrowser();
  try {
    const running = await openRunningDesigner(browser, FULL_SIZE, { parallelism: 2, rowsPerSecond: 40, checkpointInterval: '10 s' });
    try {
      const warmUpMs = Math.max(1.5, minutes / 10) * 60_000;
      const options = { warmUpMs, durationMs: minutes * 60_000, roundMs: 15_000 };
      const samples = await soak(running, { ...options, tell: (line) => console.log(line) });
      const found = trends(samples, [...PAGE_FIGURES, ...PROCESS_FIGURES]);
      for (const trend of found) console.log(`  ${printTrend(trend)}`);
      if (found.some((trend) => trend.grows)) process.exitCode = 1;
    } finally {
      await running.close();
    }
  } finally {
    await browser.close();
  }
}

async function lookups(): Promise<void> {
  console.log('lookup of a server in the same process, 100 under way:');
  for (const { name, rowsPerSecond, requests } of await measureLookups(20_000))
    console.log(`  ${name.padEnd(28)} ${rowsPerSecond.toFixed(0)} rows/s   ${requests} requests`);
}

/** `MILLRACE_BENCH_ONLY=filter,session` measures only rows with one of these words in node or setting. */
async function operators(): Promise<void> {
  console.log(
    'every node alone, numeric keys, 10 000 of them; rows per second of processor time (all threads of the process), the best of three:',
  );
  const accounted = await printOperatorTable(rowsNamed(onlyNamed()), { rows: 1 << 20, repetitions: 3 });
  if (!accounted) process.exitCode = 1;
}

async function checks(): Promise<void> {
  const { nodes, firstMs, keystrokeMs } = measureChecks({ nodes: 500, repetitions: 40 });
  const figures = (ms: readonly number[]) => `median ${median(ms).toFixed(1)} ms   p95 ${percentile(ms, 0.95).toFixed(1)} ms`;
  console.log(`checks of ${nodes} nodes in the designer (the bar is 50 ms):`);
  console.log(`  a drawing just opened   ${figures(firstMs)}`);
  console.log(`  behind a keystroke      ${figures(keystrokeMs)}`);
}

/** `MILLRACE_BENCH_ONLY=typing,drag` measures only what has one of these words in its name. */
function onlyNamed(): readonly string[] {
  return (process.env['MILLRACE_BENCH_ONLY'] ?? '').split(',').filter(Boolean);
}

async function designer(repetitions: number): Promise<void> {
  const only = onlyNamed();
  const served = await serveMemoryPage();
  try {
    const options = { size: FULL_SIZE, repetitions, gestureMs: 1500, zooms: [0.8, 0.5, 'fit'] as const, url: served.url, only };
    const { frames, answers } = await measureDesigner(options);
    printFrames('gestures, everything live', frames);
    printAnswers(answers);
  } finally {
    await served.close();
  }
  if (only.length === 0) await checks();
  printLoad();
}

/** The same gestures while the drawing really runs, with one worker and with two. */
async function designerRunning(repetitions: number): Promise<void> {
  for (const parallelism of [1, 2]) {
    const options = { repetitions, gestureMs: 1500, zooms: [0.8, 0.5, 'fit'] as const, only: onlyNamed() };
    const { frames, nodes, rowsPerSecond, jobCores } = await measureDesignerRunning({ ...options, size: FULL_SIZE, parallelism });
    printFrames(`running, parallelism ${parallelism}`, frames);
    console.log(`  the job: ${nodes} nodes, ${rowsPerSecond.toFixed(0)} rows/s in, ${jobCores.toFixed(2)} cores of engine and host`);
    printLoad();
  }
}

function printLoad(): void {
  console.log(
    `load ${loadavg()
      .map((value) => value.toFixed(1))
      .join(' ')} on ${cpus().length} cores, Node ${process.version}`,
  );
}

async function main(): Promise<void> {
  const named = process.argv.slice(2);
  for (const name of named.length > 0 ? named : STANDARD) {
    const benchmark = BENCHMARKS[name];
    if (benchmark === undefined) throw new Error(`there is no benchmark '${name}': ${Object.keys(BENCHMARKS).join(', ')}`);
    printLoad();
    await benchmark();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
