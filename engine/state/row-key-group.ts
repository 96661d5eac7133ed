/** The key group of a row in state, recomputed from its key, so that a restore can tell which rows are its own. */
import { javaHashOfBytes, javaHashOfUtf8, keyGroupOf } from '../columnar/key-hash.ts';
import type { Cell } from './row-layout.ts';
import type { RowStore } from './row-store.ts';

/** Java hash of the key of a live row, by the rule of columnar/key-hash.ts. */
export function javaHashOfRow(store: RowStore, row: number): number {
  const cells = store.layout.keyCells;
  if (cells.length === 0) return 0;
  if (cells.length === 1) return javaHashOfCell(store, row, cells[0]);
  return cells.reduce((hash, cell) => (Math.imul(31, hash) + javaHashOfCell(store, row, cell)) | 0, 1);
}

export function keyGroupOfRow(store: RowStore, row: number, maxParallelism: number): number {
  return keyGroupOf(javaHashOfRow(store, row), maxParallelism);
}

function javaHashOfCell(store: RowStore, row: number, cell: Cell): number {
  if (!store.isPresent(row, cell)) return 0;
  const { i32, u32, f32, f64, u8 } = store.memory;
  const at = store.wordOf(row) + cell.word;
  switch (cell.form) {
    case 'boolean':
      return i32[at] === 0 ? 1237 : 1231;
    case 'i32':
      return i32[at];
    case 'i64':
      return i32[at] ^ i32[at + 1];
    case 'i64i32':
      return (Math.imul(31, i32[at] ^ i32[at + 1]) + i32[at + 2]) | 0;
    case 'i128':
      return (Math.imul(31, i32[at] ^ i32[at + 1]) + (i32[at + 2] ^ i32[at + 3])) | 0;
    case 'f32':
      return Number.isNaN(f32[at]) ? 0x7fc00000 : i32[at];
    case 'f64':
      return Number.isNaN(f64[at >>> 1]) ? 0x7ff80000 : i32[at] ^ i32[at + 1];
    case 'text':
      return javaHashOfUtf8(u8, store.heap + u32[at], u32[at + 1]);
    case 'binary':
      return javaHashOfBytes(u8, store.heap + u32[at], u32[at + 1]);
  }
}
