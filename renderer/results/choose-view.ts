/** How a result is shown when nobody has said it: the time axis, what names a line, what is drawn, from its columns. */
import type { ResultSpec } from '../../engine/spec/document.ts';
import { isNumeric } from '../preview/table-rows.ts';

export type ResultLook = 'lines' | 'top' | 'bars' | 'table';

export interface ResultColumn {
  readonly name: string;
  readonly type: string;
}

export interface ResultView {
  readonly look: ResultLook;
  readonly keys: readonly string[];
  /** Null = no time axis. */
  readonly time: string | null;
  /** All rows of a moment belong together: it is the bound of a window. */
  readonly windowed: boolean;
  readonly value: string | null;
  readonly unit: string;
  readonly threshold: number | null;
}

/** Bounds of a window; the end comes first because windows that grow share their start. */
const WINDOW_COLUMNS = ['window_end', 'window_start', 'window_time'];
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/_ms$|_millis$/, 'ms'],
  [/_s$|_?seconds$/, 's'],
  [/_?minutes$/, 'min'],
  [/_km$|^km$/, 'km'],
  [/_kb$/, 'kB'],
  [/_mb$/, 'MB'],
  [/_gb$/, 'GB'],
  [/_?percent$|_pct$/, '%'],
  [/_celsius$/, '°C'],
];

/** What the file says wins; a column that has gone since counts as not said. */
export function chooseView(columns: readonly ResultColumn[], spec: ResultSpec = {}): ResultView {
  const has = (name: string | undefined): name is string => columns.some((column) => column.name === name);
  const time = spec.time === '' ? null : has(spec.time) ? spec.time : suggestTime(columns);
  const said = spec.keys?.filter(has);
  const keys = said !== undefined && said.length === spec.keys?.length ? said : suggestKeys(columns, time);
  const value = has(spec.value) ? spec.value : suggestValue(columns, keys);
  return {
    look: spec.view ?? suggestLook(columns, keys, time, value),
    keys,
    time,
    windowed: time !== null && WINDOW_COLUMNS.includes(time),
    value,
    unit: spec.unit ?? (value === null ? '' : unitOf(value)),
    threshold: spec.threshold ?? null,
  };
}

/** The least that has to be written so that `view` is chosen for these columns. */
export function specOf(columns: readonly ResultColumn[], view: ResultView): ResultSpec {
  const suggested = chooseView(columns);
  const besideLook = {
    ...(view.keys.join('\n') === suggested.keys.join('\n') ? {} : { keys: view.keys }),
    ...(view.time === suggested.time ? {} : { time: view.time ?? '' }),
    ...(view.value === suggested.value || view.value === null ? {} : { value: view.value }),
  };
  const next = chooseView(columns, besideLook);
  return {
    ...(view.look === next.look ? {} : { view: view.look }),
    ...besideLook,
    ...(view.unit === next.unit ? {} : { unit: view.unit }),
    ...(view.threshold === null ? {} : { threshold: view.threshold }),
  };
}

export function isTime(type: string): boolean {
  return /^(TIMESTAMP|DATE\b)/.test(type);
}

export function unitOf(column: string): string {
  return UNITS.find(([pattern]) => pattern.test(column.toLowerCase()))?.[1] ?? '';
}

function suggestTime(columns: readonly ResultColumn[]): string | null {
  const bound = WINDOW_COLUMNS.find((name) => columns.some((column) => column.name === name && isTime(column.type)));
  return bound ?? columns.find((column) => isTime(column.type))?.name ?? null;
}

/** Windows put their keys before their bounds; without windows the first column of words names the rows. */
function suggestKeys(columns: readonly ResultColumn[], time: string | null): readonly string[] {
  if (time !== null && WINDOW_COLUMNS.includes(time)) {
    const bound = columns.findIndex((column) => WINDOW_COLUMNS.includes(column.name));
    return columns
      .slice(0, bound)
      .filter((column) => !isTime(column.type))
      .map((column) => column.name);
  }
  const word = columns.find((column) => /^(STRING|VARCHAR|CHAR)\b/.test(column.type));
  return word === undefined ? [] : [word.name];
}

function suggestValue(columns: readonly ResultColumn[], keys: readonly string[]): string | null {
  const numbers = columns.filter((column) => isNumeric(column.type) && !keys.includes(column.name));
  return (numbers.find((column) => !/(^|_)id$/.test(column.name)) ?? numbers[0])?.name ?? null;
}

/** Keys that are numbers are ids, of which there are many: a board shows the first of them, lines would not be told apart. */
function suggestLook(columns: readonly ResultColumn[], keys: readonly string[], time: string | null, value: string | null): ResultLook {
  if (value === null) return 'table';
  const manyKeys = keys.some((key) => isNumeric(columns.find((column) => column.name === key)?.type ?? ''));
  if (time !== null && !manyKeys) return 'lines';
  return keys.length > 0 ? 'top' : 'table';
}
