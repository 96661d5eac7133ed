/** SHA-1, SHA-224 and SHA-256 (FIPS 180-4): the digests over 32-bit words. */
import { hexOf, paddedMessage } from './digest-message.ts';
import { rootFractions } from './primes.ts';

const ROUND_CONSTANTS = Int32Array.from(rootFractions(64, 3, 32), (value) => Number(BigInt.asIntN(32, value)));
const START_256 = Int32Array.from(rootFractions(8, 2, 32), (value) => Number(BigInt.asIntN(32, value)));
/** SHA-224 starts from the second 32 bits of the square roots of the ninth to sixteenth primes. */
const START_224 = Int32Array.from(rootFractions(16, 2, 64).slice(8), (value) => Number(BigInt.asIntN(32, value)));
const START_1 = Int32Array.from([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0], (word) => word | 0);

const words = new Int32Array(80);
const state = new Int32Array(8);
const result = new DataView(new ArrayBuffer(32));

function rotateRight(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function mixSha2(): void {
  for (let index = 16; index < 64; index++) {
    const early = words[index - 15];
    const late = words[index - 2];
    const small0 = rotateRight(early, 7) ^ rotateRight(early, 18) ^ (early >>> 3);
    const small1 = rotateRight(late, 17) ^ rotateRight(late, 19) ^ (late >>> 10);
    words[index] = words[index - 16] + small0 + words[index - 7] + small1;
  }
  // One by one: the iterator of a destructuring costs more than the rounds.
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let index = 0; index < 64; index++) {
    const big1 = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
    const first = (h + big1 + ((e & f) ^ (~e & g)) + ROUND_CONSTANTS[index] + words[index]) | 0;
    const big0 = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

function sha1Round(index: number, b: number, c: number, d: number): number {
  if (index < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (index < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  return index < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc : (b ^ c ^ d) + 0xca62c1d6;
}

function mixSha1(): void {
  for (let index = 16; index < 80; index++) {
    words[index] = rotateRight(words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 31);
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  for (let index = 0; index < 80; index++) {
    const next = (rotateRight(a, 27) + sha1Round(index, b, c, d) + e + words[index]) | 0;
    e = d;
    d = c;
    c = rotateRight(b, 2);
    b = a;
    a = next;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

function digest(bytes: Uint8Array, start: Int32Array, mix: () => void, size: number): string {
  const message = paddedMessage(bytes, 64, 8, false);
  state.set(start);
  for (let offset = 0; offset < message.byteLength; offset += 64) {
    for (let index = 0; index < 16; index++) words[index] = message.getInt32(offset + index * 4);
    mix();
  }
  for (let index = 0; index < 8; index++) result.setInt32(index * 4, state[index]);
  return hexOf(result, size);
}

export function sha1Hex(bytes: Uint8Array): string {
  return digest(bytes, START_1, mixSha1, 20);
}

export function sha224Hex(bytes: Uint8Array): string {
  return digest(bytes, START_224, mixSha2, 28);
}

export function sha256Hex(bytes: Uint8Array): string {
  return digest(bytes, START_256, mixSha2, 32);
}
