/** Text of Nexmark events in job memory: a pool of random letters, channels and URLs to point at, and room for new words. */
import { assert } from '../../../base/assert.ts';
import type { Address, JobMemory } from '../../../columnar/job-memory.ts';
import type { EventRandom } from './event-random.ts';
import { CHANNELS, CITIES, FIRST_NAMES, HOT_CHANNELS, LAST_NAMES, STATES } from './event-rules.ts';

export const POOL_BYTES = 1 << 20;
const TABLES_BYTES = 3 << 20;
const POOL_TAG = 1;
const CHANNELS_TAG = 2;
const UNDERSCORE = 95;
const BLANK = 32;

/** Texts that never change, by number. */
export interface TextTable {
  readonly addresses: Uint32Array;
  readonly lengths: Uint32Array;
}

export class TextPool {
  readonly memory: JobMemory;
  /** POOL_BYTES of lower-case letters. */
  readonly letters: Address;
  readonly channels: TextTable;
  readonly urls: TextTable;
  readonly hotChannels: TextTable;
  readonly hotUrls: TextTable;
  readonly cities: TextTable;
  readonly states: TextTable;
  /** First and last names in all combinations: `first * LAST_NAMES.length + last`. */
  readonly names: TextTable;
  private readonly tables: Address;
  private used = 0;

  constructor(memory: JobMemory, random: EventRandom) {
    this.memory = memory;
    this.letters = memory.allocateRegion(POOL_BYTES);
    this.tables = memory.allocateRegion(TABLES_BYTES);
    random.restart(POOL_TAG, 0);
    const { u8 } = memory;
    for (let index = 0; index < POOL_BYTES; index++) u8[this.letters + index] = 97 + random.below(26);
    random.restart(CHANNELS_TAG, 0);
    this.hotUrls = this.table(HOT_CHANNELS.map(() => baseUrl(random)));
    this.urls = this.table(
      Array.from({ length: CHANNELS }, (_unused, channel) => {
        const url = baseUrl(random);
        return random.below(10) > 0 ? `${url}&channel_id=${Math.abs(reverseBits(channel))}` : url;
      }),
    );
    this.channels = this.table(Array.from({ length: CHANNELS }, (_unused, channel) => `channel-${channel}`));
    this.hotChannels = this.table(HOT_CHANNELS);
    this.cities = this.table(CITIES);
    this.states = this.table(STATES);
    this.names = this.table(FIRST_NAMES.flatMap((first) => LAST_NAMES.map((last) => `${first} ${last}`)));
  }

  close(): void {
    this.memory.freeRegion(this.letters, POOL_BYTES);
    this.memory.freeRegion(this.tables, TABLES_BYTES);
  }

  private table(texts: readonly string[]): TextTable {
    const addresses = new Uint32Array(texts.length);
    const lengths = new Uint32Array(texts.length);
    const { u8 } = this.memory;
    for (const [index, text] of texts.entries()) {
      addresses[index] = this.tables + this.used;
      lengths[index] = text.length;
      for (let at = 0; at < text.length; at++) u8[this.tables + this.used++] = text.charCodeAt(at);
    }
    assert(this.used <= TABLES_BYTES, 'the tables of Nexmark texts fit in their region');
    return { addresses, lengths };
  }
}

/**
 * Writes a random word of 3…max-1 characters to `u8` at `to` and returns its end: lower-case letters, one in 13 replaced by
 * `special`; blanks at both ends are taken off.
 */
export function writeWord(u8: Uint8Array, to: Address, max: number, special: number, random: EventRandom): Address {
  let end = to;
  for (let left = 3 + random.below(max - 3); left > 0; left--) u8[end++] = random.below(13) === 0 ? special : 97 + random.below(26);
  if (special !== BLANK) return end;
  while (end > to && u8[end - 1] === BLANK) end--;
  let start = to;
  while (start < end && u8[start] === BLANK) start++;
  if (start > to) u8.copyWithin(to, start, end);
  return end - (start - to);
}

function baseUrl(random: EventRandom): string {
  const bytes = new Uint8Array(8);
  const word = () => String.fromCharCode(...bytes.subarray(0, writeWord(bytes, 0, 5, UNDERSCORE, random)));
  const [first, second, third] = [word(), word(), word()];
  return `https://www.nexmark.com/${first}/${second}/${third}/item.htm?query=1`;
}

function reverseBits(value: number): number {
  let rest = value;
  let reversed = 0;
  for (let bit = 0; bit < 32; bit++) {
    reversed = (reversed << 1) | (rest & 1);
    rest >>>= 1;
  }
  return reversed;
}
