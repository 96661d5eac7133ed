/** What a node did to its rows, told from a preview: which it left behind or failed on, which columns it made or changed. */
import type { NodePreview, PreviewRows } from './node-preview.ts';
import type { RowCells } from './row-cells.ts';
import { readRowCells } from './row-cells.ts';
import type { TableColumn, TableRow } from './table-rows.ts';

const NOTHING_CHANGED: ReadonlySet<string> = new Set();

export interface TableContent {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

/** Rows that went in, by fate. */
export interface Counts {
  readonly kept: number;
  readonly left: number;
  readonly failed: number;
}

/** Null where a row cannot be followed through the node, or not all of them are here. */
export function countRows(preview: NodePreview): Counts | null {
  const input = firstOf(preview.inputs);
  if (input === null || !isFollowed(preview) || input.texts.length < input.total || !isWhole(preview)) return null;
  const kept = keptRows(preview).size;
  const failed = preview.rowErrors.length;
  return { kept, failed, left: input.total - kept - failed };
}

export function inputTable(preview: NodePreview, port: string): TableContent {
  const input = preview.inputs.get(port);
  if (input === undefined) return { columns: [], rows: [] };
  const columns = input.columns.map((column): TableColumn => ({ ...column, mark: null }));
  const errors = new Map(preview.rowErrors.filter((each) => each.input === port).map(({ row, error }) => [row, error.message]));
  const kept = isFollowed(preview) ? keptRows(preview) : null;
  const known = isWhole(preview) ? Number.POSITIVE_INFINITY : lastFollowed(preview);
  const rows = readCells(input).map((cells, place): TableRow => {
    const note = errors.get(place) ?? null;
    const left = kept !== null && place <= known && !kept.has(place);
    return { cells, place, note, look: note !== null ? 'failed' : left ? 'faint' : 'plain', changed: NOTHING_CHANGED };
  });
  return { columns, rows };
}

export function outputTable(preview: NodePreview, port: string): TableContent {
  const output = preview.outputs.get(port);
  if (output === undefined) return { columns: [], rows: [] };
  const input = firstOf(preview.inputs);
  const before = input === null ? [] : readCells(input);
  const types = new Map(input?.columns.map((column) => [column.name, column.type]));
  const changed = new Set<string>();
  const rows = readCells(output).map((cells, place): TableRow => {
    const origin = output.from === null ? undefined : before[output.from[place]];
    const differing = origin === undefined ? NOTHING_CHANGED : differences(origin, cells);
    for (const column of differing) changed.add(column);
    return { cells, place, look: 'plain', note: null, changed: differing };
  });
  const markOf = (name: string, type: string): TableColumn['mark'] => {
    if (input === null) return null;
    if (!types.has(name)) return 'new';
    return changed.has(name) || types.get(name) !== type ? 'changed' : null;
  };
  return { rows, columns: output.columns.map((column) => ({ ...column, mark: markOf(column.name, column.type) })) };
}

/** The row of the other table that belongs to a row of this one; null where that is not known. */
export function counterpart(preview: NodePreview, side: 'in' | 'out', port: string, place: number): number | null {
  const from = preview.outputs.get(port)?.from ?? null;
  if (from === null) return null;
  const found = side === 'out' ? (from[place] ?? -1) : from.indexOf(place);
  return found < 0 ? null : found;
}

function isFollowed(preview: NodePreview): boolean {
  const outputs = [...preview.outputs.values()];
  return (
    outputs.length > 0 &&
    outputs.every((output) => output.from !== null || output.total === 0) &&
    outputs.some((output) => output.from !== null)
  );
}

/** Every row of every output is here. */
function isWhole(preview: NodePreview): boolean {
  return [...preview.outputs.values()].every((output) => output.texts.length === output.total);
}

function keptRows(preview: NodePreview): ReadonlySet<number> {
  return new Set([...preview.outputs.values()].flatMap((output) => output.from ?? []));
}

function lastFollowed(preview: NodePreview): number {
  return Math.min(
    ...[...preview.outputs.values()].filter((output) => output.texts.length < output.total).map((output) => output.from?.at(-1) ?? -1),
  );
}

function firstOf(ports: ReadonlyMap<string, PreviewRows>): PreviewRows | null {
  for (const rows of ports.values()) return rows;
  return null;
}

function differences(before: RowCells, after: RowCells): ReadonlySet<string> {
  const differing = new Set<string>();
  for (const [name, cell] of after.cells) {
    const old = before.cells.get(name);
    if (old !== undefined && (old.kind !== cell.kind || old.text !== cell.text)) differing.add(name);
  }
  return differing.size === 0 ? NOTHING_CHANGED : differing;
}

const read = new WeakMap<PreviewRows, readonly RowCells[]>();

export function readCells(rows: PreviewRows): readonly RowCells[] {
  const known = read.get(rows);
  if (known !== undefined) return known;
  const names = rows.columns.map((column) => column.name);
  const cells = rows.texts.map((text) => readRowCells(text, names));
  read.set(rows, cells);
  return cells;
}
