/** NDJSON bytes to columns: a fast walk over lines of the predicted shape, the patient reader for every other line. */
import type { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import type { Schema } from '../../types/schema.ts';
import { asciiColumns } from '../ascii-columns.ts';
import { planSchema, type SchemaPlan } from '../decode-plan.ts';
import { DecodeTarget } from '../decode-target.ts';
import type { InputPage } from '../input-page.ts';
import { LINE_BYTES_MAX_DEFAULT, tooLong } from '../line-limit.ts';
import type { BadRecord, DecodeStop, RecordDecoder } from '../record-decoder.ts';
import type { TimestampFormat } from '../temporal-bytes.ts';
import { firstInvalidByte } from '../utf8.ts';
import { SCAN_NOT_UTF8 } from '../wasm/kernels.ts';
import { isWhiteSpace } from './json-skip.ts';
import { LineParser } from './line-parser.ts';
import { adjustShape, type LineShape, type SeenKeys, shapeOfSchema } from './shape.ts';
import { LineWalker } from './walker.ts';

/** The shape is adjusted when more than one in this many lines does not fit it … */
const MISFITS_ONE_IN = 16;
/** (not counting the first few: one odd line proves nothing) … */
const MISFITS_MIN = 4;
/** … but at most this often: every time costs a compilation. */
const ADJUSTMENTS_MAX = 12;

export interface NdjsonOptions {
  readonly timestampFormat: TimestampFormat;
  /** A longer line is refused. */
  readonly lineBytesMax?: number;
  /** See OperatorContext.requiredColumns; null = all. */
  readonly requiredColumns?: readonly string[] | null;
}

export class NdjsonDecoder implements RecordDecoder {
  linesRead = 0;
  readonly bad: BadRecord = { start: 0, end: 0, line: 0, field: '', reason: '' };
  rowCount = 0;
  /** Lines read by the patient reader; how well the prediction does. */
  misfits = 0;
  private readonly plan: SchemaPlan;
  private readonly target: DecodeTarget;
  private readonly parser: LineParser;
  private readonly format: TimestampFormat;
  private readonly lineBytesMax: number;
  private shape: LineShape;
  private walker: LineWalker | null = null;
  private atFileStart = false;
  private rowsMax = 0;
  private adjustments = 0;
  private rowsSinceAdjustment = 0;
  private misfitsSinceAdjustment = 0;

  constructor(memory: JobMemory, schema: Schema, options: NdjsonOptions) {
    this.plan = planSchema(schema, options.requiredColumns ?? null);
    this.target = new DecodeTarget(this.plan, memory);
    this.parser = new LineParser(this.plan, this.target, options.timestampFormat);
    this.format = options.timestampFormat;
    this.lineBytesMax = options.lineBytesMax ?? LINE_BYTES_MAX_DEFAULT;
    this.shape = shapeOfSchema(this.plan);
  }

  beginInput(first: boolean): void {
    this.linesRead = 0;
    this.atFileStart = first;
  }

  inputState(): null {
    return null;
  }

  accept(page: InputPage, final: boolean): boolean {
    if (this.atFileStart && !page.skipByteOrderMark(final)) return false;
    this.atFileStart = false;
    const complete = page.wholeLineBytes(final);
    if (complete <= page.position) return false;
    page.scan(complete, 34, 92, 32);
    return true;
  }

  begin(arena: Arena, rowsMax: number): void {
    this.target.prepare(arena, rowsMax);
    this.rowsMax = rowsMax;
    this.rowCount = 0;
  }

  decode(page: InputPage): DecodeStop {
    if (this.rowCount === 0) page.heapUsed = 0;
    while (page.position < page.complete && this.rowCount < this.rowsMax) {
      if ((page.scanFlags & SCAN_NOT_UTF8) === 0) {
        this.walk(page);
        if (page.position >= page.complete || this.rowCount >= this.rowsMax) break;
      }
      if (!this.readPatiently(page)) return 'bad';
    }
    return this.rowCount >= this.rowsMax ? 'filled' : 'starved';
  }

  finish(page: InputPage): Batch {
    return this.target.finish(this.rowCount, asciiColumns(page, this.target, this.rowCount));
  }

  close(): void {
    this.walker?.close();
    this.walker = null;
  }

  private walk(page: InputPage): void {
    this.walker ??= new LineWalker(this.plan, this.shape, this.format, this.lineBytesMax, this.target, this.parser);
    const before = this.rowCount;
    this.rowCount = this.walker.walk(page, before, this.rowsMax);
    this.rowsSinceAdjustment += this.rowCount - before;
    this.linesRead += this.rowCount - before;
  }

  /** Reads one line with the patient reader. False: `bad` is set. */
  private readPatiently(page: InputPage): boolean {
    const { u8 } = page.memory;
    const start = page.position;
    const end = u8.indexOf(10, page.address + start) - page.address;
    page.position = end + 1;
    this.linesRead++;
    if (end - start > this.lineBytesMax) return this.refuse(start, end, '', tooLong(this.lineBytesMax));
    if (isBlank(u8, page.address + start, page.address + end)) return true;
    if ((page.scanFlags & SCAN_NOT_UTF8) !== 0) {
      const invalid = firstInvalidByte(u8, page.address + start, page.address + end);
      if (invalid >= 0) return this.refuse(start, end, '', `byte ${invalid - page.address - start + 1} of the line is not UTF-8`);
    }
    const heap = page.heapUsed;
    if (!this.parser.parse(page, start, end, this.rowCount)) {
      page.heapUsed = heap;
      return this.refuse(start, end, this.parser.field, this.parser.reason);
    }
    this.misfits++;
    this.misfitsSinceAdjustment++;
    this.rowsSinceAdjustment++;
    if (this.shouldAdjust()) this.adjust(page, start, end);
    this.rowCount++;
    return true;
  }

  private refuse(start: number, end: number, field: string, reason: string): false {
    this.bad.start = start;
    this.bad.end = end;
    this.bad.line = this.linesRead;
    this.bad.field = field;
    this.bad.reason = reason;
    this.target.setAllPresent(this.rowCount);
    return false;
  }

  private shouldAdjust(): boolean {
    if (this.adjustments >= ADJUSTMENTS_MAX || this.walker === null) return false;
    if (this.adjustments === 0) return true;
    return this.misfitsSinceAdjustment >= MISFITS_MIN && this.misfitsSinceAdjustment * MISFITS_ONE_IN >= this.rowsSinceAdjustment;
  }

  /** Learns from the line that has just been decoded into the current row. */
  private adjust(page: InputPage, start: number, end: number): void {
    const seen: SeenKeys = new Map();
    const heap = page.heapUsed;
    this.parser.parse(page, start, end, this.rowCount, (parent, key) => {
      const index = parent?.index ?? -1;
      const keys = seen.get(index);
      if (keys === undefined) seen.set(index, [key]);
      else keys.push(key);
    });
    page.heapUsed = Math.max(heap, page.heapUsed);
    this.adjustments++;
    this.misfitsSinceAdjustment = 0;
    this.rowsSinceAdjustment = 0;
    this.shape = adjustShape(this.shape, this.plan, seen, latinText(page, start, Math.min(end, start + 4096)));
    this.walker?.close();
    this.walker = new LineWalker(this.plan, this.shape, this.format, this.lineBytesMax, this.target, this.parser);
  }
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isWhiteSpace(bytes[at])) return false;
  return true;
}

function latinText(page: InputPage, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(page.memory.u8[page.address + at]);
  return text;
}
