/** Parses Flink SQL type names: what stands in CAST, in schemas and in summary strings. */

import type { Field, LogicalType } from './logical-type.ts';
import { LENGTH_MAX } from './logical-type.ts';
import { BIGINT, BOOLEAN, BYTES, DATE, DOUBLE, FLOAT, INT, NULL_TYPE, SMALLINT, STRING, TINYINT } from './make-type.ts';
import { TokenCursor, TokenError } from './sql-tokens.ts';

const PLAIN: Readonly<Record<string, LogicalType>> = {
  BOOLEAN,
  TINYINT,
  SMALLINT,
  INT,
  INTEGER: INT,
  BIGINT,
  FLOAT,
  DOUBLE,
  STRING,
  BYTES,
  DATE,
  NULL: NULL_TYPE,
};

/** Deeper types would overflow the stack of whatever walks them. */
const DEPTH_MAX = 64;
/** Characters of a type; as many as an expression may have. */
const TEXT_LENGTH_MAX = 100_000;

const YEAR_MONTH_UNITS = ['YEAR', 'QUARTER', 'MONTH'];
const DAY_TIME_UNITS = ['WEEK', 'DAY', 'HOUR', 'MINUTE', 'SECOND'];

export type ParsedType =
  | { readonly type: LogicalType }
  | { readonly problem: { readonly start: number; readonly end: number; readonly text: { readonly en: string; readonly zh: string } } };

/** Parses the whole text as one type. */
export function parseType(text: string): ParsedType {
  try {
    if (text.length > TEXT_LENGTH_MAX) throw tooLong(text);
    const cursor = new TokenCursor(text);
    const type = readType(cursor);
    if (cursor.peek().kind !== 'end') throw cursor.unexpected('the end of the type', '类型的结尾');
    return { type };
  } catch (error) {
    if (error instanceof TokenError) return { problem: { start: error.start, end: error.end, text: { en: error.message, zh: error.zh } } };
    throw error;
  }
}

/** Reads a type at the cursor, with its `[NOT] NULL` and ARRAY / MULTISET suffixes; throws TokenError. */
export function readType(cursor: TokenCursor, depth = 1): LogicalType {
  if (depth > DEPTH_MAX) throw tooDeep(cursor);
  let type = readNullability(cursor, readBase(cursor, depth));
  for (let levels = depth + 1; cursor.isWord('ARRAY') || cursor.isWord('MULTISET'); levels++) {
    if (levels > DEPTH_MAX) throw tooDeep(cursor);
    const kind = cursor.next().value === 'ARRAY' ? 'ARRAY' : 'MULTISET';
    type = readNullability(cursor, { kind, element: type, nullable: true });
  }
  return type;
}

function tooLong(text: string): TokenError {
  return new TokenError(
    0,
    text.length,
    `the type has ${text.length} characters; at most ${TEXT_LENGTH_MAX} are read`,
    `该类型有 ${text.length} 个字符；最多读取 ${TEXT_LENGTH_MAX} 个`,
  );
}

function tooDeep(cursor: TokenCursor): TokenError {
  const { start, end } = cursor.peek();
  return new TokenError(start, end, `a type may be nested at most ${DEPTH_MAX} levels deep`, `类型最多嵌套 ${DEPTH_MAX} 层`);
}

function readNullability(cursor: TokenCursor, type: LogicalType): LogicalType {
  if (cursor.isWord('NOT') && cursor.isWord('NULL', 1)) {
    cursor.next();
    cursor.next();
    return { ...type, nullable: false };
  }
  // In `RETURNING INT NULL ON EMPTY` the NULL belongs to what follows.
  if (!cursor.isWord('ON', 1)) cursor.takeWord('NULL');
  return type;
}

function readBase(cursor: TokenCursor, depth: number): LogicalType {
  const token = cursor.peek();
  if (token.kind !== 'word') throw cursor.unexpected('a type', '类型');
  cursor.next();
  const plain = PLAIN[token.value];
  if (plain !== undefined) {
    if (token.value === 'DOUBLE') cursor.takeWord('PRECISION');
    return plain;
  }
  switch (token.value) {
    case 'DECIMAL':
    case 'DEC':
    case 'NUMERIC':
      return readDecimal(cursor);
    case 'CHAR':
    case 'CHARACTER':
    case 'VARCHAR':
      return readCharacter(cursor, token.value);
    case 'BINARY':
    case 'VARBINARY':
      return readBinary(cursor, token.value);
    case 'TIME':
      return readTime(cursor);
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return readTimestamp(cursor, token.value);
    case 'INTERVAL':
      return readInterval(cursor);
    case 'ARRAY':
    case 'MULTISET':
      return readCollection(cursor, token.value, depth);
    case 'MAP':
      return readMap(cursor, depth);
    case 'ROW':
      return readRow(cursor, depth);
    default:
      throw unknownType(cursor, token.start, token.end);
  }
}

function unknownType(cursor: TokenCursor, start: number, end: number): TokenError {
  const name = cursor.text.slice(start, end);
  return new TokenError(
    start,
    end,
    `there is no type ${name}; types are for example INT, BIGINT, DOUBLE, DECIMAL(10, 2), STRING, TIMESTAMP(3)`,
    `没有类型 ${name}；可用的类型例如 INT、BIGINT、DOUBLE、DECIMAL(10, 2)、STRING、TIMESTAMP(3)`,
  );
}

/** A whole number in parentheses between `min` and `max`, or `fallback` when there are none. */
function readLength(cursor: TokenCursor, min: number, max: number, fallback: number): number {
  if (!cursor.takeSymbol('(')) return fallback;
  const value = readWhole(cursor, min, max);
  cursor.expectSymbol(')');
  return value;
}

function readWhole(cursor: TokenCursor, min: number, max: number): number {
  const token = cursor.peek();
  if (token.kind !== 'number' || !/^\d+$/.test(token.value)) throw cursor.unexpected('a whole number');
  const value = Number(token.value);
  if (value < min || value > max)
    throw new TokenError(token.start, token.end, `${token.value} is outside ${min} … ${max}`, `${token.value} 超出范围 ${min} … ${max}`);
  cursor.next();
  return value;
}

function readDecimal(cursor: TokenCursor): LogicalType {
  if (!cursor.takeSymbol('(')) return { kind: 'DECIMAL', precision: 10, scale: 0, nullable: true };
  const precision = readWhole(cursor, 1, 38);
  const scale = cursor.takeSymbol(',') ? readWhole(cursor, 0, precision) : 0;
  cursor.expectSymbol(')');
  return { kind: 'DECIMAL', precision, scale, nullable: true };
}

function readCharacter(cursor: TokenCursor, word: string): LogicalType {
  const varying = word === 'VARCHAR' || cursor.takeWord('VARYING');
  // A CHAR(0) can be printed (the type of '') though not declared.
  const length = readLength(cursor, 0, LENGTH_MAX, varying ? LENGTH_MAX : 1);
  return { kind: varying ? 'VARCHAR' : 'CHAR', length, nullable: true };
}

function readBinary(cursor: TokenCursor, word: string): LogicalType {
  const varying = word === 'VARBINARY' || cursor.takeWord('VARYING');
  const length = readLength(cursor, 0, LENGTH_MAX, varying ? LENGTH_MAX : 1);
  return { kind: varying ? 'VARBINARY' : 'BINARY', length, nullable: true };
}

function readTime(cursor: TokenCursor): LogicalType {
  const precision = readLength(cursor, 0, 9, 0);
  if (cursor.takeWord('WITHOUT')) {
    cursor.expectWord('TIME');
    cursor.expectWord('ZONE');
  }
  return { kind: 'TIME', precision, nullable: true };
}

function readTimestamp(cursor: TokenCursor, word: string): LogicalType {
  const precision = readLength(cursor, 0, 9, 6);
  let local = word === 'TIMESTAMP_LTZ';
  if (cursor.takeWord('WITHOUT')) {
    cursor.expectWord('TIME');
    cursor.expectWord('ZONE');
  } else if (cursor.isWord('WITH')) {
    cursor.next();
    cursor.expectWord('LOCAL');
    cursor.expectWord('TIME');
    cursor.expectWord('ZONE');
    local = true;
  }
  return { kind: local ? 'TIMESTAMP_LTZ' : 'TIMESTAMP', precision, nullable: true };
}

/** Reads the qualifier after INTERVAL: `DAY(2) TO SECOND(3)`. The unit is kept as it is spelled. */
export function readInterval(cursor: TokenCursor): LogicalType {
  const first = readUnit(cursor);
  let unit = first.text;
  let last = first.name;
  if (cursor.takeWord('TO')) {
    const second = readUnit(cursor);
    unit = `${unit} TO ${second.text}`;
    last = second.name;
  }
  const yearMonth = YEAR_MONTH_UNITS.includes(first.name);
  if (yearMonth !== YEAR_MONTH_UNITS.includes(last)) throw cursor.unexpected('a unit of the same kind', '同类的单位');
  return { kind: yearMonth ? 'INTERVAL_YEAR_MONTH' : 'INTERVAL_DAY_TIME', unit, nullable: true };
}

function readUnit(cursor: TokenCursor): { name: string; text: string } {
  const token = cursor.peek();
  const name = token.value.replace(/S$/, '');
  if (token.kind !== 'word' || (!YEAR_MONTH_UNITS.includes(name) && !DAY_TIME_UNITS.includes(name)))
    throw cursor.unexpected('a unit such as DAY or SECOND', '单位，如 DAY 或 SECOND');
  cursor.next();
  if (!cursor.takeSymbol('(')) return { name, text: name };
  const digits = readWhole(cursor, 0, 10);
  const fraction = cursor.takeSymbol(',') ? `, ${readWhole(cursor, 0, 9)}` : '';
  cursor.expectSymbol(')');
  return { name, text: `${name}(${digits}${fraction})` };
}

function readCollection(cursor: TokenCursor, kind: 'ARRAY' | 'MULTISET', depth: number): LogicalType {
  cursor.expectSymbol('<');
  const element = readType(cursor, depth + 1);
  closeAngle(cursor);
  return { kind, element, nullable: true };
}

function readMap(cursor: TokenCursor, depth: number): LogicalType {
  cursor.expectSymbol('<');
  const key = readType(cursor, depth + 1);
  cursor.expectSymbol(',');
  const value = readType(cursor, depth + 1);
  closeAngle(cursor);
  return { kind: 'MAP', key, value, nullable: true };
}

function readRow(cursor: TokenCursor, depth: number): LogicalType {
  const fields: Field[] = [];
  const angle = cursor.takeSymbol('<');
  if (!angle) cursor.expectSymbol('(');
  // `ROW<>` is cut into ROW and <>, hence two ways to be empty.
  while (!cursor.isSymbol(angle ? '>' : ')')) {
    const token = cursor.peek();
    if (token.kind !== 'word' && token.kind !== 'quoted') throw cursor.unexpected('a field name', '字段名');
    cursor.next();
    const type = readType(cursor, depth + 1);
    if (cursor.peek().kind === 'string') cursor.next();
    fields.push({ name: cursor.nameText(token), type });
    if (!cursor.takeSymbol(',')) break;
  }
  if (angle) closeAngle(cursor);
  else cursor.expectSymbol(')');
  return { kind: 'ROW', fields, nullable: true };
}

function closeAngle(cursor: TokenCursor): void {
  cursor.expectSymbol('>');
}
