/**
 * Hashes, key groups and subtasks of keys, exactly as Flink computes them for INT, BIGINT and STRING.
 *
 * The rule for every other key (documented here, because Flink hashes its own row format there and nobody can observe it):
 * TINYINT SMALLINT DATE TIME INTERVAL_YEAR_MONTH as Java hashes an int; DECIMAL(p <= 18) TIMESTAMP INTERVAL_DAY_TIME as a long;
 * DECIMAL(p > 18) as `31 * hash(low word) + hash(high word)`; a timestamp with nanoseconds as `31 * hash(ms) + nanos`; BOOLEAN 1231 or 1237;
 * FLOAT and DOUBLE by their bits, every NaN the same; BINARY as Java's `Arrays.hashCode`. NULL is 0. A key of several columns is `h = 31 * h + hash(column)`
 * from `h = 1`, as `Arrays.hashCode` of the columns; a key of no columns is 0.
 */
import type { KeyGroupRange } from './key-groups.ts';

/** Java's `Long.hashCode` of the two halves of a long. */
export function javaHashOfLong(low: number, high: number): number {
  return low ^ high;
}

/** Java's `String.hashCode` (31-polynomial over UTF-16 units) of UTF-8 bytes. */
export function javaHashOfUtf8(bytes: Uint8Array, start: number, length: number): number {
  let hash = 0;
  let at = start;
  const end = start + length;
  while (at < end) {
    const lead = bytes[at];
    if (lead < 0x80) {
      hash = (Math.imul(hash, 31) + lead) | 0;
      at++;
    } else if (lead < 0xe0) {
      hash = (Math.imul(hash, 31) + (((lead & 0x1f) << 6) | (bytes[at + 1] & 0x3f))) | 0;
      at += 2;
    } else if (lead < 0xf0) {
      hash = (Math.imul(hash, 31) + (((lead & 0x0f) << 12) | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f))) | 0;
      at += 3;
    } else {
      const point = ((lead & 0x07) << 18) | ((bytes[at + 1] & 0x3f) << 12) | ((bytes[at + 2] & 0x3f) << 6) | (bytes[at + 3] & 0x3f);
      const offset = point - 0x10000;
      hash = (Math.imul(hash, 31) + (0xd800 + (offset >> 10))) | 0;
      hash = (Math.imul(hash, 31) + (0xdc00 + (offset & 0x3ff))) | 0;
      at += 4;
    }
  }
  return hash;
}

/** Java's `Arrays.hashCode` of bytes. */
export function javaHashOfBytes(bytes: Uint8Array, start: number, length: number): number {
  let hash = 1;
  for (let at = start; at < start + length; at++) hash = (Math.imul(hash, 31) + ((bytes[at] << 24) >> 24)) | 0;
  return hash;
}

/** Flink's `MathUtils.murmurHash`: a non-negative scramble of a Java hash code. */
export function murmurHash(javaHash: number): number {
  let code = Math.imul(javaHash, 0xcc9e2d51);
  code = (code << 15) | (code >>> 17);
  code = Math.imul(code, 0x1b873593);
  code = (code << 13) | (code >>> 19);
  code = (Math.imul(code, 5) + 0xe6546b64) | 0;
  code ^= 4;
  code ^= code >>> 16;
  code = Math.imul(code, 0x85ebca6b);
  code ^= code >>> 13;
  code = Math.imul(code, 0xc2b2ae35);
  code ^= code >>> 16;
  if (code >= 0) return code;
  return code === -2147483648 ? 0 : -code;
}

/** The key group of a key with this Java hash. */
export function keyGroupOf(javaHash: number, maxParallelism: number): number {
  return murmurHash(javaHash) % maxParallelism;
}

/** Whether a range holds a key group; the empty range (start > end) holds none. */
export function containsKeyGroup(range: KeyGroupRange, keyGroup: number): boolean {
  return keyGroup >= range.start && keyGroup <= range.end;
}
