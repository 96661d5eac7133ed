/** Made rows for a case: columns as its own input has them, values like its own among others, times never later than the watermark allows. */
import type { Random } from '../../engine/base/random.ts';
import { parseDuration } from '../../engine/spec/duration.ts';
import type { CaseInput, CaseRow, RowsCase } from '../../engine/spec/node-cases.ts';

type CaseValue = CaseRow[number];
type Inputs = RowsCase['inputs'];

const ROWS_MIN = 12;
const ROWS_MORE = 20;
const DEFAULT_SPAN_MS = 60_000;
const DEFAULT_START_MS = Date.UTC(2026, 0, 1);

interface Span {
  readonly startMs: number;
  readonly lengthMs: number;
}

/** Other rows in the same columns, with or without values that the case has not; null for a case that has no rows to learn from. */
export function generateInputs(inputs: Inputs, random: Random, newValues: boolean): Inputs | null {
  const streams = Object.values(inputs ?? {}).flatMap((given) => listOf(given));
  if (streams.every((stream) => stream.rows.length === 0)) return null;
  const span = spanOf(streams);
  return mapInputs(inputs, (input) => generate(input, span, random, newValues));
}

/** The same rows in another order, in which none is late that was not. */
export function reorderInputs(inputs: Inputs, random: Random): Inputs {
  return mapInputs(inputs, (input) => ({ ...input, rows: reorder(input, random) }));
}

function mapInputs(inputs: Inputs, change: (input: CaseInput) => CaseInput): Inputs {
  if (inputs === undefined) return undefined;
  return Object.fromEntries(Object.entries(inputs).map(([port, given]) => [port, isList(given) ? given.map(change) : change(given)]));
}

function isList(given: CaseInput | readonly CaseInput[]): given is readonly CaseInput[] {
  return Array.isArray(given);
}

function listOf(given: CaseInput | readonly CaseInput[]): readonly CaseInput[] {
  return isList(given) ? given : [given];
}

/** From the first time of the case's own rows to twice as far as the last. */
function spanOf(streams: readonly CaseInput[]): Span {
  const times = streams.flatMap((stream) => timesOf(stream));
  if (times.length === 0) return { startMs: DEFAULT_START_MS, lengthMs: DEFAULT_SPAN_MS };
  const startMs = Math.min(...times);
  return { startMs, lengthMs: Math.max(2 * (Math.max(...times) - startMs), 1000) };
}

function timesOf(input: CaseInput): number[] {
  const at = timeColumn(input);
  return at < 0 ? [] : input.rows.map((row) => parseTime(row[at])).filter((time) => !Number.isNaN(time));
}

function timeColumn({ columns, watermark }: CaseInput): number {
  return watermark === undefined ? -1 : Object.keys(columns).indexOf(watermark.column);
}

function parseTime(value: CaseValue): number {
  return typeof value === 'string' ? Date.parse(`${value.replace(' ', 'T').replace(/Z$/, '')}Z`) : Number.NaN;
}

function generate(input: CaseInput, span: Span, random: Random, newValues: boolean): CaseInput {
  const names = Object.keys(input.columns);
  const at = timeColumn(input);
  const zone = input.rows.some((row) => String(row[at]).endsWith('Z')) ? 'Z' : '';
  const times = new Set<number>();
  const count = ROWS_MIN + random.nextInt(ROWS_MORE);
  while (times.size < Math.min(count, span.lengthMs)) times.add(span.startMs + Math.floor((random.nextUint32() / 2 ** 32) * span.lengthMs));
  const rows = [...times].map((time) =>
    names.map((name, column) => {
      if (column === at) return new Date(time).toISOString().replace('T', ' ').slice(0, -1) + zone;
      return generateValue(
        input.columns[name],
        input.rows.map((row) => row[column]),
        random,
        newValues,
      );
    }),
  );
  return { ...input, rows: reorder({ ...input, rows }, random) };
}

/** Mostly a value of the case itself, so that conditions are met and keys meet; else one of the type, where any will do. */
function generateValue(type: string, own: readonly CaseValue[], random: Random, newValues: boolean): CaseValue {
  const known = own.length === 0 ? null : own[random.nextInt(own.length)];
  if (own.length > 0 && (!newValues || random.nextInt(10) < 7)) return known;
  if (/^(TINYINT|SMALLINT|INT|INTEGER|BIGINT)\b/i.test(type)) return random.nextInt(120) - 10;
  // Quarters add up to the same in any order.
  if (/^(FLOAT|DOUBLE)\b/i.test(type)) return random.nextInt(400) / 4;
  if (/^(STRING|VARCHAR)\b/i.test(type) && typeof known !== 'object') return `${known ?? 'x'}${random.nextInt(3)}`;
  if (/^BOOLEAN\b/i.test(type)) return random.nextInt(2) === 1;
  return known;
}

/**
 * Sorted by time with every row moved back by less than the delay: when a row comes, no row before it is so far ahead that the
 * watermark has reached it. Rows without event time come in any order. Rows whose time is NULL stay behind all others.
 */
function reorder(input: CaseInput, random: Random): readonly CaseRow[] {
  const at = timeColumn(input);
  const delayMs = parseDuration(input.watermark?.delay ?? '0 s') ?? 0;
  const placed = input.rows.map((row, index) => {
    const share = random.nextUint32() / 2 ** 32;
    if (at < 0) return { row, place: share, index };
    const time = parseTime(row[at]);
    return { row, place: Number.isNaN(time) ? Number.POSITIVE_INFINITY : time + Math.floor(share * delayMs), index };
  });
  return placed
    .sort((left, right) => (left.place === right.place ? left.index - right.index : left.place - right.place))
    .map(({ row }) => row);
}

/** True when a row comes at or behind the watermark of the rows before it: what becomes of it depends on when the watermark comes. */
export function hasLateRows(inputs: Inputs): boolean {
  return Object.values(inputs ?? {})
    .flatMap((given) => listOf(given))
    .some((input) => {
      const delayMs = parseDuration(input.watermark?.delay ?? '0 s') ?? 0;
      let latest = Number.NEGATIVE_INFINITY;
      return timesOf(input).some((time) => {
        const late = time < latest && time <= latest - delayMs;
        latest = Math.max(latest, time);
        return late;
      });
    });
}
