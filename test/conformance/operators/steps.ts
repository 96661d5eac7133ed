/** What adapters of operators with elements, watermarks, clocks and restores have in common: feeding a step, naming what came out. */
import type { ColumnValue } from '../../../engine/columnar/column-value.ts';
import type { Harness, SubtaskEmission } from './harness.ts';
import type { Exact, ExactObject } from './vector.ts';
import { integer, object, optionalInteger } from './vector.ts';

/** Feeds one step; `row` makes columns of an element. */
export function runStep(
  harness: Harness,
  step: ExactObject,
  row: (element: ExactObject, input: number) => readonly ColumnValue[],
): SubtaskEmission[] {
  const input = step.input === undefined ? 0 : Number(step.input) - 1;
  if ('element' in step) return harness.element([row(object(step.element), input)], [optionalInteger(step.ts)], input);
  if ('watermark' in step) return harness.watermark(integer(step.watermark), input);
  if ('idle' in step) return harness.status(step.idle === true, input);
  if ('processingTime' in step) return harness.processingTime(integer(step.processingTime));
  harness.restore('rescale' in step ? Number(step.rescale) : harness.parallelism);
  return [];
}

/** What came out, in the notation of the vectors; `element` reads a row of an output port. */
export function toOutput(
  harness: Harness,
  emission: SubtaskEmission,
  sides: readonly (string | null)[],
  element: (port: number, values: readonly ColumnValue[]) => ExactObject,
): ExactObject {
  const subtask: ExactObject = harness.parallelism === 1 ? {} : { sub: BigInt(emission.subtask) };
  if (emission.kind === 'watermark') return { watermark: emission.watermark, ...subtask };
  if (emission.kind === 'status') return { idle: emission.idle, ...subtask };
  const side = sides[emission.port] ?? null;
  const row = { element: element(emission.port, emission.values), ts: emission.timestamp, ...subtask };
  return side === null ? row : { side, ...row };
}

/** Columns as an object, without the names listed as optional where they are null. */
export function named(names: readonly string[], values: readonly ColumnValue[], optional: readonly string[] = []): ExactObject {
  const entries = names.map((name, at): [string, Exact] => [name, (values[at] ?? null) as Exact]);
  return Object.fromEntries(entries.filter(([name, value]) => value !== null || !optional.includes(name)));
}
