/** A row as the engine printed it, cut into its cells: numbers keep every digit, and what cannot be seen is named. */

export type CellKind = 'null' | 'text' | 'number' | 'boolean' | 'json';

export interface Cell {
  readonly kind: CellKind;
  /** Texts without their quotes, everything else as JSON. */
  readonly text: string;
}

export interface RowCells {
  /** The whole row as JSON. */
  readonly text: string;
  /** Kind of a changelog row that is not an insert: -U, +U, -D. */
  readonly change: string | null;
  readonly cells: ReadonlyMap<string, Cell>;
}

const CHANGES = ['"-U"', '"+U"', '"-D"'];
const NULL: Cell = { kind: 'null', text: 'null' };

/** `columns` tells a column that is really called `op` from the mark of a changelog row. */
export function readRowCells(text: string, columns: readonly string[]): RowCells {
  const members = topLevelMembers(text);
  if (members === null) return { text, change: null, cells: new Map([['value', { kind: 'text', text }]]) };
  const marked = members[0]?.name === 'op' && CHANGES.includes(members[0].raw) && (!columns.includes('op') || members[1]?.name === 'op');
  const change = marked ? members[0].raw.slice(1, -1) : null;
  const cells = new Map((marked ? members.slice(1) : members).map(({ name, raw }) => [name, readCell(raw)]));
  return { text, change, cells };
}

export function cellOf(row: RowCells, column: string): Cell {
  return row.cells.get(column) ?? NULL;
}

function readCell(raw: string): Cell {
  const [first] = raw;
  if (first === '"') return { kind: 'text', text: JSON.parse(raw) as string };
  if (raw === 'null') return NULL;
  if (first === '{' || first === '[') return { kind: 'json', text: raw };
  return { kind: raw === 'true' || raw === 'false' ? 'boolean' : 'number', text: raw };
}

/** The members of a JSON object with their values as they are written; null when it is no object. */
function topLevelMembers(text: string): { readonly name: string; readonly raw: string }[] | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  if (!text.startsWith('{')) return null;
  const members: { name: string; raw: string }[] = [];
  let at = 1;
  while (text[at] === '"') {
    const nameEnd = endOfString(text, at);
    const valueStart = nameEnd + 1;
    const valueEnd = endOfValue(text, valueStart);
    members.push({ name: JSON.parse(text.slice(at, nameEnd)) as string, raw: text.slice(valueStart, valueEnd) });
    at = valueEnd + 1;
  }
  return members;
}

/** Index behind the closing quote of the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Index of the comma or brace behind the value that begins at `start`; the engine prints no spaces between. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at) - 1;
    else if (character === '{' || character === '[') depth++;
    else if (depth > 0 && (character === '}' || character === ']')) depth--;
    else if (depth === 0 && (character === ',' || character === '}')) return at;
  }
  return text.length;
}

/** Pieces of a text to show: `mark` stands for something that would not be seen. */
export interface Piece {
  readonly text: string;
  readonly mark: boolean;
}

const SIGNS: { readonly [character: string]: string } = { '\n': '↵', '\r': '␍', '\t': '⇥', '\u00a0': '⍽', '\u200b': '␣', '\ufeff': '␣' };
const HIDDEN = /^[ ]+|[ ]+$|[\u0000-\u001f\u007f\u00a0\u200b\ufeff]/g;

/** Spaces at the ends, line breaks, tabs and control characters are shown by a sign. */
export function visiblePieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), mark: false });
    pieces.push({ text: match[0].startsWith(' ') ? '·'.repeat(match[0].length) : (SIGNS[match[0]] ?? '␀'), mark: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), mark: false });
  return pieces;
}

/** For spreadsheets: tabs and line breaks within a value would fall apart there. */
export function printTsv(rows: readonly RowCells[], columns: readonly string[]): string {
  const line = (cells: readonly string[]): string => cells.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t');
  return [line(columns), ...rows.map((row) => line(columns.map((column) => textToCopy(cellOf(row, column)))))].join('\n');
}

export function textToCopy(cell: Cell): string {
  return cell.kind === 'null' ? '' : cell.text;
}
