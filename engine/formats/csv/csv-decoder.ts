/** CSV bytes to columns: RFC 4180 quoting, line ends inside quotes, columns found by the header's names. */
import { EngineError } from '../../base/errors.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import type { Schema } from '../../types/schema.ts';
import { asciiColumns } from '../ascii-columns.ts';
import { type DecodePlan, planSchema, type SchemaPlan } from '../decode-plan.ts';
import { DecodeTarget } from '../decode-target.ts';
import type { InputPage } from '../input-page.ts';
import { LINE_BYTES_MAX_DEFAULT, tooLong } from '../line-limit.ts';
import type { BadRecord, DecodeStop, RecordDecoder } from '../record-decoder.ts';
import { firstInvalidByte } from '../utf8.ts';
import { SCAN_NOT_UTF8 } from '../wasm/kernels.ts';
import { CellReader } from './cell-reader.ts';
import { FieldScanner } from './field-scanner.ts';

export interface CsvOptions {
  /** One ASCII character. */
  readonly delimiter: string;
  /** The first line of a file names its columns; otherwise fields are columns in order. */
  readonly header: boolean;
  /** An unquoted field of exactly this text is NULL. */
  readonly nullText: string;
  /** A longer record is refused. */
  readonly lineBytesMax?: number;
  readonly requiredColumns?: readonly string[] | null;
}

const NEWLINE = 10;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class CsvDecoder implements RecordDecoder {
  linesRead = 0;
  readonly bad: BadRecord = { start: 0, end: 0, line: 0, field: '', reason: '' };
  rowCount = 0;
  private readonly plan: SchemaPlan;
  private readonly target: DecodeTarget;
  private readonly options: CsvOptions;
  private readonly delimiter: number;
  private readonly scanner: FieldScanner;
  private readonly cells: CellReader;
  /** Names of the header, null until it has been read. */
  private header: readonly string[] | null = null;
  /** Column of each field, null = not declared. */
  private fields: readonly (DecodePlan | null)[];
  private unmentioned: readonly DecodePlan[] = [];
  private atFileStart = false;
  private awaitsHeader = false;
  private isFinal = false;
  private rowsMax = 0;

  constructor(memory: JobMemory, schema: Schema, options: CsvOptions) {
    this.plan = planSchema(schema, options.requiredColumns ?? null);
    const nested = this.plan.columns.find((one) => one.children.length > 0 || one.type.kind === 'ARRAY' || one.type.kind === 'MAP');
    if (nested !== undefined) {
      throw new EngineError('MR4010', `CSV cannot hold the ${nested.type.kind} column ${nested.name}`, {
        domain: 'user',
        field: 'schema',
        remedy: 'declare it as STRING, or use JSON lines',
      });
    }
    this.target = new DecodeTarget(this.plan, memory);
    this.options = options;
    this.delimiter = options.delimiter.charCodeAt(0);
    this.scanner = new FieldScanner(this.delimiter);
    this.cells = new CellReader(this.target, options.nullText);
    this.fields = this.plan.columns;
  }

  beginInput(first: boolean, state: JsonValue = null): void {
    this.linesRead = 0;
    this.atFileStart = first;
    this.awaitsHeader = first && this.options.header;
    this.header = null;
    if (Array.isArray(state)) this.adoptHeader(state.map(String));
  }

  inputState(): JsonValue {
    return this.header;
  }

  accept(page: InputPage, final: boolean): boolean {
    if (this.atFileStart && !page.skipByteOrderMark(final)) return false;
    this.atFileStart = false;
    this.isFinal = final;
    const complete = page.wholeLineBytes(final);
    if (complete <= page.position) return false;
    page.scan(complete, this.delimiter, 34, 14);
    return true;
  }

  begin(arena: Arena, rowsMax: number): void {
    this.target.prepare(arena, rowsMax);
    this.rowsMax = rowsMax;
    this.rowCount = 0;
  }

  decode(page: InputPage): DecodeStop {
    if (this.rowCount === 0) page.heapUsed = 0;
    this.scanner.open(page);
    this.cells.open(page);
    while (page.position < page.complete && this.rowCount < this.rowsMax) {
      const outcome = this.record(page);
      if (outcome === 'incomplete') return 'starved';
      if (outcome === 'bad') return 'bad';
      if (outcome === 'row') this.rowCount++;
    }
    return this.rowCount >= this.rowsMax ? 'filled' : 'starved';
  }

  finish(page: InputPage): Batch {
    return this.target.finish(this.rowCount, asciiColumns(page, this.target, this.rowCount));
  }

  close(): void {
    // Nothing is held outside the batch.
  }

  private record(page: InputPage): 'row' | 'none' | 'bad' | 'incomplete' {
    const { scanner } = this;
    const start = page.position;
    const first = scanner.bytes[start];
    if (first === NEWLINE || (first === 13 && scanner.bytes[start + 1] === NEWLINE)) {
      page.position = start + (first === NEWLINE ? 1 : 2);
      this.linesRead++;
      return 'none';
    }
    if (this.awaitsHeader) return this.readHeader(page, start);
    const heap = page.heapUsed;
    const reason = this.readFields(start);
    if (reason === 'incomplete' && !this.isFinal) {
      page.heapUsed = heap;
      return 'incomplete';
    }
    const failure =
      reason === 'incomplete' ? 'a quoted field is never closed' : (this.lengthFailure(start) ?? reason ?? this.utf8Failure(page, start));
    page.position = scanner.recordEnd;
    this.linesRead += scanner.newlines;
    if (failure === null) return 'row';
    page.heapUsed = heap;
    this.target.setAllPresent(this.rowCount);
    this.refuse(page, start, failure);
    return 'bad';
  }

  /** Null: the row is complete. Otherwise why not; `scanner.recordEnd` is behind the record in both cases. */
  private readFields(start: number): string | null {
    const { scanner, cells, fields, rowCount } = this;
    this.bad.field = '';
    let failure: string | null = null;
    let count = 0;
    scanner.begin(start);
    while (scanner.next()) {
      if (scanner.malformed) return 'text stands behind the closing quote of a field';
      const plan = count < fields.length ? fields[count] : null;
      count++;
      if (plan === null || failure !== null) continue;
      failure = cells.read(plan, rowCount, scanner);
      if (failure !== null) this.bad.field = plan.name;
    }
    if (scanner.unclosed) return 'incomplete';
    if (count !== fields.length) {
      this.bad.field = '';
      return `the line has ${count} field${count === 1 ? '' : 's'}, expected ${fields.length}`;
    }
    for (const plan of this.unmentioned) this.target.setNull(plan, rowCount);
    return failure;
  }

  private readHeader(page: InputPage, start: number): 'none' | 'incomplete' | 'bad' {
    const { scanner } = this;
    const names: string[] = [];
    scanner.begin(start);
    while (scanner.next()) names.push(this.fieldText(page));
    if (scanner.unclosed && !this.isFinal) return 'incomplete';
    page.position = scanner.recordEnd;
    this.linesRead += scanner.newlines;
    this.awaitsHeader = false;
    this.adoptHeader(names);
    return 'none';
  }

  private fieldText(page: InputPage): string {
    const { scanner } = this;
    const raw = decoder.decode(page.memory.u8.slice(page.address + scanner.start, page.address + scanner.end));
    return scanner.quoted ? raw.replaceAll('""', '"') : raw.trim();
  }

  private adoptHeader(names: readonly string[]): void {
    const missing = this.plan.columns.filter((one) => !names.includes(one.name));
    const required = missing.find((one) => !one.type.nullable) ?? (missing.length === this.plan.columns.length ? missing[0] : undefined);
    if (required !== undefined) {
      throw new EngineError('MR4011', `column ${required.name} is not in the header line, which has: ${names.slice(0, 40).join(', ')}`, {
        domain: 'user',
        field: 'schema',
        remedy: 'correct the column names, or switch off “First line holds the column names”',
      });
    }
    this.header = names;
    this.fields = names.map((name, index) => (names.indexOf(name) === index ? (this.plan.byName.get(name) ?? null) : null));
    this.unmentioned = missing;
  }

  private lengthFailure(start: number): string | null {
    const bytesMax = this.options.lineBytesMax ?? LINE_BYTES_MAX_DEFAULT;
    return this.scanner.recordEnd - start - 1 > bytesMax ? tooLong(bytesMax) : null;
  }

  private utf8Failure(page: InputPage, start: number): string | null {
    if ((page.scanFlags & SCAN_NOT_UTF8) === 0) return null;
    const from = page.address + start;
    const invalid = firstInvalidByte(page.memory.u8, from, page.address + this.scanner.recordEnd);
    return invalid < 0 ? null : `byte ${invalid - from + 1} of the line is not UTF-8`;
  }

  private refuse(page: InputPage, start: number, reason: string): void {
    const { u8 } = page.memory;
    let end = page.position;
    while (end > start && (u8[page.address + end - 1] === NEWLINE || u8[page.address + end - 1] === 13)) end--;
    this.bad.start = start;
    this.bad.end = end;
    this.bad.line = this.linesRead - this.scanner.newlines + 1;
    this.bad.reason = reason;
  }
}
