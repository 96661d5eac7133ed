/** Reads the text of one CSV field into its column. */
import { MILLIS_PER_DAY } from '../../base/calendar.ts';
import { decodeBase64 } from '../base64.ts';
import { notOfType, quoted, type Refusal, writeText } from '../cell-writer.ts';
import type { DecodePlan } from '../decode-plan.ts';
import type { DecodeTarget } from '../decode-target.ts';
import type { InputPage } from '../input-page.ts';
import { lastRead, readDate, readTime } from '../temporal-bytes.ts';
import type { FieldScanner } from './field-scanner.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const SMALL_INTEGER_BOUNDS: Readonly<Record<string, number>> = { TINYINT: 127, SMALLINT: 32767, INTEGER: 999_999_999 };

export class CellReader {
  private readonly target: DecodeTarget;
  private readonly nullText: Uint8Array;
  private page!: InputPage;
  /** Epoch milliseconds of the minute of the last timestamp, and its 16 characters. */
  private minuteMillis = Number.NaN;
  private readonly minuteText = new Uint8Array(16);

  constructor(target: DecodeTarget, nullText: string) {
    this.target = target;
    this.nullText = new TextEncoder().encode(nullText);
  }

  open(page: InputPage): void {
    this.page = page;
  }

  /** Null when the field was written to `row`, else why it was refused. */
  read(plan: DecodePlan, row: number, field: FieldScanner): Refusal {
    const { kind } = plan.type;
    if (!field.quoted && this.isNull(field, kind)) {
      if (!plan.type.nullable) return 'is NULL, and the column is NOT NULL';
      this.target.setNull(plan, row);
      return null;
    }
    switch (kind) {
      case 'CHAR':
      case 'VARCHAR':
        this.readCharacters(plan, row, field);
        return null;
      case 'BINARY':
      case 'VARBINARY':
        return this.readBinary(plan, row, field);
      case 'TINYINT':
      case 'SMALLINT':
      case 'INTEGER':
      case 'BIGINT':
        return this.readInteger(plan, row, field);
      case 'TIMESTAMP':
        return this.readTimestamp(plan, row, field);
      default:
        return writeText(this.target, plan, row, this.text(field.start, field.end), 'sql');
    }
  }

  private isNull(field: FieldScanner, kind: string): boolean {
    const length = field.end - field.start;
    const { nullText } = this;
    if (length !== nullText.length) return length === 0 && kind !== 'CHAR' && kind !== 'VARCHAR';
    for (let index = 0; index < length; index++) if (field.bytes[field.start + index] !== nullText[index]) return false;
    return true;
  }

  private readCharacters(plan: DecodePlan, row: number, field: FieldScanner): void {
    const { page } = this;
    if (!field.doubled) {
      this.target.setView(plan, row, page.address + field.start, field.end - field.start);
      return;
    }
    const { u8 } = page.memory;
    const address = page.heap + page.heapUsed;
    let out = address;
    for (let at = field.start; at < field.end; at++) {
      u8[out++] = field.bytes[at];
      if (field.bytes[at] === 34) at++;
    }
    this.target.setView(plan, row, address, out - address);
    page.heapUsed += out - address;
  }

  private readBinary(plan: DecodePlan, row: number, field: FieldScanner): Refusal {
    const { page } = this;
    const address = page.heap + page.heapUsed;
    const length = decodeBase64(field.bytes, field.start, field.end, page.memory.u8, address);
    if (length < 0) return `${quoted(this.text(field.start, field.end))} is not base64 text`;
    this.target.setView(plan, row, address, length);
    page.heapUsed += length;
    return null;
  }

  private readInteger(plan: DecodePlan, row: number, field: FieldScanner): Refusal {
    const { bytes, start, end } = field;
    const negative = bytes[start] === 45;
    const first = negative ? start + 1 : start;
    const digits = end - first;
    let value = 0;
    if (digits >= 1 && digits <= 15) {
      let at = first;
      for (; at < end; at++) {
        const digit = bytes[at] - 48;
        if (digit >>> 0 > 9) break;
        value = value * 10 + digit;
      }
      if (at === end) {
        if (plan.type.kind === 'BIGINT') {
          this.target.setSafeLong(plan, row, negative ? -value : value);
          return null;
        }
        if (value <= SMALL_INTEGER_BOUNDS[plan.type.kind]) {
          this.target.setInteger(plan, row, negative ? -value : value);
          return null;
        }
      }
    }
    return writeText(this.target, plan, row, this.text(start, end), 'sql');
  }

  /** Both spellings are taken: a CSV file has no option for it in Flink, which writes and reads the one with a blank. */
  private readTimestamp(plan: DecodePlan, row: number, field: FieldScanner): Refusal {
    const { bytes, start, end } = field;
    if (end - start < 16) return notOfType(this.text(start, end), plan);
    if (!this.isSameMinute(bytes, start)) {
      const separator = bytes[start + 10];
      const minute = readDate(bytes, start, start + 10) * MILLIS_PER_DAY + readTime(bytes, start + 11, start + 16, true);
      if (Number.isNaN(minute) || (separator !== 32 && separator !== 84)) return notOfType(this.text(start, end), plan);
      this.minuteMillis = minute;
      this.minuteText.set(bytes.subarray(start, start + 16));
    }
    if (end - start === 23 && bytes[start + 16] === 58 && bytes[start + 19] === 46) {
      const tens = bytes[start + 17] - 48;
      const ones = bytes[start + 18] - 48;
      const a = bytes[start + 20] - 48;
      const b = bytes[start + 21] - 48;
      const c = bytes[start + 22] - 48;
      if (tens >>> 0 < 6 && ones >>> 0 < 10 && a >>> 0 < 10 && b >>> 0 < 10 && c >>> 0 < 10) {
        this.target.setTimestamp(plan, row, this.minuteMillis + (tens * 10 + ones) * 1000 + a * 100 + b * 10 + c, 0);
        return null;
      }
    }
    const minuteOfDay = readTime(bytes, start + 11, start + 16, true);
    const millisOfDay = readTime(bytes, start + 11, end, true);
    if (Number.isNaN(millisOfDay)) return notOfType(this.text(start, end), plan);
    this.target.setTimestamp(plan, row, this.minuteMillis + millisOfDay - minuteOfDay, lastRead.nanosOfMilli);
    return null;
  }

  private isSameMinute(bytes: Uint8Array, start: number): boolean {
    const { minuteText } = this;
    for (let index = 15; index >= 0; index--) if (minuteText[index] !== bytes[start + index]) return false;
    return true;
  }

  private text(start: number, end: number): string {
    const { page } = this;
    return decoder.decode(page.memory.u8.slice(page.address + start, page.address + end));
  }
}
