/** Generated loops that copy values of batch rows into cells of stored rows: the way back of row-export.ts. */
import type { Column } from '../columnar/batch.ts';
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import type { Cell, RowLayout } from './row-layout.ts';
import { isHeapForm } from './row-layout.ts';
import type { RowStore } from './row-store.ts';

/**
 * Writes `columns` of the batch rows `from`…`to - 1` of the list `rows` (i32 numbers; address 0 = the number is the position) to the
 * stored rows named at the same positions of `targets` (i32, fresh rows of the layout; NO_ROW = leave out). Stops where the heap
 * must grow first and returns that position, `to` when done.
 */
type ImportKernel = (
  store: RowStore,
  memory: JobMemory,
  columns: readonly Column[],
  rows: Address,
  from: number,
  to: number,
  targets: Address,
) => number;

const kernels = new Map<string, ImportKernel>();

export class RowImport {
  private readonly kernel: ImportKernel;
  private readonly heapCells: readonly number[];

  /** `cells` are nullable and parallel to the columns given later. */
  constructor(layout: RowLayout, cells: readonly Cell[]) {
    const signature = `${layout.fingerprint} ${cells.map((cell) => cell.word).join(' ')}`;
    let kernel = kernels.get(signature);
    if (kernel === undefined) {
      kernel = generateImport(layout, cells);
      kernels.set(signature, kernel);
    }
    this.kernel = kernel;
    this.heapCells = cells.flatMap((cell, at) => (isHeapForm(cell.form) ? [at] : []));
  }

  /** See `ImportKernel`; grows the heap as needed. */
  copy(store: RowStore, columns: readonly Column[], rows: Address, from: number, to: number, targets: Address): void {
    const { memory } = store;
    for (let at = from; ; ) {
      at = this.kernel(store, memory, columns, rows, at, to, targets);
      if (at === to) return;
      store.reserveHeap(this.heapBytes(memory, columns, rows === 0 ? at : memory.i32[(rows >>> 2) + at]));
    }
  }

  private heapBytes(memory: JobMemory, columns: readonly Column[], row: number): number {
    let bytes = 0;
    for (const at of this.heapCells) {
      const { data, validity } = columns[at];
      if (data !== 0 && (validity === 0 || memory.u8[validity + row] !== 0)) bytes += memory.u32[(data >>> 2) + row * 2 + 1];
    }
    return bytes;
  }
}

function generateImport(layout: RowLayout, cells: readonly Cell[]): ImportKernel {
  const lanes = cells.map(
    (_, at) =>
      `const d${at} = columns[${at}].data, n${at} = columns[${at}].nanos >>> 2, v${at} = columns[${at}].validity, a${at} = d${at} === 0 && columns[${at}].type.kind !== 'ROW';`,
  );
  const heap = cells.flatMap((cell, at) => (isHeapForm(cell.form) ? [at] : []));
  const room =
    heap.length === 0
      ? ''
      : `const needed = ${heap.map((at) => `(${presence(at)} ? u32[(d${at} >>> 2) + row * 2 + 1] : 0)`).join(' + ')};
      if (used + needed > capacity) { store.heapUsed = used; return at; }`;
  const body = `return function importCells(store, memory, columns, rows, from, to, targets) {
    const u8 = memory.u8, i32 = memory.i32, u32 = memory.u32;
    const base = store.rows >>> 2, heap = store.heap, capacity = store.heapCapacity, list = rows >>> 2, target = targets >>> 2;
    let used = store.heapUsed;
    ${lanes.join('\n    ')}
    for (let at = from; at < to; at++) {
      const stored = i32[target + at];
      if (stored < 0) continue;
      const row = rows === 0 ? at : i32[list + at];
      const a = base + stored * ${layout.words};
      ${room}
      ${cells.map(importCell).join('\n      ')}
    }
    store.heapUsed = used;
    return to;
  }`;
  return new Function(body)();
}

function presence(at: number): string {
  return `(!a${at} && (v${at} === 0 || u8[v${at} + row] !== 0))`;
}

function importCell(cell: Cell, at: number): string {
  return `if ${presence(at)} { i32[a + ${cell.flagsWord}] |= ${cell.flagsMask}; ${readEntry(cell, at)} }`;
}

/** JavaScript that copies entry `row` of column `at` to the cell of the stored row at word `a`. */
function readEntry(cell: Cell, at: number): string {
  const words = (count: number) =>
    Array.from({ length: count }, (_, word) => `i32[a + ${cell.word + word}] = i32[(d${at} >>> 2) + row * ${count} + ${word}];`).join(' ');
  switch (cell.form) {
    case 'boolean':
      return `i32[a + ${cell.word}] = d${at} === 0 ? 1 : u8[d${at} + row];`;
    case 'i32':
    case 'f32':
      return words(1);
    case 'i64':
    case 'f64':
      return words(2);
    case 'i128':
      return words(4);
    case 'i64i32':
      return `${words(2)} i32[a + ${cell.word + 2}] = n${at} === 0 ? 0 : i32[n${at} + row];`;
    default:
      return `const l${at} = u32[(d${at} >>> 2) + row * 2 + 1], s${at} = u32[(d${at} >>> 2) + row * 2];
        u32[a + ${cell.word}] = used; u32[a + ${cell.word + 1}] = l${at}; u8.copyWithin(heap + used, s${at}, s${at} + l${at}); used += l${at};`;
  }
}
