/** Walks the fields of one CSV record over the bitmap of delimiters, quotes and line ends. */
import type { InputPage } from '../input-page.ts';

const QUOTE = 34;
const NEWLINE = 10;
const RETURN = 13;

export class FieldScanner {
  bytes: Uint8Array = new Uint8Array(0);
  /** The field found by `next`: its text without the outer quotes. */
  start = 0;
  end = 0;
  quoted = false;
  /** The text holds doubled quotes. */
  doubled = false;
  /** Behind the record, once `next` has returned false or `malformed` is set. */
  recordEnd = 0;
  /** Line ends in the record, inside quotes too. */
  newlines = 0;
  /** Something other than a delimiter stands behind a closing quote; the rest of the line was skipped. */
  malformed = false;
  /** The text ended inside a quoted field. */
  unclosed = false;
  private readonly delimiter: number;
  private marks: Int32Array = new Int32Array(0);
  private complete = 0;
  private at = 0;
  private atEnd = false;
  private page: InputPage | null = null;
  private generation = -1;

  constructor(delimiter: number) {
    this.delimiter = delimiter;
  }

  open(page: InputPage): void {
    if (this.page !== page || this.generation !== page.memory.generation) {
      const { buffer } = page.memory.memory;
      this.page = page;
      this.generation = page.memory.generation;
      this.bytes = new Uint8Array(buffer, page.address, page.marks - page.address);
      this.marks = new Int32Array(buffer, page.marks, page.capacity >> 5);
    }
    this.complete = page.complete;
  }

  begin(position: number): void {
    this.at = position;
    this.atEnd = false;
    this.newlines = 0;
    this.malformed = false;
    this.unclosed = false;
  }

  /** Moves to the next field; false behind the last one. */
  next(): boolean {
    if (this.atEnd) return false;
    const { bytes } = this;
    this.quoted = bytes[this.at] === QUOTE;
    this.doubled = false;
    if (this.quoted) return this.nextQuoted();
    this.start = this.at;
    let mark = this.nextMark(this.at);
    for (;;) {
      const byte = bytes[mark];
      if (byte === this.delimiter) {
        this.end = mark;
        this.at = mark + 1;
        return true;
      }
      if (byte === NEWLINE) return this.endRecord(mark);
      mark = this.nextMark(mark + 1);
    }
  }

  private nextQuoted(): boolean {
    const { bytes } = this;
    this.start = this.at + 1;
    let mark = this.at;
    for (;;) {
      if (mark + 1 >= this.complete) {
        this.unclosed = true;
        this.atEnd = true;
        this.recordEnd = this.complete;
        return false;
      }
      mark = this.nextMark(mark + 1);
      const byte = bytes[mark];
      if (byte === NEWLINE) this.newlines++;
      if (byte !== QUOTE) continue;
      if (bytes[mark + 1] !== QUOTE || mark + 1 >= this.complete) break;
      this.doubled = true;
      mark++;
    }
    this.end = mark;
    const behind = bytes[mark + 1];
    if (behind === this.delimiter) {
      this.at = mark + 2;
      return true;
    }
    if (behind === NEWLINE || (behind === RETURN && bytes[mark + 2] === NEWLINE)) {
      this.newlines++;
      this.atEnd = true;
      this.recordEnd = mark + (behind === NEWLINE ? 2 : 3);
      return true;
    }
    this.malformed = true;
    this.atEnd = true;
    this.recordEnd = bytes.indexOf(NEWLINE, mark) + 1;
    this.newlines++;
    return true;
  }

  private endRecord(newline: number): boolean {
    this.end = newline > this.start && this.bytes[newline - 1] === RETURN ? newline - 1 : newline;
    this.newlines++;
    this.atEnd = true;
    this.recordEnd = newline + 1;
    return true;
  }

  /** The first marked byte at or behind `position`; the last byte of the scanned text is always one. */
  private nextMark(position: number): number {
    const { marks } = this;
    let word = position >> 5;
    let bits = marks[word] >> position;
    if (bits !== 0) return position + 31 - Math.clz32(bits & (0 - bits));
    do bits = marks[++word];
    while (bits === 0);
    return (word << 5) + 31 - Math.clz32(bits & (0 - bits));
  }
}
