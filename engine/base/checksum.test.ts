/** The checksum against published values, in one piece and in many. */
import { expect, test } from 'vitest';
import { Checksum } from './checksum.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ['', 0x02cc5d05],
  ['a', 0x550d7456],
  ['abc', 0x32d153ff],
  ['Nobody inspects the spammish repetition', 0xe2293b2f],
])('%s', (text, expected) => {
  expect(new Checksum().update(bytes(text)).digest()).toBe(expected);
});

test('pieces and alignment do not matter', () => {
  const all = Uint8Array.from({ length: 1000 }, (_, index) => (index * 7919) & 255);
  const whole = new Checksum().update(all).digest();
  for (let cut = 0; cut < 70; cut++) {
    expect(
      new Checksum()
        .update(all.subarray(0, cut))
        .update(all.subarray(cut, 2 * cut))
        .update(all.subarray(2 * cut))
        .digest(),
    ).toBe(whole);
  }
});

test('every flipped bit shows', () => {
  const all = Uint8Array.from({ length: 77 }, (_, index) => index);
  const whole = new Checksum().update(all).digest();
  for (let bit = 0; bit < all.length * 8; bit++) {
    all[bit >>> 3] ^= 1 << (bit & 7);
    expect(new Checksum().update(all).digest()).not.toBe(whole);
    all[bit >>> 3] ^= 1 << (bit & 7);
  }
});
