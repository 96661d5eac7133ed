/** The text kernels in plain JavaScript: the fallback where there is no SIMD, and the oracle of its tests. */
import type { JobMemory } from '../../columnar/job-memory.ts';
import { isUtf8 } from '../utf8.ts';
import type { TextKernels } from './kernels.ts';

export function createScriptKernels(memory: JobMemory): TextKernels {
  return {
    simd: false,
    scan(source, length, marks, high, a, b, below) {
      const { u8, i32 } = memory;
      let notAscii = 0;
      for (let at = 0; at < length; at += 32) {
        let markBits = 0;
        let highBits = 0;
        for (let bit = 0; bit < 32; bit++) {
          const byte = u8[source + at + bit];
          if (byte === a || byte === b || byte < below) markBits |= 1 << bit;
          if (byte >= 0x80) highBits |= 1 << bit;
        }
        i32[(marks + (at >> 3)) >>> 2] = markBits;
        i32[(high + (at >> 3)) >>> 2] = highBits;
        notAscii |= highBits;
      }
      if (notAscii === 0) return 0;
      return isUtf8(u8, source, completeEnd(u8, source, source + length)) ? 1 : 3;
    },
    copyText(source, length, target, a, b, below) {
      const { u8 } = memory;
      let found = 0;
      for (let index = 0; index < length; index++) {
        const byte = u8[source + index];
        u8[target + index] = byte;
        if (byte === a || byte === b || byte < below) found = 1;
      }
      return found;
    },
    fillBytes(address, value, length) {
      memory.u8.fill(value, address, address + length);
    },
    hasZero(address, length) {
      return memory.u8.subarray(address, address + length).includes(0) ? 1 : 0;
    },
  };
}

/** `end`, or the beginning of a character that is cut off there. */
function completeEnd(u8: Uint8Array, start: number, end: number): number {
  for (let back = 1; back <= 3 && end - back >= start; back++) {
    const byte = u8[end - back];
    if (byte < 0x80) return end;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? end - back : end;
    }
  }
  return end;
}
