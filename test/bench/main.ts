/** `npm run bench [-- NAME …]`: file-to-file speed against real Flink, start, checkpoint pause, bytes per key, overlay cost, windows, joins and patterns alone, checks, the designer. */
import { cpus, loadavg } from 'node:os';
import { serveMemoryPage } from '../ui/support/memory-page.ts';
import { measureChecks } from './checks.ts';
import { measureCustomWindows } from './custom-window.ts';
import { measureDesigner } from './designer.ts';
import { FULL_SIZE } from './designer-pipeline.ts';
import { printDesigner } from './designer-report.ts';
import { type FileToFileOptions, measureFileToFile, printJob } from './file-to-file.ts';
import { filterJob, windowJob } from './jobs.ts';
import { JOIN_KEYS, measureJoinOperators } from './join-operators.ts';
import { measureKeyedState } from './keyed-state.ts';
import { median, percentile } from './measured-run.ts';
import { measureOverlay, overlayPercent } from './overlay.ts';
import { measurePatternOperator, PATTERN_KEYS } from './pattern-operator.ts';
import { measureStart } from './start.ts';
import { KEYS, measureWindowOperator } from './window-operator.ts';

const MEGABYTE = 1024 * 1024;
const BENCHMARKS: { readonly [name: string]: () => Promise<void> } = {
  'file-to-file': async () => fileToFile(5, true),
  'file-to-file-quick': async () => fileToFile(1, false),
  start,
  'keyed-state': keyedState,
  overlay,
  'window-operator': windowOperator,
  'join-operators': joinOperators,
  'pattern-operator': patternOperator,
  'custom-window': customWindows,
  checks,
  designer: async () => designer(3),
  'designer-quick': async () => designer(1),
};
/** Run when no name is given. */
const STANDARD = [
  'file-to-file',
  'start',
  'keyed-state',
  'overlay',
  'window-operator',
  'join-operators',
  'pattern-operator',
  'custom-window',
  'checks',
];

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

async function overlay(): Promise<void> {
  const { cpuRatios, wallRatios } = await measureOverlay({ pairs: 24, events: 4_000_000 });
  console.log(`metrics and the tail of an edge watched, against nobody watching, ${cpuRatios.length} pairs in turns:`);
  console.log(`  cost, median (quartiles): ${overlayPercent(cpuRatios)} CPU, ${overlayPercent(wallRatios)} wall`);
}

async function windowOperator(): Promise<void> {
  console.log(`window node alone, COUNT and SUM over ${KEYS} keys, 4 s out of order:`);
  for (const { window, millionRowsPerSecond } of measureWindowOperator({ rows: 1 << 20, repetitions: 5 })) {
    console.log(`  ${window.padEnd(10)} ${millionRowsPerSecond.toFixed(1)} M rows/s`);
  }
}

async function joinOperators(): Promise<void> {
  console.log(`joins, deduplication and a process function alone, ${JOIN_KEYS} keys, 0.5 s out of order, rows of all inputs:`);
  for (const { operator, millionRowsPerSecond, rowsOutPerRow } of measureJoinOperators({ rows: 1 << 20, repetitions: 3 })) {
    console.log(`  ${operator.padEnd(28)} ${millionRowsPerSecond.toFixed(1)} M rows/s   ${rowsOutPerRow.toFixed(2)} rows out per row`);
  }
}

async function patternOperator(): Promise<void> {
  console.log(`pattern node alone, ${PATTERN_KEYS} keys, 1 s out of order, within 10 s, skip past last:`);
  for (const { pattern, matches, millionRowsPerSecond } of measurePatternOperator({ rows: 1 << 20, repetitions: 5 })) {
    console.log(`  ${pattern.padEnd(30)} ${millionRowsPerSecond.toFixed(1)} M rows/s   ${matches} matches`);
  }
}

async function customWindows(): Promise<void> {
  console.log(`custom window alone, COUNT and SUM over ${KEYS} keys, 4 s out of order:`);
  for (const { window, millionRowsPerSecond } of measureCustomWindows({ rows: 1 << 20, repetitions: 3, only: onlyNamed() })) {
    console.log(`  ${window.padEnd(38)} ${millionRowsPerSecond.toFixed(2)} M rows/s`);
  }
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
    printDesigner(await measureDesigner(options));
  } finally {
    await served.close();
  }
  if (only.length === 0) await checks();
  printLoad();
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
