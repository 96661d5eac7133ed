/** What an expression answers on the rows of a preview: the portable interpreter over the sample, in the page. */
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import { printerOf } from '../../engine/expressions/cast/cast-text.ts';
import { createCast } from '../../engine/expressions/cast/create-cast.ts';
import { checkExpression } from '../../engine/expressions/check/check-expression.ts';
import { createInterpreter } from '../../engine/expressions/evaluate/interpret.ts';
import { EvaluationError } from '../../engine/expressions/evaluation-error.ts';
import type { Value } from '../../engine/expressions/value.ts';
import type { LogicalType } from '../../engine/types/logical-type.ts';
import { isNumeric, STRING, timestampType } from '../../engine/types/make-type.ts';
import { printBare } from '../../engine/types/print-type.ts';
import type { Schema } from '../../engine/types/schema.ts';

/** Rows of one port, as a preview has them. */
export interface SampleRows {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly JsonObject[];
  readonly total: number;
}

export type SampleAnswer =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'share'; readonly fitting: number; readonly rows: number }
  | { readonly kind: 'failure'; readonly message: string };

/** Rows beyond these are not evaluated while somebody types. */
const ROWS_MAX = 100;
const TEXT_MAX = 80;
const NANOS = 9;

/** Null: there is nothing to say, for want of rows, or because the text is no expression yet. */
export function answerOnSample(
  text: string,
  schema: Schema,
  sample: SampleRows | null,
  timeZone: string,
  condition: boolean,
): SampleAnswer | null {
  if (sample === null || sample.rows.length === 0 || text.trim() === '') return null;
  const checked = checkExpression(text, schema, { timeZone }, condition ? 'boolean' : 'any');
  if ('problems' in checked || !hasColumns(sample, checked.columns, schema)) return null;
  try {
    const evaluate = createInterpreter(checked.expression, { timeZone, now: () => Date.now() });
    const rows = boxedRows(sample, schema);
    if (condition) return { kind: 'share', fitting: rows.filter((row) => evaluate(row) === true).length, rows: rows.length };
    return { kind: 'value', text: showValue(evaluate(rows[0]), checked.type, timeZone) };
  } catch (error) {
    if (error instanceof EvaluationError) return { kind: 'failure', message: error.message };
    throw error;
  }
}

/** An edit upstream may have brought columns that the rows do not have yet. */
function hasColumns(sample: SampleRows, names: readonly string[], schema: Schema): boolean {
  const types = new Map(sample.columns.map((column) => [column.name, column.type]));
  return names.every((name) => {
    const top = schema.fields.find((field) => field.name === name) ?? schema.fields.find((field) => name.startsWith(`${field.name}.`));
    return top !== undefined && types.get(top.name)?.startsWith(printBare(top.type)) === true;
  });
}

const boxed = new WeakMap<readonly JsonObject[], { readonly schema: Schema; readonly rows: readonly (readonly Value[])[] }>();

function boxedRows(sample: SampleRows, schema: Schema): readonly (readonly Value[])[] {
  const known = boxed.get(sample.rows);
  if (known !== undefined && known.schema === schema) return known.rows;
  const readers = schema.fields.map((field) => readerOf(field.type));
  const rows = sample.rows.slice(0, ROWS_MAX).map((row) => schema.fields.map((field, index) => readers[index](row[field.name] ?? null)));
  boxed.set(sample.rows, { schema, rows });
  return rows;
}

type Reader = (json: JsonValue) => Value;

/** From the JSON that the engine prints rows as to boxed values; what cannot be read is NULL. */
export function readerOf(type: LogicalType): Reader {
  const read = presentReader(type);
  return (json) => {
    if (json === null) return null;
    try {
      return read(json);
    } catch (error) {
      if (error instanceof EvaluationError) return null;
      throw error;
    }
  };
}

function presentReader(type: LogicalType): Reader {
  switch (type.kind) {
    case 'BOOLEAN':
      return (json) => json === true;
    case 'CHAR':
    case 'VARCHAR':
      return (json) => (typeof json === 'string' ? json : JSON.stringify(json));
    case 'FLOAT':
      return (json) => Math.fround(Number(json));
    case 'DOUBLE':
      return (json) => Number(json);
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ': {
      // Both are printed as a local time; with a zone it is that of UTC.
      const cast = createCast(STRING, timestampType(NANOS), 'UTC');
      return (json) => cast(String(json).replace(/Z$/, ''));
    }
    case 'BINARY':
    case 'VARBINARY':
      return (json) => Uint8Array.from(atob(String(json)), (character) => character.charCodeAt(0));
    case 'ROW': {
      const readers = type.fields.map((field) => readerOf(field.type));
      return (json) => {
        const row = typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as JsonObject) : {};
        return type.fields.map((field, index) => readers[index](row[field.name] ?? null));
      };
    }
    case 'ARRAY':
    case 'MAP':
    case 'MULTISET':
    case 'NULL':
      return () => null;
    default: {
      const cast = createCast(STRING, type, 'UTC');
      return (json) => cast(String(json));
    }
  }
}

/** As people read it: digits in groups, long texts cut. */
export function showValue(value: Value, type: LogicalType, timeZone: string): string {
  if (value === null) return 'NULL';
  if (type.kind === 'ROW' || Array.isArray(value)) return 'ROW(…)';
  const text = printerOf(type, timeZone)(value);
  if (isNumeric(type)) return groupDigits(text);
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}

/** `4125.00` → `4,125.00`; what is no plain number stays as it is. */
export function groupDigits(text: string): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  return match === null ? text : `${match[1]}${match[2].replace(/\B(?=(\d{3})+$)/g, ',')}${match[3] ?? ''}`;
}
