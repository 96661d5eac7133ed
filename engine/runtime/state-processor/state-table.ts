/** Stored state as tables of rows: what a row of each state holds, how it is written as a line of JSON, and how a line is read. */
import { EngineError } from '../../base/errors.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import { floorMillis, NANOS_PER_MILLI } from '../../columnar/column-value.ts';
import { printValue } from '../../columnar/row-text.ts';
import { parseDate, parseTime, parseTimestamp } from '../../expressions/datetime/parse-datetime.ts';
import { parseExact, rescale } from '../../expressions/decimal.ts';
import type { JsonTree } from '../../spec/document-text/json-tree.ts';
import { parseJsonTree } from '../../spec/document-text/json-tree.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { printType } from '../../types/print-type.ts';

/** `one`: a value; `tuple`: one of each type; `many`: a list of values; `tuples`: a list of tuples; `json`: anything. */
export interface Member {
  readonly name: string;
  readonly shape: 'one' | 'tuple' | 'many' | 'tuples' | 'json';
  readonly types: readonly LogicalType[];
  /** It says which row this is: a row with the same ones takes its place. */
  readonly identifies: boolean;
  /** What stands for an absent one; undefined: it must be there. */
  readonly absent?: ColumnValue;
  /** All there are, of a text. */
  readonly oneOf?: readonly string[];
}

export interface StateTable {
  readonly state: string;
  readonly kind: string;
  readonly members: readonly Member[];
}

export interface StateRow {
  readonly table: StateTable;
  /** Parallel to the table's members; of a `json` one its text. */
  readonly values: readonly ColumnValue[];
}

const LINE_LIMITS = { lengthMax: 64 * 1024 * 1024, depthMax: 64, valuesMax: 4_000_000 };
const VALUE_SHOWN = 80;
const RANGES: Readonly<Record<string, bigint>> = {
  TINYINT: 7n,
  SMALLINT: 15n,
  INTEGER: 31n,
  BIGINT: 63n,
  INTERVAL_YEAR_MONTH: 31n,
  INTERVAL_DAY_TIME: 63n,
};

export function printStateRow(nodeId: string, { table, values }: StateRow): string {
  const members = table.members.map((member, at) => `${JSON.stringify(member.name)}:${printMember(member, values[at])}`);
  return `{"node":${JSON.stringify(nodeId)},"state":${JSON.stringify(table.state)},${members.join(',')}}`;
}

/** What tells a row from others of its node. */
export function identityOf({ table, values }: StateRow): string {
  const members = table.members.map((member, at) => (member.identifies ? printMember(member, values[at]) : ''));
  return JSON.stringify([table.state, ...members]);
}

/** The first members of a row as text. */
export function textOfMembers({ table, values }: StateRow, count: number): string {
  return JSON.stringify(table.members.slice(0, count).map((member, at) => printMember(member, values[at])));
}

/** The member `key` of a row as text; null for state without keys. */
export function keyOf({ table, values }: StateRow): string | null {
  const at = table.members.findIndex(({ name }) => name === 'key');
  return at < 0 ? null : printMember(table.members[at], values[at]);
}

/** A key as a person writes it, as rows spell it: `["a",1]`, or for a key of one column also `"a"`, or the bare text of one. Null: the state has no keys. */
export function normaliseKey({ members }: StateTable, nodeId: string, text: string): string | null {
  const member = members.find(({ name }) => name === 'key');
  if (member === undefined) return null;
  const parsed = parseJsonTree(text, LINE_LIMITS);
  const isText = member.types.length === 1 && ['CHAR', 'VARCHAR'].includes(member.types[0].kind);
  const spelled =
    'tree' in parsed && (parsed.tree.kind === 'array' || !isText || typeof parsed.tree.value === 'string') ? text : JSON.stringify(text);
  const line = { text: spelled.trimStart().startsWith('[') ? spelled : `[${spelled}]`, number: 0 };
  const again = parseJsonTree(line.text, LINE_LIMITS);
  if (!('tree' in again)) throw refuseKey(nodeId, member, text);
  try {
    return printMember(member, readMember({ line, nodeId, member: 'key' }, member, again.tree));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw refuseKey(nodeId, member, text);
  }
}

function refuseKey(nodeId: string, member: Member, text: string): EngineError {
  return new EngineError('MR5042', `${text.slice(0, VALUE_SHOWN)} is no ${describeMember(member)}`, {
    domain: 'user',
    nodeId,
    field: 'key',
    remedy: 'write the key as `state print` shows it, such as \'["a",1]\'',
  });
}

export function describeMember({ name, shape, types }: Member): string {
  const inside = shape === 'json' ? 'JSON' : types.map(printType).join(', ');
  return `${name} ${shape === 'tuple' || shape === 'tuples' ? `(${inside})` : inside}${shape === 'many' || shape === 'tuples' ? ' each' : ''}`;
}

function printMember({ shape, types }: Member, value: ColumnValue): string {
  const items = Array.isArray(value) ? (value as readonly ColumnValue[]) : [];
  switch (shape) {
    case 'one':
      return printExact(types[0], value);
    case 'tuple':
      return printTuple(types, items);
    case 'many':
      return `[${items.map((item) => printExact(types[0], item)).join(',')}]`;
    case 'tuples':
      return `[${items.map((item) => printTuple(types, Array.isArray(item) ? (item as readonly ColumnValue[]) : [])).join(',')}]`;
    case 'json':
      return String(value);
  }
}

function printTuple(types: readonly LogicalType[], values: readonly ColumnValue[]): string {
  return `[${types.map((type, at) => printExact(type, values[at] ?? null)).join(',')}]`;
}

/** As print and preview write it; fields of a ROW have no names here, and minus zero stays what it is. */
function printExact(type: LogicalType, value: ColumnValue): string {
  if (value === null) return 'null';
  if (type.kind === 'ROW') {
    const values = value as readonly ColumnValue[];
    return `[${type.fields.map((field, at) => printExact(field.type, values[at])).join(',')}]`;
  }
  return printValue(type, value);
}

/** A line with its place in the input, for messages. */
export interface RowLine {
  readonly text: string;
  readonly number: number;
}

export interface ParsedLine {
  readonly line: RowLine;
  readonly members: ReadonlyMap<string, JsonTree>;
}

export function parseRowLine(line: RowLine): ParsedLine {
  const parsed = parseJsonTree(line.text, LINE_LIMITS);
  if (!('tree' in parsed) || parsed.tree.kind !== 'object') throw refuseRow(line, null, 'line', 'is no JSON object', line.text);
  return { line, members: new Map(parsed.tree.members.map(({ key, value }) => [key, value])) };
}

/** The text member `name` of a line. */
export function textOf({ line, members }: ParsedLine, name: string): string {
  const value = members.get(name)?.value;
  if (typeof value !== 'string') throw refuseRow(line, null, name, 'must be a text', shortText(line, members.get(name)));
  return value;
}

export function readStateRow(nodeId: string, table: StateTable, parsed: ParsedLine): StateRow {
  const { line, members } = parsed;
  const known = new Set(['node', 'state', ...table.members.map(({ name }) => name)]);
  const unknown = [...members.keys()].find((name) => !known.has(name));
  if (unknown !== undefined)
    throw refuseRow(
      line,
      nodeId,
      unknown,
      `is no member of '${table.state}', which has ${[...known].join(', ')}`,
      shortText(line, members.get(unknown)),
    );
  const values = table.members.map((member) => {
    const tree = members.get(member.name);
    if (tree !== undefined) return readMember({ line, nodeId, member: member.name }, member, tree);
    if (member.absent === undefined) throw refuseRow(line, nodeId, member.name, 'is missing', 'nothing');
    return member.absent;
  });
  return { table, values };
}

/** Where a value stands that may be refused. */
interface Place {
  readonly line: RowLine;
  readonly nodeId: string;
  readonly member: string;
}

function readMember(place: Place, { shape, types, oneOf }: Member, tree: JsonTree): ColumnValue {
  switch (shape) {
    case 'one':
      return readOne(place, types[0], tree, oneOf);
    case 'tuple':
      return readTuple(place, types, tree);
    case 'many':
      return itemsOf(place, tree).map((item) => readValue(place, types[0], item));
    case 'tuples':
      return itemsOf(place, tree).map((item) => readTuple(place, types, item));
    case 'json':
      return place.line.text.slice(tree.start, tree.end);
  }
}

function readOne(place: Place, type: LogicalType, tree: JsonTree, oneOf: readonly string[] | undefined): ColumnValue {
  const value = readValue(place, type, tree);
  if (oneOf === undefined || oneOf.includes(String(value))) return value;
  throw refuseRow(place.line, place.nodeId, place.member, `must be ${oneOf.join(' or ')}`, shortText(place.line, tree));
}

function itemsOf(place: Place, tree: JsonTree): readonly JsonTree[] {
  if (tree.kind === 'array') return tree.items;
  throw refuseRow(place.line, place.nodeId, place.member, 'must be a list', shortText(place.line, tree));
}

function readTuple(place: Place, types: readonly LogicalType[], tree: JsonTree): readonly ColumnValue[] {
  const items = itemsOf(place, tree);
  if (items.length !== types.length) {
    const wanted = `must be a list of ${types.length} (${types.map(printType).join(', ')})`;
    throw refuseRow(place.line, place.nodeId, place.member, wanted, shortText(place.line, tree));
  }
  return items.map((item, at) => readValue(place, types[at], item));
}

function readValue(place: Place, type: LogicalType, tree: JsonTree): ColumnValue {
  if (tree.kind === 'scalar' && tree.value === null && type.nullable) return null;
  const value =
    type.kind === 'ROW'
      ? readTuple(
          place,
          type.fields.map((field) => field.type),
          tree,
        )
      : readScalar(type, tree, place.line.text);
  if (value === undefined)
    throw refuseRow(place.line, place.nodeId, place.member, `must be ${printType(type)}`, shortText(place.line, tree));
  return value;
}

/** Undefined: not of the type. */
function readScalar(type: LogicalType, tree: JsonTree, source: string): ColumnValue | undefined {
  if (tree.kind !== 'scalar') return undefined;
  const words = typeof tree.value === 'number' ? source.slice(tree.start, tree.end) : tree.value;
  if (type.kind === 'BOOLEAN') return typeof words === 'boolean' ? words : undefined;
  if (typeof words !== 'string') return undefined;
  const isNumber = typeof tree.value === 'number';
  switch (type.kind) {
    case 'CHAR':
    case 'VARCHAR':
      return isNumber ? undefined : words;
    case 'BINARY':
    case 'VARBINARY':
      return isNumber ? undefined : readBase64(words);
    case 'DATE':
      return isNumber ? undefined : (parseDate(words) ?? undefined);
    case 'TIME':
      return isNumber ? undefined : (parseTime(words) ?? undefined);
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return isNumber ? undefined : readTimestamp(words, type.precision);
    case 'FLOAT':
    case 'DOUBLE':
      return readFloating(words, isNumber, type.kind === 'FLOAT');
    case 'DECIMAL':
      return readDecimal(words, type.precision, type.scale);
    default:
      return readWhole(words, type.kind);
  }
}

function readWhole(words: string, kind: string): ColumnValue | undefined {
  const bits = RANGES[kind];
  if (bits === undefined || !/^-?\d{1,20}$/.test(words)) return undefined;
  const value = BigInt(words);
  if (value < -(2n ** bits) || value >= 2n ** bits) return undefined;
  return kind === 'BIGINT' || kind === 'INTERVAL_DAY_TIME' ? value : Number(value);
}

function readFloating(words: string, isNumber: boolean, single: boolean): number | undefined {
  if (!isNumber && !['NaN', 'Infinity', '-Infinity'].includes(words)) return undefined;
  const value = single ? Math.fround(Number(words)) : Number(words);
  return isNumber && !Number.isFinite(value) ? undefined : value;
}

function readDecimal(words: string, precision: number, scale: number): bigint | undefined {
  const exact = parseExact(words);
  if (exact === null) return undefined;
  const unscaled = rescale(exact.unscaled, exact.scale, scale);
  const back = rescale(unscaled, scale, exact.scale);
  return back === exact.unscaled && unscaled > -(10n ** BigInt(precision)) && unscaled < 10n ** BigInt(precision) ? unscaled : undefined;
}

/** Text as it is printed; whole milliseconds stand for times that no calendar has. */
function readTimestamp(words: string, precision: number): bigint | undefined {
  const millis = /^(-?\d{5,19})Z?$/.exec(words);
  const nanos = millis === null ? parseTimestamp(words.replace(/Z$/, '')) : BigInt(millis[1]) * NANOS_PER_MILLI;
  if (nanos === null || BigInt.asIntN(64, floorMillis(nanos)) !== floorMillis(nanos)) return undefined;
  return precision <= 3 && nanos % NANOS_PER_MILLI !== 0n ? undefined : nanos;
}

function readBase64(words: string): Uint8Array | undefined {
  const bytes = Buffer.from(words, 'base64');
  return bytes.toString('base64') === words ? new Uint8Array(bytes) : undefined;
}

function shortText(line: RowLine, tree: JsonTree | undefined): string {
  return tree === undefined ? 'nothing' : line.text.slice(tree.start, tree.end);
}

export function refuseRow(line: RowLine, nodeId: string | null, member: string, wanted: string, found: string): EngineError {
  const shown = found.length > VALUE_SHOWN ? `${found.slice(0, VALUE_SHOWN)}…` : found;
  return new EngineError('MR5042', `row ${line.number}: '${member}' ${wanted}; it is ${shown}`, {
    domain: 'user',
    ...(nodeId === null ? {} : { nodeId }),
    field: member,
    remedy: 'write rows as `state print` shows them; `state list` tells the types',
  });
}

/** A row that is well formed but cannot be. */
export function refuseRowValue(
  { table, values }: StateRow,
  nodeId: string,
  member: string,
  wanted: string,
  remedy = 'write rows as `state print` shows them',
): EngineError {
  const at = table.members.findIndex(({ name }) => name === member);
  return new EngineError('MR5042', `state '${table.state}': '${member}' ${wanted}; it is ${printMember(table.members[at], values[at])}`, {
    domain: 'user',
    nodeId,
    field: member,
    remedy,
  });
}
