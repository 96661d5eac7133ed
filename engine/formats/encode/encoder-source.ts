/** Writes the JavaScript that encodes rows of one schema: constants stored as words, one call per value. */
import { isBoxed, isByteView } from '../../columnar/lanes.ts';
import { type EncodeColumn, type EncodeDialect, type EncodePlan, widthMax } from './encode-plan.ts';

const encoder = new TextEncoder();

/**
 * `lanes` holds, by column index k: data at 3k, nanoseconds at 3k+1, validity at 3k+2. Returns the number of the first
 * selected row that did not fit; the output's length is in `state[0]`, the room one row needs in `state[1]`.
 */
export const ENCODER_PARAMETERS = 'u8, i32, u32, view, lanes, boxed, cells, state, selection, from, count, out, limit';

/** An escaped byte takes at most six. */
const ESCAPED_BYTES_MAX = 6;

export function writeEncoder(plan: EncodePlan, dialect: EncodeDialect): string {
  const lines: string[] = [];
  const flat = plan.columns.flatMap(flatten);
  const fixed = flat.reduce((sum, one) => sum + one.before.length * 4 + widthMax(one.type) + 8, plan.after.length + 16);
  for (const { index, type } of flat) {
    if (type.kind !== 'ROW' && !isBoxed(type)) lines.push(`const d${index} = lanes[${3 * index}], n${index} = lanes[${3 * index + 1}];`);
    lines.push(`const v${index} = lanes[${3 * index + 2}];`);
  }
  lines.push('let o = out, start = out, row = 0, i = from, need = 0;', 'for (; i < count; i++) {');
  lines.push('row = selection === 0 ? i : i32[(selection >>> 2) + i];', `need = ${fixed};`);
  for (const { index, type } of flat) {
    if (isByteView(type))
      lines.push(`if (v${index} === 0 || u8[v${index} + row] !== 0) need += ${ESCAPED_BYTES_MAX} * u32[(d${index} >>> 2) + 2 * row + 1];`);
    if (isBoxed(type)) lines.push(`need += cells.boxedBytes(boxed[${index}], row);`);
  }
  lines.push('if (o + need > limit) break;');
  for (const column of plan.columns) emitColumn(lines, column, dialect);
  emitText(lines, plan.after);
  lines.push('}', 'state[0] = o - start; state[1] = need;', 'return i;');
  return `'use strict';\n${lines.join('\n')}`;
}

function flatten(column: EncodeColumn): EncodeColumn[] {
  return [column, ...column.children.flatMap(flatten)];
}

function emitColumn(lines: string[], column: EncodeColumn, dialect: EncodeDialect): void {
  const { index, type } = column;
  emitText(lines, column.before);
  lines.push(`if (v${index} !== 0 && u8[v${index} + row] === 0) {`);
  emitText(lines, dialect.format === 'csv' ? dialect.nullText : 'null');
  lines.push('} else {');
  if (type.kind === 'ROW') {
    for (const child of column.children) emitColumn(lines, child, dialect);
    emitText(lines, column.children.length === 0 ? '{}' : '}');
  } else if (isBoxed(type)) lines.push(`o = cells.boxed(boxed[${index}], row, o);`);
  else lines.push(`o = ${valueCall(column)};`);
  lines.push('}');
}

/** The call that writes the value of `row` at `o` and returns the end. */
function valueCall({ index, type }: EncodeColumn): string {
  const word = `(d${index} >>> 2) + row`;
  const pair = `(d${index} >>> 2) + 2 * row`;
  switch (type.kind) {
    case 'BOOLEAN':
      return `cells.boolean(u8[d${index} + row], o)`;
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'INTERVAL_YEAR_MONTH':
      return `cells.integer(i32[${word}], o)`;
    case 'DATE':
      return `cells.date(i32[${word}], o)`;
    case 'TIME':
      return `cells.time(i32[${word}], o)`;
    case 'FLOAT':
      return `cells.float(view.getFloat32(d${index} + 4 * row, true), o)`;
    case 'DOUBLE':
      return `cells.double(view.getFloat64(d${index} + 8 * row, true), o)`;
    case 'DECIMAL':
      if (type.precision > 18) return `cells.wideDecimal(d${index} + 16 * row, ${type.scale}, o)`;
      return `cells.decimal(i32[${pair}], i32[(d${index} >>> 2) + 2 * row + 1], ${type.scale}, o)`;
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ': {
      const nanos = `n${index} === 0 ? 0 : i32[(n${index} >>> 2) + row]`;
      return `cells.timestamp(${index}, i32[${pair}], i32[(d${index} >>> 2) + 2 * row + 1], ${nanos}, ${type.kind === 'TIMESTAMP_LTZ'}, o)`;
    }
    case 'CHAR':
    case 'VARCHAR':
      return `cells.characters(u32[${pair}], u32[(d${index} >>> 2) + 2 * row + 1], o)`;
    case 'BINARY':
    case 'VARBINARY':
      return `cells.binary(u32[${pair}], u32[(d${index} >>> 2) + 2 * row + 1], o)`;
    default:
      return `cells.long(i32[${pair}], i32[(d${index} >>> 2) + 2 * row + 1], o)`;
  }
}

/** Stores constant text; the last word may reach behind it. */
function emitText(lines: string[], text: string): void {
  const bytes = encoder.encode(text);
  const padded = new Uint8Array((bytes.length + 3) & ~3);
  padded.set(bytes);
  const words = new DataView(padded.buffer);
  for (let offset = 0; offset < padded.length; offset += 4)
    lines.push(`view.setInt32(o + ${offset}, ${words.getInt32(offset, true)}, true);`);
  if (bytes.length > 0) lines.push(`o += ${bytes.length};`);
}
