/** Batches of made-up rows that stand in memory before anything is measured. */
import { SeededRandom } from '../../../engine/base/random.ts';
import { Arena } from '../../../engine/columnar/arena.ts';
import type { Batch } from '../../../engine/columnar/batch.ts';
import type { ColumnValue } from '../../../engine/columnar/column-value.ts';
import type { JobMemory } from '../../../engine/columnar/job-memory.ts';
import { buildBatch } from '../../../engine/columnar/row-builder.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { Stream } from './operator-row.ts';

export const BATCH_ROWS = 4096;
/** Rows without event time repeat after so many batches: they stay in the processor's caches, as in a job. */
const BATCHES_MAX_UNTIMED = 16;
const ROWS_PER_MS = 100;
const START_MS = 1_700_000_000_000;
const NANOS_PER_MS = 1_000_000n;

/** `schema` is what the checks made of the stream's columns. */
export function streamBatches(memory: JobMemory, schema: Schema, stream: Stream, rows: number): Batch[] {
  const wanted = Math.max(1, Math.ceil(rows / BATCH_ROWS));
  const distinct = stream.disorderMs === undefined ? Math.min(wanted, BATCHES_MAX_UNTIMED) : wanted;
  const arena = new Arena(memory);
  const random = new SeededRandom(1);
  const clock = { latest: 0 };
  const made = Array.from({ length: distinct }, (_, index) => makeBatch(arena, schema, stream, random, index, clock));
  return Array.from({ length: wanted }, (_, index) => made[index % distinct]);
}

function makeBatch(arena: Arena, schema: Schema, stream: Stream, random: SeededRandom, index: number, clock: { latest: number }): Batch {
  const { disorderMs } = stream;
  const below = (limit: number) => random.nextInt(limit);
  const columns = Object.values(stream.columns);
  const marks: { row: number; watermark: bigint }[] = [];
  const rows = Array.from({ length: BATCH_ROWS }, (_, row): ColumnValue[] => {
    const at = index * BATCH_ROWS + row;
    const values = columns.map((column) => column.value(below, at));
    if (disorderMs === undefined) return values;
    const instant = START_MS + Math.floor(at / ROWS_PER_MS) - below(disorderMs);
    if (instant > clock.latest) {
      clock.latest = instant;
      if (stream.watermarks !== false) marks.push({ row, watermark: BigInt(instant - disorderMs) });
    }
    return values.map((value, column) => (columns[column].type === 'TIMESTAMP(3)' ? BigInt(instant) * NANOS_PER_MS : value));
  });
  return buildBatch(arena, schema, rows, { marks });
}
