/** Reads RFC 4648 base64 into job memory. */

const VALUES = new Int8Array(256).fill(-1);
for (const [value, character] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) {
  VALUES[character.charCodeAt(0)] = value;
}

/** Decodes `bytes[at…end)` to `target[to…)` and returns the byte length; -1 when it is not base64 (padding may be left out). */
export function decodeBase64(bytes: Uint8Array, at: number, end: number, target: Uint8Array, to: number): number {
  let stop = end;
  while (stop > at && end - stop < 2 && bytes[stop - 1] === 61) stop--;
  if (stop !== end && (end - at) % 4 !== 0) return -1;
  const digits = stop - at;
  if (digits % 4 === 1) return -1;
  let out = to;
  let word = 0;
  for (let index = 0; index < digits; index++) {
    const value = VALUES[bytes[at + index]];
    if (value < 0) return -1;
    word = (word << 6) | value;
    if (index % 4 === 3) {
      target[out++] = word >> 16;
      target[out++] = word >> 8;
      target[out++] = word;
      word = 0;
    }
  }
  if (digits % 4 === 2) target[out++] = word >> 4;
  if (digits % 4 === 3) {
    target[out++] = word >> 10;
    target[out++] = word >> 2;
  }
  return out - to;
}
