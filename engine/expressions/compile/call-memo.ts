/** Remembers what a costly function answered for the texts it saw last; gives up where texts hardly repeat. */
import type { Value } from '../value.ts';

const SLOTS = 512;
/** Longer texts are not worth their copy. */
const KEY_BYTES_MAX = 256;
/** After this many questions the memo looks at how often it knew the answer. */
const TRIAL = 2048;
const HITS_NEEDED = TRIAL / 2;

export class CallMemo {
  /** The answer after `find` said true. */
  value: Value = null;
  private readonly keys: (Uint8Array | null)[] = new Array<Uint8Array | null>(SLOTS).fill(null);
  private readonly values: Value[] = new Array<Value>(SLOTS).fill(null);
  private slot = -1;
  private asked = 0;
  private known = 0;
  private enabled = true;

  /** Looks for the text at `address`; where it says false, compute the answer and `keep` it. */
  find(u8: Uint8Array, address: number, length: number): boolean {
    this.slot = -1;
    if (!this.enabled || length > KEY_BYTES_MAX) return false;
    if (++this.asked === TRIAL) this.judge();
    const slot = slotOf(u8, address, length);
    this.slot = slot;
    const key = this.keys[slot];
    if (key === null || key.length !== length) return false;
    for (let i = 0; i < length; i++) if (u8[address + i] !== key[i]) return false;
    this.known++;
    this.value = this.values[slot];
    return true;
  }

  keep(u8: Uint8Array, address: number, length: number, value: Value): void {
    if (this.slot < 0) return;
    this.keys[this.slot] = u8.slice(address, address + length);
    this.values[this.slot] = value;
  }

  private judge(): void {
    this.enabled = this.known >= HITS_NEEDED;
    this.asked = 0;
    this.known = 0;
    if (!this.enabled) {
      this.keys.fill(null);
      this.values.fill(null);
    }
  }
}

/** A hash of the length and of up to eight bytes from either end. */
function slotOf(u8: Uint8Array, address: number, length: number): number {
  let hash = length;
  const sample = length < 8 ? length : 8;
  for (let i = 0; i < sample; i++) hash = Math.imul(hash ^ u8[address + i], 0x01000193);
  for (let i = length - sample; i < length; i++) hash = Math.imul(hash ^ u8[address + i], 0x01000193);
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}
