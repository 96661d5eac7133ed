/** Rows of a document as cells of text: what a cell shows of a value, and the value that a typed or pasted text becomes. */
import type { JsonObject, JsonValue } from '../../../engine/base/json.ts';
import { isObject } from '../../../engine/base/json.ts';
import type { LogicalType } from '../../../engine/types/logical-type.ts';
import { parseType } from '../../../engine/types/parse-type.ts';
import { listOf, objectOf, textOf } from '../widget.ts';

/** A column of cells: a column of the schema, or a member of a ROW in one. */
export interface CellColumn {
  readonly path: readonly string[];
  readonly label: string;
  /** Null: cannot be read yet. */
  readonly type: LogicalType | null;
}

export function cellColumns(schema: JsonValue | undefined): readonly CellColumn[] {
  return listOf(schema).flatMap((entry) => {
    const column = objectOf(entry);
    const parsed = parseType(textOf(column['type']));
    const name = textOf(column['name']);
    return name === '' ? [] : leavesOf([name], 'type' in parsed ? parsed.type : null);
  });
}

function leavesOf(path: readonly string[], type: LogicalType | null): readonly CellColumn[] {
  if (type?.kind !== 'ROW') return [{ path, label: path.join('.'), type }];
  return type.fields.flatMap((field) => leavesOf([...path, field.name], field.type));
}

export function valueAt(row: JsonValue | undefined, path: readonly string[]): JsonValue {
  return path.reduce<JsonValue>((value, name) => (isObject(value) ? (value[name] ?? null) : null), row ?? null);
}

export function withValueAt(row: JsonValue | undefined, [name, ...inner]: readonly string[], value: JsonValue): JsonObject {
  const own = objectOf(row);
  return { ...own, [name]: inner.length === 0 ? value : withValueAt(own[name], inner, value) };
}

export function showCell(value: JsonValue): string {
  return value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** What does not read as the type stays as it was typed, and the check tells of it. */
export function readCell(text: string, type: LogicalType | null): JsonValue {
  const kind = type?.kind ?? 'VARCHAR';
  if (kind === 'CHAR' || kind === 'VARCHAR') return text;
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (kind === 'BOOLEAN') return trimmed === 'true' ? true : trimmed === 'false' ? false : text;
  if (kind === 'ARRAY' || kind === 'MAP' || kind === 'MULTISET') return readNested(trimmed) ?? text;
  if (!NUMBERS.has(kind)) return text;
  // Digits that a number of JavaScript would lose stay text, which the document may hold in their place.
  return String(Number(trimmed)) === trimmed && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
}

const NUMBERS: ReadonlySet<string> = new Set(['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'DECIMAL', 'FLOAT', 'DOUBLE']);

function readNested(text: string): JsonValue | null {
  try {
    const value = JSON.parse(text) as JsonValue;
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** Rows with what was pasted at a cell: cells of a sheet, or JSON rows; null where it is only text for that cell. */
export function pasteRows(
  rows: readonly JsonValue[],
  columns: readonly CellColumn[],
  at: { readonly row: number; readonly column: number },
  text: string,
): readonly JsonValue[] | null {
  const objects = readObjects(text);
  if (objects !== null) return [...rows.slice(0, at.row), ...objects, ...rows.slice(at.row + objects.length)];
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (lines.length === 1 && !text.includes('\t')) return null;
  const pasted = lines.map((line, index) =>
    line.split('\t').reduce<JsonValue>(
      (row, cell, offset) => {
        const column = columns[at.column + offset];
        return column === undefined ? row : withValueAt(row, column.path, readCell(cell, column.type));
      },
      rows[at.row + index] ?? {},
    ),
  );
  return [...rows.slice(0, at.row), ...pasted, ...rows.slice(at.row + pasted.length)];
}

/** A list of objects, one object, or one a line. */
function readObjects(text: string): readonly JsonObject[] | null {
  if (!/^\s*[[{]/.test(text)) return null;
  const whole = readNested(text);
  const list = Array.isArray(whole) ? whole : whole === null ? text.trim().split('\n').map(readNested) : [whole];
  return list.length > 0 && list.every((entry) => isObject(entry ?? undefined)) ? (list as readonly JsonObject[]) : null;
}
