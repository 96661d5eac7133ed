/** The piece of input a decoder works on: bytes in job memory with the bitmaps of the scan and room for decoded text. */
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import { textKernels } from './wasm/text-kernels.ts';

/** Readable bytes behind the text, for loads that look ahead. */
const SLACK_BYTES = 64;
const NEWLINE = 10;

export class InputPage {
  readonly memory: JobMemory;
  /** Where the text begins; 64-aligned. */
  readonly address: Address;
  /** Text bytes the page can hold; a multiple of 64. */
  readonly capacity: number;
  readonly marks: Address;
  readonly high: Address;
  /** As long as the text; decoded strings and binaries of the current batch go here. */
  readonly heap: Address;
  /** Bytes of `heap` in use. */
  heapUsed = 0;
  /** Text bytes present. */
  filled = 0;
  /** Text bytes that hold complete records, as far as the scan covers. */
  complete = 0;
  /** Next byte to decode. */
  position = 0;
  /** Bits of the last scan, see SCAN_NOT_ASCII. */
  scanFlags = 0;
  readonly regionBytes: number;
  private readonly region: Address;

  constructor(memory: JobMemory, regionBytes: number) {
    this.memory = memory;
    this.regionBytes = regionBytes;
    this.region = memory.allocateRegion(regionBytes);
    this.capacity = Math.floor((regionBytes - 4 * SLACK_BYTES) / 2.25 / 512) * 512;
    this.address = this.region;
    this.marks = this.address + this.capacity + SLACK_BYTES;
    this.high = this.marks + this.capacity / 8 + SLACK_BYTES;
    this.heap = this.high + this.capacity / 8 + SLACK_BYTES;
  }

  /** Marks the special bytes of `[0, complete)` and checks its UTF-8. `complete` ends behind a line end. */
  scan(complete: number, a: number, b: number, below: number): void {
    this.complete = complete;
    const length = (complete + 63) & ~63;
    this.memory.u8.fill(10, this.address + Math.max(this.filled, complete), this.address + Math.max(length, this.filled) + SLACK_BYTES);
    this.scanFlags = textKernels(this.memory).scan(this.address, length, this.marks, this.high, a, b, below);
  }

  /** Moves what has not been decoded to the front. */
  compact(): void {
    const { u8 } = this.memory;
    if (this.position > 0) u8.copyWithin(this.address, this.address + this.position, this.address + this.filled);
    this.filled -= this.position;
    this.position = 0;
    this.complete = 0;
  }

  /** What has not been decoded in a page twice the size; this one is closed. */
  grown(): InputPage {
    return this.moved(2 * this.regionBytes);
  }

  /** What has not been decoded in a page of `regionBytes`, which must be enough; this one is closed. */
  shrunk(regionBytes: number): InputPage {
    return this.moved(regionBytes);
  }

  private moved(regionBytes: number): InputPage {
    const other = new InputPage(this.memory, regionBytes);
    this.memory.u8.copyWithin(other.address, this.address + this.position, this.address + this.filled);
    other.filled = this.filled - this.position;
    this.close();
    return other;
  }

  close(): void {
    this.memory.freeRegion(this.region, this.regionBytes);
  }

  /** Passes over a byte order mark at the start of a file; false: not enough bytes yet to tell. */
  skipByteOrderMark(final: boolean): boolean {
    if (this.filled < 3 && !final) return false;
    const { u8 } = this.memory;
    if (this.filled >= 3 && u8[this.address] === 0xef && u8[this.address + 1] === 0xbb && u8[this.address + 2] === 0xbf) this.position = 3;
    return true;
  }

  /** Text bytes up to the end of the last whole line; `final` ends the last one, which may lack its newline. */
  wholeLineBytes(final: boolean): number {
    const { u8 } = this.memory;
    const end = this.address + this.filled;
    const whole = this.filled === 0 ? 0 : u8.lastIndexOf(NEWLINE, end - 1) - this.address + 1;
    if (!final || whole === this.filled) return whole;
    u8[end] = NEWLINE;
    return this.filled + 1;
  }
}
