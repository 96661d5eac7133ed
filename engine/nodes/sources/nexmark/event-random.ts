/** The random numbers of Nexmark events: a counter generator that starts anew for every event, so that any event can be made by itself. */
import { mix32 } from '../../../base/random.ts';

const STREAM_STEP = 0x5bd1e995;
const TAG_STEP = 0x85ebca6b;
const HIGH_STEP = 0x9e3779b9;
const WORDS = 4294967296;

export class EventRandom {
  private readonly seed: number;
  private counter = 0;
  private step = 1;

  constructor(seed: number) {
    this.seed = mix32(seed | 0);
  }

  /** Begins the stream of (seed, tag, number). */
  restart(tag: number, number: number): void {
    const high = number < WORDS ? 0 : Math.floor(number / WORDS);
    const start = mix32(mix32(this.seed ^ (number >>> 0)) + Math.imul(high + 1, HIGH_STEP) + Math.imul(tag, TAG_STEP));
    this.counter = start | 0;
    this.step = mix32(start ^ STREAM_STEP) | 1;
  }

  next(): number {
    this.counter = (this.counter + this.step) | 0;
    return mix32(this.counter);
  }

  /** Uniform in [0, bound), bound below 2^21. */
  below(bound: number): number {
    return Math.floor((this.next() * bound) / WORDS);
  }

  price(): number {
    return priceOf(this.next());
  }
}

/** The price a random number stands for, log-uniform between 100 and 100,000,000: 10^(6u) hundreds, rounded. */
export function priceOf(random: number): number {
  return Math.floor(powerOfTen((random / WORDS) * 6) * 100 + 0.5);
}

const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6];

/** 10^exponent for 0…6 by a fixed sequence of operations, so that every machine makes the same prices. */
function powerOfTen(exponent: number): number {
  const whole = Math.floor(exponent);
  const argument = ((exponent - whole) * Math.LN10) / 8;
  let sum = 1;
  for (let term = 12; term >= 1; term--) sum = 1 + (argument * sum) / term;
  sum *= sum;
  sum *= sum;
  sum *= sum;
  return POWERS[whole] * sum;
}
