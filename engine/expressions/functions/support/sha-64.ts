/** SHA-384 and SHA-512 (FIPS 180-4): the digests over 64-bit words. */
import { hexOf, paddedMessage } from './digest-message.ts';
import { rootFractions } from './primes.ts';

const ROUND_CONSTANTS = BigUint64Array.from(rootFractions(80, 3, 64));
const START_512 = BigUint64Array.from(rootFractions(8, 2, 64));
const START_384 = BigUint64Array.from(rootFractions(16, 2, 64).slice(8));

const words = new BigUint64Array(80);
const state = new BigUint64Array(8);

function rotateRight(word: bigint, bits: bigint): bigint {
  return BigInt.asUintN(64, (word >> bits) | (word << (64n - bits)));
}

function mixBlock(): void {
  for (let index = 16; index < 80; index++) {
    const early = words[index - 15];
    const late = words[index - 2];
    const small0 = rotateRight(early, 1n) ^ rotateRight(early, 8n) ^ (early >> 7n);
    const small1 = rotateRight(late, 19n) ^ rotateRight(late, 61n) ^ (late >> 6n);
    words[index] = words[index - 16] + small0 + words[index - 7] + small1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let index = 0; index < 80; index++) {
    const big1 = rotateRight(e, 14n) ^ rotateRight(e, 18n) ^ rotateRight(e, 41n);
    const choice = (e & f) ^ (BigInt.asUintN(64, ~e) & g);
    const first = h + big1 + choice + ROUND_CONSTANTS[index] + words[index];
    const big0 = rotateRight(a, 28n) ^ rotateRight(a, 34n) ^ rotateRight(a, 39n);
    const second = big0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = BigInt.asUintN(64, d + first);
    d = c;
    c = b;
    b = a;
    a = BigInt.asUintN(64, first + second);
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] += word;
  });
}

function digest(bytes: Uint8Array, start: BigUint64Array, size: number): string {
  const message = paddedMessage(bytes, 128, 16, false);
  state.set(start);
  for (let offset = 0; offset < message.byteLength; offset += 128) {
    for (let index = 0; index < 16; index++) words[index] = message.getBigUint64(offset + index * 8);
    mixBlock();
  }
  const result = new DataView(new ArrayBuffer(64));
  for (let index = 0; index < 8; index++) result.setBigUint64(index * 8, state[index]);
  return hexOf(result, size);
}

export function sha384Hex(bytes: Uint8Array): string {
  return digest(bytes, START_384, 48);
}

export function sha512Hex(bytes: Uint8Array): string {
  return digest(bytes, START_512, 64);
}
