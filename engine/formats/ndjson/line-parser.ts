/** The patient reader of one NDJSON line: any key order, white space, escapes, missing keys, exact reasons for refusals. */
import type { ColumnValue } from '../../columnar/column-value.ts';
import { printType } from '../../types/print-type.ts';
import { decodeBase64 } from '../base64.ts';
import { notOfType, quoted, writeText } from '../cell-writer.ts';
import type { DecodePlan, SchemaPlan } from '../decode-plan.ts';
import type { DecodeTarget } from '../decode-target.ts';
import type { InputPage } from '../input-page.ts';
import { lastRead, readDate, readTime, readTimestamp, type TimestampFormat } from '../temporal-bytes.ts';
import { JSON_DEPTH_MAX, skipLiteral, skipNumber, skipString, skipValue, skipWhiteSpace } from './json-skip.ts';
import { lastUnescaped, unescapeString } from './unescape.ts';

/** Bytes of a value that are made into text for a reason, or read as a number. */
const LATIN_MAX = 4096;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Called for every key in the order of the text; how shapes are learnt. */
export type KeyListener = (parent: DecodePlan | null, key: string, plan: DecodePlan | null) => void;

export class LineParser {
  /** Why the last line was refused. */
  reason = '';
  field = '';
  private readonly plan: SchemaPlan;
  private readonly target: DecodeTarget;
  private readonly format: TimestampFormat;
  private page!: InputPage;
  private bytes: Uint8Array = new Uint8Array(0);
  private end = 0;
  private row = 0;
  private listener: KeyListener | null = null;

  constructor(plan: SchemaPlan, target: DecodeTarget, format: TimestampFormat) {
    this.plan = plan;
    this.target = target;
    this.format = format;
  }

  /** Decodes the object in page bytes `[start, end)` into `row`; false when it is refused (`field`, `reason`). */
  parse(page: InputPage, start: number, end: number, row: number, listener: KeyListener | null = null): boolean {
    this.page = page;
    this.bytes = page.memory.u8;
    this.end = page.address + end;
    this.row = row;
    this.listener = listener;
    this.reason = '';
    this.field = '';
    const at = skipWhiteSpace(this.bytes, page.address + start, this.end);
    if (this.bytes[at] !== 123) return this.refuseLine(at);
    const stop = this.object(at, this.plan.columns, this.plan.byName, null, 1);
    if (stop < 0) return false;
    if (skipWhiteSpace(this.bytes, stop, this.end) !== this.end) {
      this.reason = 'there is text behind the JSON object';
      return false;
    }
    return true;
  }

  /** Decodes one value at page byte `at`; returns where it ends, -1 when it is refused. */
  parseValue(page: InputPage, at: number, end: number, row: number, plan: DecodePlan): number {
    this.page = page;
    this.bytes = page.memory.u8;
    this.end = page.address + end;
    this.row = row;
    this.listener = null;
    this.reason = '';
    const stop = this.value(page.address + at, plan, 1);
    return stop < 0 ? -1 : stop - page.address;
  }

  private refuseLine(at: number): boolean {
    const valid = skipValue(this.bytes, at, this.end) >= 0;
    this.reason = valid ? 'a line must hold one JSON object' : 'the line is not valid JSON';
    return false;
  }

  private refuse(plan: DecodePlan | null, reason: string): -1 {
    if (this.reason === '') {
      this.field = plan?.path ?? '';
      this.reason = reason;
    }
    return -1;
  }

  private broken(at: number): -1 {
    return this.refuse(
      null,
      at >= this.end ? 'the line ends inside a JSON value' : `not valid JSON at byte ${this.column(at)} of the line`,
    );
  }

  /** Byte of the line, from 1. */
  private column(at: number): number {
    const lineStart = this.bytes.lastIndexOf(10, at - 1);
    return at - Math.max(lineStart, this.page.address - 1);
  }

  /** Members into `plans`; returns the end. */
  private object(
    at: number,
    plans: readonly DecodePlan[],
    byName: ReadonlyMap<string, DecodePlan>,
    parent: DecodePlan | null,
    depth: number,
  ): number {
    for (const plan of plans) this.target.setNull(plan, this.row);
    if (depth > JSON_DEPTH_MAX) return this.refuse(parent, `nested deeper than ${JSON_DEPTH_MAX} levels`);
    let position = skipWhiteSpace(this.bytes, at + 1, this.end);
    if (position < this.end && this.bytes[position] === 125) position++;
    else {
      for (;;) {
        position = this.member(position, byName, parent, depth);
        if (position < 0) return -1;
        position = skipWhiteSpace(this.bytes, position, this.end);
        const byte = position < this.end ? this.bytes[position] : 0;
        if (byte === 125) {
          position++;
          break;
        }
        if (byte !== 44) return this.broken(position);
        position = skipWhiteSpace(this.bytes, position + 1, this.end);
      }
    }
    for (const plan of plans) {
      if (!plan.type.nullable && !this.target.isPresent(plan.index, this.row)) {
        return this.refuse(plan, `missing or null, and the column is ${printType(plan.type)}`);
      }
    }
    return position;
  }

  private member(at: number, byName: ReadonlyMap<string, DecodePlan>, parent: DecodePlan | null, depth: number): number {
    if (at >= this.end || this.bytes[at] !== 34) return this.broken(at);
    const keyEnd = skipString(this.bytes, at, this.end);
    if (keyEnd < 0) return this.broken(this.brokenString(at));
    const key = this.text(at, keyEnd);
    let position = skipWhiteSpace(this.bytes, keyEnd, this.end);
    if (position >= this.end || this.bytes[position] !== 58) return this.broken(position);
    position = skipWhiteSpace(this.bytes, position + 1, this.end);
    const plan = byName.get(key) ?? null;
    this.listener?.(parent, key, plan);
    if (plan !== null) return this.value(position, plan, depth);
    const end = skipValue(this.bytes, position, this.end, JSON_DEPTH_MAX - depth);
    return end < 0 ? this.broken(position) : end;
  }

  /** Where a broken string stops being one: the byte before its first control character, or the end of the line. */
  private brokenString(at: number): number {
    let position = at + 1;
    while (position < this.end && this.bytes[position] >= 32) position++;
    return position;
  }

  private value(at: number, plan: DecodePlan, depth: number): number {
    const byte = at < this.end ? this.bytes[at] : 0;
    this.target.setPresent(plan, this.row);
    if (byte === 110) {
      const end = skipLiteral(this.bytes, at, this.end);
      if (end < 0) return this.broken(at);
      this.target.setNull(plan, this.row);
      return end;
    }
    const { kind } = plan.type;
    if (kind === 'ROW') {
      if (byte === 123) return this.object(at, plan.children, plan.byName, plan, depth + 1);
      return this.mismatch(at, plan);
    }
    if (kind === 'ARRAY' || kind === 'MAP' || kind === 'MULTISET') return this.boxed(at, plan);
    if (byte === 34) return this.string(at, plan);
    if (kind === 'CHAR' || kind === 'VARCHAR') return this.asText(at, plan);
    if (byte === 116 || byte === 102) return this.literal(at, plan);
    if (byte === 45 || (byte >= 48 && byte <= 57)) return this.number(at, plan);
    return this.mismatch(at, plan);
  }

  private mismatch(at: number, plan: DecodePlan): number {
    const end = skipValue(this.bytes, at, this.end);
    if (end < 0) return this.broken(at);
    return this.refuse(plan, notOfType(this.latin(at, end), plan));
  }

  private number(at: number, plan: DecodePlan): number {
    const end = skipNumber(this.bytes, at, this.end);
    if (end < 0) return this.broken(at);
    if (plan.type.kind === 'FLOAT' || plan.type.kind === 'DOUBLE') {
      this.target.setFloating(plan, this.row, Number(end - at > LATIN_MAX ? this.longLatin(at, end) : this.latin(at, end)));
      return end;
    }
    if (!isExactKind(plan)) return this.mismatch(at, plan);
    const refusal = writeText(this.target, plan, this.row, this.latin(at, end), this.format);
    return refusal === null ? end : this.refuse(plan, refusal);
  }

  private literal(at: number, plan: DecodePlan): number {
    const end = skipLiteral(this.bytes, at, this.end);
    if (end < 0) return this.broken(at);
    if (plan.type.kind !== 'BOOLEAN') return this.mismatch(at, plan);
    this.target.setBoolean(plan, this.row, this.bytes[at] === 116);
    return end;
  }

  private string(at: number, plan: DecodePlan): number {
    const end = skipString(this.bytes, at, this.end);
    if (end < 0) return this.broken(this.brokenString(at));
    const { kind } = plan.type;
    if (kind === 'CHAR' || kind === 'VARCHAR') {
      const address = this.page.heap + this.page.heapUsed;
      const length = unescapeString(this.bytes, at + 1, this.end, this.bytes, address);
      if (length === end - at - 2) this.target.setView(plan, this.row, at + 1, length);
      else {
        this.target.setView(plan, this.row, address, length);
        this.page.heapUsed += length;
      }
      return lastUnescaped.end;
    }
    if (kind === 'BINARY' || kind === 'VARBINARY') return this.binary(at, end, plan);
    if (this.temporal(at + 1, end - 1, plan)) return end;
    const refusal = writeText(this.target, plan, this.row, this.text(at, end), this.format);
    return refusal === null ? end : this.refuse(plan, refusal);
  }

  /** Dates and times in plain sight, without making text of them; whatever is not read here is refused with its reason later. */
  private temporal(at: number, end: number, plan: DecodePlan): boolean {
    const { bytes, target, row } = this;
    switch (plan.type.kind) {
      case 'DATE':
      case 'TIME': {
        const value = plan.type.kind === 'DATE' ? readDate(bytes, at, end) : readTime(bytes, at, end, false);
        if (!Number.isNaN(value)) target.setInteger(plan, row, value);
        return !Number.isNaN(value);
      }
      case 'TIMESTAMP':
      case 'TIMESTAMP_LTZ': {
        const millis = readTimestamp(bytes, at, end, this.format, plan.type.kind === 'TIMESTAMP_LTZ');
        if (!Number.isNaN(millis)) target.setTimestamp(plan, row, millis, lastRead.nanosOfMilli);
        return !Number.isNaN(millis);
      }
      default:
        return false;
    }
  }

  private binary(at: number, end: number, plan: DecodePlan): number {
    const address = this.page.heap + this.page.heapUsed;
    const text = this.text(at, end);
    const bytes = Uint8Array.from(text, (character) => Math.min(character.charCodeAt(0), 255));
    const length = decodeBase64(bytes, 0, bytes.length, this.bytes, address);
    if (length < 0) return this.refuse(plan, `${quoted(text)} is not base64 text`);
    this.target.setView(plan, this.row, address, length);
    this.page.heapUsed += length;
    return end;
  }

  /** A text column takes any value, as Flink does: numbers and literals as written, arrays and objects without white space. */
  private asText(at: number, plan: DecodePlan): number {
    const end = skipValue(this.bytes, at, this.end);
    if (end < 0) return this.broken(at);
    if (this.bytes[at] !== 123 && this.bytes[at] !== 91) {
      this.target.setView(plan, this.row, at, end - at);
      return end;
    }
    const address = this.page.heap + this.page.heapUsed;
    let out = address;
    for (let position = at; position < end; position++) {
      const byte = this.bytes[position];
      if (byte === 34) {
        const stop = skipString(this.bytes, position, end);
        this.bytes.copyWithin(out, position, stop);
        out += stop - position;
        position = stop - 1;
      } else if (byte > 32) this.bytes[out++] = byte;
    }
    this.target.setView(plan, this.row, address, out - address);
    this.page.heapUsed += out - address;
    return end;
  }

  /** ARRAY and MAP: plain JavaScript values of the JSON text; rare, so not columnar. */
  private boxed(at: number, plan: DecodePlan): number {
    const end = skipValue(this.bytes, at, this.end);
    if (end < 0) return this.broken(at);
    const wanted = plan.type.kind === 'ARRAY' ? 91 : 123;
    if (this.bytes[at] !== wanted) return this.mismatch(at, plan);
    this.target.setBoxed(plan, this.row, JSON.parse(decoder.decode(this.bytes.slice(at, end))) as ColumnValue);
    return end;
  }

  /** The decoded text of the JSON string in `[at, end)`, quotes included in the range. */
  private text(at: number, end: number): string {
    let text = '';
    for (let position = at + 1; position < end - 1; position++) {
      const byte = this.bytes[position];
      if (byte === 92 || byte >= 0x80) return JSON.parse(decoder.decode(this.bytes.slice(at, end))) as string;
      text += String.fromCharCode(byte);
    }
    return text;
  }

  private latin(at: number, end: number): string {
    let text = '';
    for (let position = at; position < Math.min(end, at + LATIN_MAX); position++) text += String.fromCharCode(this.bytes[position]);
    return text;
  }

  private longLatin(at: number, end: number): string {
    return decoder.decode(this.bytes.slice(at, end));
  }
}

function isExactKind(plan: DecodePlan): boolean {
  switch (plan.type.kind) {
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'BIGINT':
    case 'DECIMAL':
      return true;
    default:
      return false;
  }
}
