/** The SIMD kernels and the JavaScript ones give the same marks, flags and copies on random and hostile bytes. */
import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../base/random.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { createScriptKernels } from './script-kernels.ts';
import { createSimdKernels } from './text-kernels.ts';

const seed = Number(process.env.MILLRACE_SEED ?? 7);
const decoder = new TextDecoder('utf-8', { fatal: true });

function isUtf8Natively(bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Text of characters of all lengths, sometimes with a damaged byte. */
function randomText(random: SeededRandom, length: number): Uint8Array {
  const characters = ['a', '"', '\\', '\n', ',', '\x01', 'é', 'ࠀ', '€', '𝄞', '\u{10ffff}', '\ud7ff', '\ue000', '\x7f'];
  let text = '';
  const plain = random.nextInt(2) === 0;
  while (text.length < length) text += characters[plain && random.nextInt(20) > 0 ? 0 : random.nextInt(characters.length)];
  const bytes = new Uint8Array(length).fill(32);
  const encoded = new TextEncoder().encode(text);
  let cut = Math.min(length - 4, encoded.length);
  while (cut > 0 && cut < encoded.length && (encoded[cut] & 0xc0) === 0x80) cut--;
  bytes.set(encoded.subarray(0, Math.max(cut, 0)));
  if (random.nextInt(2) === 0) bytes[random.nextInt(length)] = random.nextInt(256);
  return bytes;
}

describe(`text kernels (seed ${seed})`, () => {
  test('hasZero and fillBytes agree at every length and place', () => {
    const memory = new JobMemory();
    const kernels = [createSimdKernels(memory), createScriptKernels(memory)];
    const address = memory.allocateRegion(4096);
    for (let length = 0; length < 70; length++) {
      for (let zero = -1; zero <= length + 1; zero++) {
        const answers = kernels.map((one) => {
          memory.u8.fill(0, address, address + 200);
          one?.fillBytes(address, 1, length + 2);
          if (zero >= 0) memory.u8[address + zero] = 0;
          return one?.hasZero(address, length);
        });
        const expected = zero >= 0 && zero < length ? 1 : 0;
        expect(answers).toEqual([expected, expected]);
      }
    }
  });

  for (const shared of [false, true]) {
    test(`scan and copyText agree, shared memory ${shared}`, () => {
      const memory = new JobMemory({ shared, maximumBytes: 16 * 1024 * 1024 });
      const simd = createSimdKernels(memory);
      if (simd === null) throw new Error('this machine should have WASM SIMD');
      const script = createScriptKernels(memory);
      const random = new SeededRandom(seed);
      const source = memory.allocateRegion(4096);
      const lanes = [0, 1, 2, 3].map(() => memory.allocateRegion(4096));
      for (let round = 0; round < 4000; round++) {
        const length = 64 * (1 + random.nextInt(4));
        const bytes = randomText(random, length);
        memory.u8.set(bytes, source);
        const a = simd.scan(source, length, lanes[0], lanes[1], 34, 92, 32);
        const b = script.scan(source, length, lanes[2], lanes[3], 34, 92, 32);
        expect(a).toBe(b);
        if (bytes[length - 1] < 0x80) expect((a & 2) === 0).toBe(isUtf8Natively(bytes));
        const [m1, h1, m2, h2] = lanes.map((lane) => Array.from(memory.u8.subarray(lane, lane + length / 8)));
        expect([m1, h1]).toEqual([m2, h2]);
        const from = random.nextInt(length);
        const count = random.nextInt(length - from + 1);
        memory.u8.fill(0xee, lanes[0], lanes[0] + 512);
        const copied = simd.copyText(source + from, count, lanes[0], 34, 92, 32);
        expect(copied !== 0).toBe(script.copyText(source + from, count, lanes[2], 34, 92, 32) !== 0);
        expect(Array.from(memory.u8.subarray(lanes[0], lanes[0] + count + 1))).toEqual([...bytes.subarray(from, from + count), 0xee]);
      }
    });
  }
});
