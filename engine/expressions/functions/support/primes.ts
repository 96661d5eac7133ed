/** The constants of SHA-2, from their definition: fraction bits of square and cube roots of the first primes. */

function firstPrimes(count: number): bigint[] {
  const primes: bigint[] = [];
  for (let candidate = 2n; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0n)) primes.push(candidate);
  }
  return primes;
}

/** floor(root of value · 2^(bits)) by bisection. */
function rootBits(value: bigint, degree: bigint, bits: bigint): bigint {
  const target = value << (bits * degree);
  let low = 0n;
  let high = (value + 1n) << bits;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= target) low = middle;
    else high = middle;
  }
  return low;
}

/** The first `bits` bits of the fraction of the degree-th root of each of the first primes. */
export function rootFractions(count: number, degree: 2 | 3, bits: 32 | 64): bigint[] {
  return firstPrimes(count).map((prime) => BigInt.asUintN(bits, rootBits(prime, BigInt(degree), BigInt(bits))));
}
