/**
 * A 32-bit checksum of bytes as they stream by, in whatever pieces: four lanes of multiply and rotate over 16-byte
 * stripes. It tells torn, shortened and altered staged files; it is no defence against people.
 */
const MULTIPLIER = 0x9e3779b1 | 0;
const FINISHER = 0x85ebca77 | 0;
const STRIPE_BYTES = 16;

export class StreamChecksum {
  private readonly lanes = Int32Array.of(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344);
  private readonly rest = new Uint8Array(STRIPE_BYTES);
  private restBytes = 0;
  private totalBytes = 0;

  update(bytes: Uint8Array): void {
    this.totalBytes += bytes.length;
    let at = 0;
    if (this.restBytes > 0) {
      at = Math.min(STRIPE_BYTES - this.restBytes, bytes.length);
      this.rest.set(bytes.subarray(0, at), this.restBytes);
      this.restBytes += at;
      if (this.restBytes < STRIPE_BYTES) return;
      this.stripes(this.rest, 0, STRIPE_BYTES);
      this.restBytes = 0;
    }
    const whole = at + Math.floor((bytes.length - at) / STRIPE_BYTES) * STRIPE_BYTES;
    this.stripes(bytes, at, whole);
    this.rest.set(bytes.subarray(whole));
    this.restBytes = bytes.length - whole;
  }

  /** The checksum of what has been seen so far, unsigned; more may follow. */
  value(): number {
    let hash = this.totalBytes | 0;
    for (const lane of this.lanes) hash = mixed(Math.imul(hash, MULTIPLIER) ^ lane);
    for (let index = 0; index < this.restBytes; index++) hash = mixed(Math.imul(hash, MULTIPLIER) ^ this.rest[index]);
    return mixed(hash) >>> 0;
  }

  private stripes(bytes: Uint8Array, from: number, to: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let [a, b, c, d] = this.lanes;
    for (let at = from; at < to; at += STRIPE_BYTES) {
      a = stirred(a, view.getInt32(at, true));
      b = stirred(b, view.getInt32(at + 4, true));
      c = stirred(c, view.getInt32(at + 8, true));
      d = stirred(d, view.getInt32(at + 12, true));
    }
    this.lanes.set([a, b, c, d]);
  }
}

/** Bijective in `lane` for every `word` and in `word` for every `lane`, so one changed word always changes the lane. */
function stirred(lane: number, word: number): number {
  const product = Math.imul(lane ^ word, MULTIPLIER);
  return (product << 13) | (product >>> 19);
}

function mixed(value: number): number {
  const x = Math.imul(value ^ (value >>> 15), FINISHER);
  return x ^ (x >>> 13);
}
