/** Decimal arithmetic against java.math.BigDecimal's rules. */
import { expect, it } from 'vitest';
import { digitCount, divide38, fitDecimal, parseExact, printDecimal, rescale, toDecimal } from './decimal.ts';

it('rounds half away from zero', () => {
  expect([rescale(125n, 2, 1), rescale(-125n, 2, 1), rescale(124n, 2, 1), rescale(5n, 0, 2)]).toEqual([13n, -13n, 12n, 500n]);
});

it('divides to 38 digits, half up', () => {
  const third = divide38({ unscaled: 1n, scale: 0 }, { unscaled: 3n, scale: 0 });
  expect([digitCount(third.unscaled), printDecimal(third.unscaled, third.scale).slice(0, 12)]).toEqual([38, '0.3333333333']);
  expect(toDecimal(divide38({ unscaled: 2n, scale: 0 }, { unscaled: 3n, scale: 0 }), 10, 4)).toBe(6667n);
});

it('gives NULL for what does not fit', () => {
  expect([fitDecimal(999n, 3), fitDecimal(1000n, 3)]).toEqual([999n, null]);
});

it.each([
  ['1.50', 150n, 2],
  ['-.5', -5n, 1],
  ['1e3', 1n, -3],
  ['2.', 2n, 0],
])('reads %s', (text, unscaled, scale) => {
  expect(parseExact(text)).toEqual({ unscaled, scale });
});

it.each(['', '.', '-', '1,0', '0x1', 'e5'])('does not read "%s"', (text) => {
  expect(parseExact(text)).toBeNull();
});
