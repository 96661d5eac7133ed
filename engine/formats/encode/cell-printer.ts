/** Writes single values as text into job memory, as Flink's JSON and CSV formats print them. */
import type { ColumnValue } from '../../columnar/column-value.ts';
import { printDouble, printFloat } from '../../columnar/floating-text.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import { printDecimalScientific } from '../../columnar/number-text.ts';
import { encodeBase64 } from '../../columnar/row-text.ts';
import { printDate, printTime, printTimestamp } from '../../columnar/temporal-text.ts';
import type { TextKernels } from '../wasm/kernels.ts';
import { textKernels } from '../wasm/text-kernels.ts';
import type { EncodeDialect } from './encode-plan.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const HEX = '0123456789ABCDEF';
const encoder = new TextEncoder();
/** `00` … `99`, one behind the other. */
const DIGIT_PAIRS = encoder.encode(Array.from({ length: 100 }, (_unused, value) => String(value).padStart(2, '0')).join(''));
/** Two-letter escapes by byte; other control characters become \u00XX. */
const SHORT_ESCAPES: Readonly<Record<number, number>> = { 8: 98, 9: 116, 10: 110, 12: 102, 13: 114, 34: 34, 92: 92 };

/** The 16 characters and the milliseconds of the minute a timestamp column printed last. */
interface MinuteCache {
  millis: number;
  readonly words: Int32Array;
}

export class CellPrinter {
  private readonly memory: JobMemory;
  private readonly dialect: EncodeDialect;
  private readonly kernels: TextKernels;
  private readonly quotesTimes: boolean;
  private readonly separator: ' ' | 'T';
  private readonly delimiter: number;
  private readonly nullText: Uint8Array;
  private readonly minutes: MinuteCache[] = [];
  private u8: Uint8Array;
  private view: DataView;

  constructor(memory: JobMemory, dialect: EncodeDialect) {
    this.memory = memory;
    this.dialect = dialect;
    this.kernels = textKernels(memory);
    this.quotesTimes = dialect.format === 'ndjson';
    this.separator = dialect.format === 'ndjson' ? dialect.separator : ' ';
    this.delimiter = dialect.format === 'csv' ? dialect.delimiter.charCodeAt(0) : QUOTE;
    this.nullText = encoder.encode(dialect.format === 'csv' ? dialect.nullText : '');
    this.u8 = memory.u8;
    this.view = new DataView(memory.memory.buffer);
  }

  /** Before a batch: the memory may have grown since the last one. */
  open(view: DataView): void {
    this.u8 = this.memory.u8;
    this.view = view;
  }

  boolean(value: number, at: Address): Address {
    return this.ascii(value !== 0 ? 'true' : 'false', at);
  }

  integer(value: number, at: Address): Address {
    if (value >= 0) return this.digits(value, at);
    this.u8[at] = 45;
    return this.digits(-value, at + 1);
  }

  long(low: number, high: number, at: Address): Address {
    if (high === low >> 31 && low !== -2147483648) return this.integer(low, at);
    const value = high * 4294967296 + (low >>> 0);
    if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) {
      return this.ascii(((BigInt(high) << 32n) | BigInt(low >>> 0)).toString(), at);
    }
    if (value >= 0) return this.digits(value, at);
    this.u8[at] = 45;
    return this.digits(-value, at + 1);
  }

  float(value: number, at: Address): Address {
    return this.number(printFloat(value), value, at);
  }

  double(value: number, at: Address): Address {
    if (Number.isInteger(value) && value < 1e7 && value > -1e7 && value !== 0) {
      const end = this.integer(value, at);
      this.u8[end] = 46;
      this.u8[end + 1] = 48;
      return end + 2;
    }
    return this.number(printDouble(value), value, at);
  }

  /** A DECIMAL of at most 18 digits. */
  decimal(low: number, high: number, scale: number, at: Address): Address {
    const value = high * 4294967296 + (low >>> 0);
    const magnitude = Math.abs(value);
    if (scale === 0 || scale > 6 || magnitude > Number.MAX_SAFE_INTEGER) {
      return this.ascii(printDecimalScientific((BigInt(high) << 32n) | BigInt(low >>> 0), scale), at);
    }
    const unit = 10 ** scale;
    const whole = Math.floor(magnitude / unit);
    let end = at;
    if (value < 0) this.u8[end++] = 45;
    end = this.digits(whole, end);
    this.u8[end] = 46;
    this.fixedDigits(magnitude - whole * unit, scale, end + 1);
    return end + 1 + scale;
  }

  wideDecimal(entry: Address, scale: number, at: Address): Address {
    const { i64 } = this.memory;
    const unscaled = (i64[(entry >>> 3) + 1] << 64n) | BigInt.asUintN(64, i64[entry >>> 3]);
    return this.ascii(printDecimalScientific(unscaled, scale), at);
  }

  date(days: number, at: Address): Address {
    return this.temporal(printDate(days), at);
  }

  time(millis: number, at: Address): Address {
    return this.temporal(printTime(millis), at);
  }

  timestamp(column: number, low: number, high: number, nanosOfMilli: number, zoned: boolean, at: Address): Address {
    const millis = high * 4294967296 + (low >>> 0);
    const minuteMillis = Math.floor(millis / 60_000) * 60_000;
    let minute = this.minutes[column];
    if (minute === undefined || minute.millis !== minuteMillis) {
      if (nanosOfMilli !== 0 || !(millis > -62_167_219_200_000 && millis < 253_402_300_800_000))
        return this.rareTimestamp(millis, nanosOfMilli, zoned, at);
      const text = encoder.encode(printTimestamp(minuteMillis, 0, this.separator).slice(0, 16));
      minute = { millis: minuteMillis, words: new Int32Array(text.slice(0, 16).buffer) };
      this.minutes[column] = minute;
    }
    const { u8 } = this;
    let end = at;
    if (this.quotesTimes) u8[end++] = QUOTE;
    for (let word = 0; word < 4; word++) this.view.setInt32(end + 4 * word, minute.words[word], true);
    u8[end + 16] = 58;
    const ofMinute = millis - minuteMillis;
    const seconds = (ofMinute / 1000) | 0;
    this.fixedDigits(seconds, 2, end + 17);
    const ofSecond = ofMinute - seconds * 1000;
    end = nanosOfMilli === 0 ? this.millis(ofSecond, end + 19) : this.fraction(ofSecond * 1_000_000 + nanosOfMilli, end + 19);
    if (zoned) u8[end++] = 90;
    if (this.quotesTimes) u8[end++] = QUOTE;
    return end;
  }

  /** Text of a CHAR or VARCHAR column, quoted and escaped as the format wants it. */
  characters(address: Address, length: number, at: Address): Address {
    const { u8 } = this;
    if (this.dialect.format === 'ndjson') {
      u8[at] = QUOTE;
      if (this.kernels.copyText(address, length, at + 1, QUOTE, BACKSLASH, 32) === 0) {
        u8[at + 1 + length] = QUOTE;
        return at + length + 2;
      }
      return this.escaped(address, length, at);
    }
    const special = this.kernels.copyText(address, length, at, this.delimiter, QUOTE, 14) !== 0;
    if (!special && !this.isNullText(address, length)) return at + length;
    return this.quotedField(address, length, at);
  }

  /** Base64, quoted in CSV too: an empty or NULL-like text must not read back as NULL. */
  binary(address: Address, length: number, at: Address): Address {
    const text = encodeBase64(this.u8.slice(address, address + length));
    return this.ascii(`"${text}"`, at);
  }

  /** Bytes a boxed value (ARRAY, MAP) takes. */
  boxedBytes(values: readonly unknown[] | null, row: number): number {
    return encoder.encode(boxedText(values, row)).length;
  }

  boxed(values: readonly unknown[] | null, row: number, at: Address): Address {
    const bytes = encoder.encode(boxedText(values, row));
    this.u8.set(bytes, at);
    return at + bytes.length;
  }

  private number(text: string, value: number, at: Address): Address {
    return this.quotesTimes && !Number.isFinite(value) ? this.ascii(`"${text}"`, at) : this.ascii(text, at);
  }

  private temporal(text: string, at: Address): Address {
    return this.ascii(this.quotesTimes ? `"${text}"` : text, at);
  }

  private rareTimestamp(millis: number, nanosOfMilli: number, zoned: boolean, at: Address): Address {
    const inRange = Math.abs(millis) <= 8_640_000_000_000_000;
    const text = inRange ? printTimestamp(millis, nanosOfMilli, this.separator) + (zoned ? 'Z' : '') : String(millis);
    return this.temporal(text, at);
  }

  /** `.5` of 500 milliseconds; nothing when there are none. */
  private millis(value: number, at: Address): Address {
    if (value === 0) return at;
    const { u8 } = this;
    const tenths = (value / 100) | 0;
    const rest = (value - tenths * 100) << 1;
    u8[at] = 46;
    u8[at + 1] = 48 + tenths;
    if (rest === 0) return at + 2;
    u8[at + 2] = DIGIT_PAIRS[rest];
    u8[at + 3] = DIGIT_PAIRS[rest + 1];
    return u8[at + 3] === 48 ? at + 3 : at + 4;
  }

  /** `.000001` of 1,000 nanoseconds; there are some below a millisecond. */
  private fraction(nanos: number, at: Address): Address {
    this.u8[at] = 46;
    let value = nanos;
    let width = 9;
    while (value % 1000 === 0) {
      value /= 1000;
      width -= 3;
    }
    while (value % 10 === 0) {
      value /= 10;
      width--;
    }
    this.fixedDigits(value, width, at + 1);
    return at + 1 + width;
  }

  private ascii(text: string, at: Address): Address {
    const { u8 } = this;
    for (let index = 0; index < text.length; index++) u8[at + index] = text.charCodeAt(index);
    return at + text.length;
  }

  /** A non-negative safe integer. */
  private digits(value: number, at: Address): Address {
    if (value > 2147483647) {
      const high = Math.floor(value / 1e9);
      const end = this.digits(high, at);
      this.fixedDigits(value - high * 1e9, 9, end);
      return end + 9;
    }
    const width = value < 1e5 ? (value < 100 ? (value < 10 ? 1 : 2) : value < 1e3 ? 3 : value < 1e4 ? 4 : 5) : widthOfLarge(value);
    this.fixedDigits(value, width, at);
    return at + width;
  }

  private fixedDigits(value: number, width: number, at: Address): void {
    const { u8 } = this;
    let rest = value | 0;
    let end = at + width;
    while (end > at + 1) {
      const next = (rest / 100) | 0;
      const pair = (rest - next * 100) << 1;
      u8[--end] = DIGIT_PAIRS[pair + 1];
      u8[--end] = DIGIT_PAIRS[pair];
      rest = next;
    }
    if (end > at) u8[at] = 48 + (rest % 10);
  }

  private escaped(address: Address, length: number, at: Address): Address {
    const { u8 } = this;
    let end = at;
    u8[end++] = QUOTE;
    for (let from = address; from < address + length; from++) {
      const byte = u8[from];
      if (byte >= 32 && byte !== QUOTE && byte !== BACKSLASH) u8[end++] = byte;
      else {
        u8[end++] = BACKSLASH;
        const short = SHORT_ESCAPES[byte];
        if (short !== undefined) u8[end++] = short;
        else end = this.ascii(`u00${HEX[byte >> 4]}${HEX[byte & 15]}`, end);
      }
    }
    u8[end++] = QUOTE;
    return end;
  }

  private quotedField(address: Address, length: number, at: Address): Address {
    const { u8 } = this;
    let end = at;
    u8[end++] = QUOTE;
    for (let from = address; from < address + length; from++) {
      if (u8[from] === QUOTE) u8[end++] = QUOTE;
      u8[end++] = u8[from];
    }
    u8[end++] = QUOTE;
    return end;
  }

  /** Text that would be read back as NULL is quoted. */
  private isNullText(address: Address, length: number): boolean {
    if (length !== this.nullText.length) return false;
    for (let index = 0; index < length; index++) if (this.u8[address + index] !== this.nullText[index]) return false;
    return true;
  }
}

/** Digits of an integer from 100,000 to 2,147,483,647. */
function widthOfLarge(value: number): number {
  if (value < 1e7) return value < 1e6 ? 6 : 7;
  return value < 1e8 ? 8 : value < 1e9 ? 9 : 10;
}

function boxedText(values: readonly unknown[] | null, row: number): string {
  const value = (values?.[row] ?? null) as ColumnValue;
  return JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? Number(inner) : inner));
}
