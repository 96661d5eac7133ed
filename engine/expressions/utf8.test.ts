/** Text from any bytes, and the bytes back. */
import { expect, it } from 'vitest';
import { SeededRandom } from '../base/random.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

it('reads well-formed text as everyone does', () => {
  const text = 'aé日😀\u{10ffff}\0';
  expect([decodeUtf8(new TextEncoder().encode(text)), [...encodeUtf8(text)]]).toEqual([text, [...new TextEncoder().encode(text)]]);
});

it('gives any bytes back', () => {
  const seed = Number(process.env.MILLRACE_SEED ?? 7);
  const random = new SeededRandom(seed);
  for (let round = 0; round < 500; round++) {
    const bytes = Uint8Array.from({ length: random.nextInt(12) }, () =>
      random.nextInt(2) === 0 ? random.nextInt(256) : [0xed, 0xa0, 0x80, 0xf0, 0x9f, 0x98, 0xc3][random.nextInt(7)],
    );
    expect([...encodeUtf8(decodeUtf8(bytes))], `MILLRACE_SEED=${seed}, round ${round}`).toEqual([...bytes]);
  }
});
