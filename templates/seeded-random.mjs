/** Random numbers from a seed for the makers of template data: the same seed gives the same file on every machine. */

/** Mulberry32: 32 bits of state, enough for a few thousand made-up rows. */
export function seededRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    /** In [0, 1). */
    next,
    /** A whole number in [low, high]. */
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (values) => values[Math.floor(next() * values.length)],
    chance: (probability) => next() < probability,
    /** Waiting time of a Poisson process with this mean. */
    exponential: (mean) => -mean * Math.log(1 - next()),
    /** Roughly normal: the sum of twelve uniform numbers. */
    normal: (mean, deviation) => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += next();
      return mean + deviation * sum;
    },
  };
}

/** `2026-03-02 08:00:00`, with as many digits of the second's fraction as it needs, as Flink prints it. */
export function sqlTime(ms) {
  return new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace('Z', '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

export function printLines(rows) {
  process.stdout.write(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
}

export function printCsv(names, rows) {
  process.stdout.write(`${[names, ...rows].map((cells) => cells.join(',')).join('\n')}\n`);
}
