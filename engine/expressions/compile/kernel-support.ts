/** What generated kernels call: text in and out of job memory, splitting of timestamps, failures with their place. */
import { EngineError } from '../../base/errors.ts';
import type { Arena } from '../../columnar/arena.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { Span } from '../problem.ts';
import { decodeUtf8, encodeUtf8, hasStray } from '../utf8.ts';
import { timestampMillis, timestampNanosOfMilli } from '../value.ts';

/** Where in which node's expression a kernel was when it failed. */
export interface FailureSite {
  readonly nodeId: string;
  readonly span: Span;
  readonly what: string;
}

const encoder = new TextEncoder();
/** Shorter texts are read and written byte by byte, which beats the call into the platform. */
const SHORT_TEXT_BYTES = 24;

export class KernelSupport {
  /** Results of the last `encode` or `split`. */
  address = 0;
  length = 0;
  millis = 0n;
  nanos = 0;
  private readonly memory: JobMemory;
  private readonly arena: Arena;

  constructor(memory: JobMemory, arena: Arena) {
    this.memory = memory;
    this.arena = arena;
  }

  decode(address: number, length: number): string {
    const { u8 } = this.memory;
    if (length <= SHORT_TEXT_BYTES) {
      let text = '';
      let at = 0;
      for (; at < length; at++) {
        const byte = u8[address + at];
        if (byte >= 0x80) break;
        text += String.fromCharCode(byte);
      }
      if (at === length) return text;
    }
    return decodeUtf8(u8.subarray(address, address + length));
  }

  /** A copy, because functions may keep what they are handed. */
  bytes(address: number, length: number): Uint8Array {
    return this.memory.u8.slice(address, address + length);
  }

  /** Writes text into the arena; the kernel must look at the memory's generation afterwards. */
  encode(text: string): void {
    const units = text.length;
    if (units <= SHORT_TEXT_BYTES && this.encodeAscii(text, units)) return;
    if (hasStray(text)) {
      this.put(encodeUtf8(text));
      return;
    }
    const address = this.arena.allocate(Math.max(units * 3, 1));
    const { u8 } = this.memory;
    this.address = address;
    this.length = encoder.encodeInto(text, u8.subarray(address, address + units * 3)).written;
  }

  private encodeAscii(text: string, units: number): boolean {
    const address = this.arena.allocate(Math.max(units, 1));
    const { u8 } = this.memory;
    for (let i = 0; i < units; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) return false;
      u8[address + i] = unit;
    }
    this.address = address;
    this.length = units;
    return true;
  }

  put(bytes: Uint8Array): void {
    const address = this.arena.allocate(Math.max(bytes.length, 1));
    this.memory.u8.set(bytes, address);
    this.address = address;
    this.length = bytes.length;
  }

  split(nanos: bigint): void {
    this.millis = timestampMillis(nanos);
    this.nanos = timestampNanosOfMilli(nanos);
  }

  /** Upper (`from` = 97) or lower (65) case of ASCII text into the arena; false when a byte is not ASCII. */
  changeCase(address: number, length: number, from: number): boolean {
    const target = this.arena.allocate(Math.max(length, 1));
    const { u8 } = this.memory;
    for (let i = 0; i < length; i++) {
      const byte = u8[address + i];
      if (byte >= 0x80) return false;
      u8[target + i] = byte >= from && byte < from + 26 ? byte ^ 0x20 : byte;
    }
    this.address = target;
    this.length = length;
    return true;
  }

  characters(address: number, length: number): number {
    const { u8 } = this.memory;
    let count = 0;
    for (let i = address; i < address + length; i++) if ((u8[i] & 0xc0) !== 0x80) count++;
    return count;
  }

  equal(a: number, lengthA: number, b: number, lengthB: number): boolean {
    if (lengthA !== lengthB) return false;
    const { u8 } = this.memory;
    for (let i = 0; i < lengthA; i++) if (u8[a + i] !== u8[b + i]) return false;
    return true;
  }

  compare(a: number, lengthA: number, b: number, lengthB: number): number {
    const { u8 } = this.memory;
    const length = Math.min(lengthA, lengthB);
    for (let i = 0; i < length; i++) {
      const difference = u8[a + i] - u8[b + i];
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  startsWith(address: number, length: number, part: Uint8Array): boolean {
    return length >= part.length && this.hasAt(address, part);
  }

  endsWith(address: number, length: number, part: Uint8Array): boolean {
    return length >= part.length && this.hasAt(address + length - part.length, part);
  }

  private hasAt(address: number, part: Uint8Array): boolean {
    const { u8 } = this.memory;
    for (let i = 0; i < part.length; i++) if (u8[address + i] !== part[i]) return false;
    return true;
  }

  /** The failure of one row as the user sees it. */
  failure(error: unknown, row: number, site: FailureSite | undefined): unknown {
    if (!(error instanceof EvaluationError)) return error;
    const where = site === undefined ? '' : ` in ${site.what}, characters ${site.span.start + 1}–${site.span.end}`;
    return new EngineError(error.code, `${error.message} (row ${row} of the batch${where})`, {
      domain: 'user',
      ...(site === undefined ? {} : { nodeId: site.nodeId }),
      remedy: 'filter such rows out first, or use TRY_CAST, NULLIF or CASE in the expression',
      cause: error,
    });
  }
}
