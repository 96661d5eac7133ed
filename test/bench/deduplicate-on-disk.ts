/** Rows per second of deduplication alone, with its keys in memory and on disk. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createNodeStorage } from '../../engine/base/node-storage.ts';
import { SeededRandom } from '../../engine/base/random.ts';
import { Arena } from '../../engine/columnar/arena.ts';
import { createBatch } from '../../engine/columnar/batch.ts';
import { JobMemory } from '../../engine/columnar/job-memory.ts';
import { createOperator } from '../../engine/nodes/transforms/deduplicate/operator.ts';
import type { OperatorContext } from '../../engine/operators/operator.ts';
import { SpillFolder } from '../../engine/state/spill/spill-folder.ts';
import { BIGINT } from '../../engine/types/make-type.ts';
import { BENCH_FOLDER } from './measured-run.ts';

const BATCH_ROWS = 4096;
const INPUT = { fields: [{ name: 'id', type: BIGINT }] };

export interface DeduplicationSpeed {
  readonly place: string;
  readonly millionRowsPerSecond: number;
  /** Highest of the job memory handed out beside the batch, behind any batch. */
  readonly memoryBytes: number;
  readonly diskBytes: number;
}

/** Rows of random keys; `budgets`: bytes of memory for state, null for all of it. */
export function measureDeduplication(options: {
  readonly rows: number;
  readonly keys: number;
  readonly budgets: readonly (number | null)[];
}): DeduplicationSpeed[] {
  mkdirSync(BENCH_FOLDER, { recursive: true });
  const folder = mkdtempSync(path.join(BENCH_FOLDER, 'deduplicate-'));
  try {
    return options.budgets.map((memoryBytes) => {
      const spill = memoryBytes === null ? {} : { spill: { memoryBytes, folder: new SpillFolder(createNodeStorage(), `${folder}/spill`) } };
      const { seconds, ...bytes } = timeRows(options.rows, options.keys, spill);
      const place = memoryBytes === null ? 'in memory' : `disk, ${memoryBytes} bytes of memory`;
      return { place, millionRowsPerSecond: options.rows / seconds / 1e6, ...bytes };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timeRows(
  rows: number,
  keys: number,
  spill: Pick<OperatorContext, 'spill'>,
): { readonly seconds: number; readonly memoryBytes: number; readonly diskBytes: number } {
  const memory = new JobMemory({ maximumBytes: 2 ** 30 });
  const arena = new Arena(memory);
  const parts: Partial<OperatorContext> = {
    ...spill,
    nodeId: 'deduplicate',
    memory,
    arena,
    maxParallelism: 128,
    keyGroups: { start: 0, end: 127 },
    metrics: { lateRecords: 0, partlyLateRecords: 0, behindRecords: 0, badRecords: 0, stateBytes: 0, stateKeys: 0 },
    clock: { now: () => 0, monotonic: () => 0 },
    batchRows: BATCH_ROWS,
    inputSchemas: [INPUT],
    outputSchemas: [INPUT],
    output: { emit: () => {}, emitWatermark: () => {}, emitStatus: () => {} },
  };
  const operator = createOperator({ keys: ['id'], forgetAfter: null }, parts as OperatorContext);
  operator.open([]);
  const batch = createBatch(memory, INPUT);
  batch.rowCount = BATCH_ROWS;
  batch.selectedCount = BATCH_ROWS;
  batch.columns[0].data = memory.allocateRegion(BATCH_ROWS * 8);
  const random = new SeededRandom(1);
  const before = memory.allocatedBytes;
  let milliseconds = 0;
  let memoryBytes = 0;
  for (let done = 0; done < rows; done += BATCH_ROWS) {
    const lane = batch.columns[0].data >>> 3;
    for (let row = 0; row < BATCH_ROWS; row++) memory.i64[lane + row] = BigInt(random.nextInt(keys));
    const startedAt = performance.now();
    operator.processBatch(0, batch);
    milliseconds += performance.now() - startedAt;
    arena.reset();
    memoryBytes = Math.max(memoryBytes, memory.allocatedBytes - before);
  }
  const diskBytes = spill.spill?.folder.diskBytes ?? 0;
  operator.close();
  return { seconds: milliseconds / 1000, memoryBytes, diskBytes };
}
