/** 32-bit checksum of byte streams (the published xxHash32): every single flipped bit changes it. */

const PRIME_1 = 0x9e3779b1 | 0;
const PRIME_2 = 0x85ebca77 | 0;
const PRIME_3 = 0xc2b2ae3d | 0;
const PRIME_4 = 0x27d4eb2f | 0;
const PRIME_5 = 0x165667b1 | 0;
const STRIPE_BYTES = 16;

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));
const round = (lane: number, input: number): number => Math.imul(rotate((lane + Math.imul(input, PRIME_2)) | 0, 13), PRIME_1);

export class Checksum {
  private lane1 = (PRIME_1 + PRIME_2) | 0;
  private lane2 = PRIME_2;
  private lane3 = 0;
  private lane4 = -PRIME_1 | 0;
  private readonly rest = new Uint8Array(STRIPE_BYTES);
  private restBytes = 0;
  private totalBytes = 0;

  update(bytes: Uint8Array): this {
    this.totalBytes += bytes.length;
    let at = 0;
    if (this.restBytes > 0) {
      at = Math.min(STRIPE_BYTES - this.restBytes, bytes.length);
      this.rest.set(bytes.subarray(0, at), this.restBytes);
      this.restBytes += at;
      if (this.restBytes < STRIPE_BYTES) return this;
      this.consume(this.rest, 0, STRIPE_BYTES);
      this.restBytes = 0;
    }
    const whole = at + Math.floor((bytes.length - at) / STRIPE_BYTES) * STRIPE_BYTES;
    this.consume(bytes, at, whole);
    this.rest.set(bytes.subarray(whole), 0);
    this.restBytes = bytes.length - whole;
    return this;
  }

  /** Unsigned. */
  digest(): number {
    let hash =
      this.totalBytes < STRIPE_BYTES
        ? PRIME_5
        : (rotate(this.lane1, 1) + rotate(this.lane2, 7) + rotate(this.lane3, 12) + rotate(this.lane4, 18)) | 0;
    hash = (hash + this.totalBytes) | 0;
    let at = 0;
    for (; at + 4 <= this.restBytes; at += 4) hash = Math.imul(rotate((hash + Math.imul(word(this.rest, at), PRIME_3)) | 0, 17), PRIME_4);
    for (; at < this.restBytes; at++) hash = Math.imul(rotate((hash + Math.imul(this.rest[at], PRIME_5)) | 0, 11), PRIME_1);
    hash = Math.imul(hash ^ (hash >>> 15), PRIME_2);
    hash = Math.imul(hash ^ (hash >>> 13), PRIME_3);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  private consume(bytes: Uint8Array, from: number, to: number): void {
    if ((bytes.byteOffset + from) % 4 === 0) this.consumeWords(new Int32Array(bytes.buffer, bytes.byteOffset + from, (to - from) >>> 2));
    else this.consumeBytes(bytes, from, to);
  }

  private consumeWords(words: Int32Array): void {
    let { lane1, lane2, lane3, lane4 } = this;
    for (let at = 0; at < words.length; at += 4) {
      lane1 = round(lane1, words[at]);
      lane2 = round(lane2, words[at + 1]);
      lane3 = round(lane3, words[at + 2]);
      lane4 = round(lane4, words[at + 3]);
    }
    this.lane1 = lane1;
    this.lane2 = lane2;
    this.lane3 = lane3;
    this.lane4 = lane4;
  }

  private consumeBytes(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; at += STRIPE_BYTES) {
      this.lane1 = round(this.lane1, word(bytes, at));
      this.lane2 = round(this.lane2, word(bytes, at + 4));
      this.lane3 = round(this.lane3, word(bytes, at + 8));
      this.lane4 = round(this.lane4, word(bytes, at + 12));
    }
  }
}

function word(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
}
