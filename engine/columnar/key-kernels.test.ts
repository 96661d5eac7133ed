/** Key groups of batches against hashes known from Java and Flink. */
import { expect, test } from 'vitest';
import { BIGINT, INT, STRING } from '../types/make-type.ts';
import { Arena } from './arena.ts';
import { createBatch } from './batch.ts';
import { JobMemory } from './job-memory.ts';
import { defaultMaxParallelism, keyGroupRangeOf, subtaskOfKeyGroup } from './key-groups.ts';
import { javaHashOfUtf8, keyGroupOf } from './key-hash.ts';
import { createKeyGroupAssigner } from './key-kernels.ts';

function referenceHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

test('strings hash as Java hashes their UTF-16 units', () => {
  const texts = ['', 'a', 'user-3936', 'é', '中文', '😀 mixed é', '\u0000', '￿', 'x'.repeat(500)];
  const found = texts.map((text) => {
    const bytes = new TextEncoder().encode(text);
    return javaHashOfUtf8(bytes, 0, bytes.length);
  });
  expect(found).toEqual(texts.map(referenceHash));
});

test('the batch kernel agrees with the scalar functions, with selection, nulls and several columns', () => {
  const memory = new JobMemory();
  const arena = new Arena(memory);
  const schema = {
    fields: [
      { name: 'n', type: BIGINT },
      { name: 'i', type: INT },
      { name: 's', type: STRING },
    ],
  };
  const batch = createBatch(memory, schema);
  const texts = ['b', 'c', 'x', 'a'];
  batch.rowCount = 4;
  batch.selectedCount = 3;
  batch.selection = arena.allocate(12);
  memory.i32.set([0, 2, 3], batch.selection >>> 2);
  batch.columns[0].data = arena.allocate(32);
  memory.i64.set([2219893652785595144n, 0n, -1n, 90866n], batch.columns[0].data >>> 3);
  batch.columns[1].data = arena.allocate(16);
  memory.i32.set([475717842, 0, 7, 9], batch.columns[1].data >>> 2);
  batch.columns[1].validity = arena.allocate(4);
  memory.u8.set([1, 1, 0, 1], batch.columns[1].validity);
  batch.columns[2].data = arena.allocate(32);
  texts.forEach((text, row) => {
    const address = arena.allocate(8);
    memory.u8.set(new TextEncoder().encode(text), address);
    memory.u32.set([address, text.length], (batch.columns[2].data >>> 2) + row * 2);
  });
  const out = arena.allocate(16);
  const groups = (paths: number[][]) => {
    createKeyGroupAssigner(schema, paths, 128).assign(batch, out);
    return [...memory.i32.subarray(out >>> 2, (out >>> 2) + 3)];
  };
  expect(groups([[0]])).toEqual([6, keyGroupOf(0, 128), 53]);
  expect(groups([[1]])).toEqual([72, keyGroupOf(0, 128), keyGroupOf(9, 128)]);
  expect(groups([[2]]).map((group) => subtaskOfKeyGroup(group, 128, 2))).toEqual([0, 0, 1]);
  const hashes = [
    [475717842, 'b'.charCodeAt(0)],
    [0, 'x'.charCodeAt(0)],
    [9, 'a'.charCodeAt(0)],
  ];
  expect(groups([[1], [2]])).toEqual(hashes.map(([i, s]) => keyGroupOf((Math.imul(31, (31 + i) | 0) + s) | 0, 128)));
  expect(groups([])).toEqual([0, 1, 2].map(() => keyGroupOf(0, 128)));
});

test('ranges and defaults', () => {
  expect([0, 1, 2].map((subtask) => keyGroupRangeOf(subtask, 128, 3))).toEqual([
    { start: 0, end: 42 },
    { start: 43, end: 85 },
    { start: 86, end: 127 },
  ]);
  expect([1, 85, 86, 21846].map(defaultMaxParallelism)).toEqual([128, 128, 256, 32768]);
});
