/** MD5 (RFC 1321) over bytes, in plain arithmetic so that page, engine and tests share it. */
import { hexOf, paddedMessage } from './digest-message.ts';

const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];
/** floor(|sin(i + 1)| · 2^32), as the RFC defines them. */
const SINES = Int32Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 4294967296) | 0);

const words = new Int32Array(16);
const state = new Int32Array(4);

function round(step: number, b: number, c: number, d: number): number {
  if (step < 16) return (b & c) | (~b & d);
  if (step < 32) return (d & b) | (~d & c);
  return step < 48 ? b ^ c ^ d : c ^ (b | ~d);
}

function wordOfStep(step: number): number {
  if (step < 16) return step;
  if (step < 32) return (5 * step + 1) & 15;
  return step < 48 ? (3 * step + 5) & 15 : (7 * step) & 15;
}

function mixBlock(): void {
  let [a, b, c, d] = state;
  for (let step = 0; step < 64; step++) {
    const sum = (a + round(step, b, c, d) + SINES[step] + words[wordOfStep(step)]) | 0;
    const shift = SHIFTS[step >> 4][step & 3];
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
}

/** The digest in lower-case hexadecimal. */
export function md5Hex(bytes: Uint8Array): string {
  const message = paddedMessage(bytes, 64, 8, true);
  state.set([0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476]);
  for (let offset = 0; offset < message.byteLength; offset += 64) {
    for (let index = 0; index < 16; index++) words[index] = message.getInt32(offset + index * 4, true);
    mixBlock();
  }
  const digest = new DataView(new ArrayBuffer(16));
  for (let index = 0; index < 4; index++) digest.setInt32(index * 4, state[index], true);
  return hexOf(digest, 16);
}
