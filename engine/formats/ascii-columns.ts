/** Tells for each text column of a decoded batch whether all of its bytes are below 0x80. */
import type { DecodePlan } from './decode-plan.ts';
import type { DecodeTarget } from './decode-target.ts';
import type { InputPage } from './input-page.ts';
import { SCAN_NOT_ASCII } from './wasm/kernels.ts';

/** When the whole page is ASCII and nothing was decoded to the heap, no string is looked at. */
export function asciiColumns(page: InputPage, target: DecodeTarget, rowCount: number): (plan: DecodePlan) => boolean {
  const wholePage = (page.scanFlags & SCAN_NOT_ASCII) === 0;
  if (wholePage && page.heapUsed === 0) return isCharacters;
  return (plan) => isCharacters(plan) && isAsciiColumn(page, target, plan, rowCount, wholePage);
}

function isCharacters(plan: DecodePlan): boolean {
  return plan.type.kind === 'CHAR' || plan.type.kind === 'VARCHAR';
}

function isAsciiColumn(page: InputPage, target: DecodeTarget, plan: DecodePlan, rowCount: number, wholePage: boolean): boolean {
  const { u8, u32, i32 } = target.memory;
  const views = target.data[plan.index] >>> 2;
  const validity = target.validity + plan.index * target.stride;
  const pageEnd = page.address + page.capacity;
  const high = page.high >>> 2;
  for (let row = 0; row < rowCount; row++) {
    if (u8[validity + row] === 0) continue;
    const address = u32[views + 2 * row];
    const length = u32[views + 2 * row + 1];
    if (address < page.address || address >= pageEnd) {
      for (let at = address; at < address + length; at++) if (u8[at] >= 0x80) return false;
    } else if (!wholePage && length > 0 && hasBit(i32, high, address - page.address, length)) return false;
  }
  return true;
}

/** True when one of the bits `[from, from + count)` of the bitmap is set. */
function hasBit(words: Int32Array, bitmap: number, from: number, count: number): boolean {
  const last = from + count - 1;
  let word = from >> 5;
  let bits = words[bitmap + word] >>> (from & 31);
  while (word < last >> 5) {
    if (bits !== 0) return true;
    word++;
    bits = words[bitmap + word];
  }
  const behind = 31 - (last & 31);
  const kept = word === from >> 5 ? (bits << (behind + (from & 31))) | 0 : bits << behind;
  return kept !== 0;
}
