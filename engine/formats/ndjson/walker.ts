/** Compiles and runs the generated walk over predicted lines. */

import { MILLIS_PER_DAY } from '../../columnar/temporal-text.ts';
import type { DecodePlan, SchemaPlan } from '../decode-plan.ts';
import type { DecodeTarget } from '../decode-target.ts';
import type { InputPage } from '../input-page.ts';
import { lastRead, readDate, readTime, readTimestamp, type TimestampFormat } from '../temporal-bytes.ts';
import { skipNumber, skipValue } from './json-skip.ts';
import type { LineParser } from './line-parser.ts';
import type { LineShape } from './shape.ts';
import { lastUnescaped, unescapeString } from './unescape.ts';
import { LANES_EXTRA, STATE_HEAP, STATE_POSITION, WALKER_PARAMETERS, writeWalker } from './walker-source.ts';

type Walk = (
  bytes: Uint8Array,
  marks: Int32Array,
  view: DataView,
  valid: Uint8Array,
  u8: Uint8Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
  lanes: Float64Array,
  state: Float64Array,
  helpers: Helpers,
  position: number,
  end: number,
  row: number,
  rowsMax: number,
) => number;

/** What generated code calls for the rarer forms of values; results beyond one number are fetched by a second call. */
interface Helpers {
  heapUsed: number;
  readonly powers: Float64Array;
  skip(bytes: Uint8Array, at: number, end: number): number;
  unescape(bytes: Uint8Array, at: number, end: number, to: number): number;
  unescapedEnd(): number;
  number(bytes: Uint8Array, at: number, end: number): number;
  numberValue(): number;
  minute(bytes: Uint8Array, at: number): number;
  timestamp(bytes: Uint8Array, at: number, end: number): number;
  nanosOfMilli(): number;
  value(planIndex: number, at: number, end: number, row: number): number;
}

/** Powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_unused, power) => Number(`1e${power}`));

/** Compiled walks by source, so that a second decoder of the same shape starts warm. */
const compiled = new Map<string, Walk>();
const COMPILED_MAX = 256;

export class LineWalker {
  private readonly target: DecodeTarget;
  private readonly walkLines: Walk;
  private readonly lanes: Float64Array;
  private readonly state: Float64Array;
  private readonly helpers: Helpers;
  private page: InputPage | null = null;
  private pageGeneration = -1;
  private bytes: Uint8Array = new Uint8Array(0);
  private marks: Int32Array = new Int32Array(0);
  private view = new DataView(new ArrayBuffer(0));

  constructor(plan: SchemaPlan, shape: LineShape, format: TimestampFormat, lineBytesMax: number, target: DecodeTarget, parser: LineParser) {
    const code = writeWalker(plan, shape, format, lineBytesMax);
    this.target = target;
    this.walkLines = compile(code.source);
    this.lanes = new Float64Array(2 * plan.flat.length + LANES_EXTRA);
    this.state = new Float64Array(code.stateSlots);
    this.helpers = createHelpers(format, (planIndex, at, end, row) => this.readValue(parser, plan.flat[planIndex], at, end, row));
  }

  /** Decodes lines into rows from `row` on; returns the row count and moves `page.position` to the first line it did not take. */
  walk(page: InputPage, row: number, rowsMax: number): number {
    const { memory } = page;
    if (this.page !== page || this.pageGeneration !== memory.generation) this.openPage(page);
    const { target, lanes, state } = this;
    const count = target.plan.flat.length;
    lanes.set(target.data, 0);
    lanes.set(target.nanos, count);
    lanes[2 * count] = target.stride;
    lanes[2 * count + 1] = page.address;
    lanes[2 * count + 2] = page.heap;
    state[STATE_HEAP] = page.heapUsed;
    const rows = this.walkLines(
      this.bytes,
      this.marks,
      this.view,
      target.valid,
      memory.u8,
      memory.i32,
      memory.f32,
      memory.f64,
      lanes,
      state,
      this.helpers,
      page.position,
      page.complete,
      row,
      rowsMax,
    );
    page.position = state[STATE_POSITION];
    page.heapUsed = state[STATE_HEAP];
    return rows;
  }

  private openPage(page: InputPage): void {
    const { buffer } = page.memory.memory;
    this.page = page;
    this.pageGeneration = page.memory.generation;
    this.bytes = new Uint8Array(buffer, page.address, page.marks - page.address);
    this.marks = new Int32Array(buffer, page.marks, page.capacity >> 5);
    this.view = new DataView(buffer, page.address, page.marks - page.address);
  }

  private readValue(parser: LineParser, plan: DecodePlan, at: number, end: number, row: number): number {
    const { page } = this;
    if (page === null) return -1;
    page.heapUsed = this.helpers.heapUsed;
    const stop = parser.parseValue(page, at, end, row, plan);
    this.helpers.heapUsed = page.heapUsed;
    return withinLine(this.bytes, at, stop);
  }
}

/** A line end is white space to JSON, but not to lines of JSON: a value that runs over one is refused. */
function withinLine(bytes: Uint8Array, at: number, stop: number): number {
  if (stop < 0 || (bytes[at] !== 123 && bytes[at] !== 91)) return stop;
  return bytes.indexOf(10, at) < stop ? -1 : stop;
}

function compile(source: string): Walk {
  let walk = compiled.get(source);
  if (walk === undefined) {
    if (compiled.size >= COMPILED_MAX) compiled.clear();
    walk = new Function(...WALKER_PARAMETERS.split(', '), source) as Walk;
    compiled.set(source, walk);
  }
  return walk;
}

function createHelpers(format: TimestampFormat, value: Helpers['value']): Helpers {
  let lastNumber = 0;
  return {
    heapUsed: 0,
    powers: POWERS,
    skip: (bytes, at, end) => withinLine(bytes, at, skipValue(bytes, at, end)),
    unescape: (bytes, at, end, to) => unescapeString(bytes, at, end, bytes, to),
    unescapedEnd: () => lastUnescaped.end,
    number(bytes, at, end) {
      const stop = skipNumber(bytes, at, end);
      if (stop < 0 || stop - at > 1000) return -1;
      let text = '';
      for (let position = at; position < stop; position++) text += String.fromCharCode(bytes[position]);
      lastNumber = Number(text);
      return stop;
    },
    numberValue: () => lastNumber,
    minute(bytes, at) {
      if (bytes[at + 10] !== (format === 'sql' ? 32 : 84)) return Number.NaN;
      return readDate(bytes, at, at + 10) * MILLIS_PER_DAY + readTime(bytes, at + 11, at + 16, true);
    },
    timestamp: (bytes, at, end) => readTimestamp(bytes, at, end, format, false),
    nanosOfMilli: () => lastRead.nanosOfMilli,
    value,
  };
}
