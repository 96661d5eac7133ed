/** Generated loops that write cells of rows to columns of a batch; text stays where it is and is pointed to. */
import type { Column } from '../columnar/batch.ts';
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import type { Cell, RowLayout } from './row-layout.ts';
import type { RowStore } from './row-store.ts';

/**
 * Writes the rows `from`…`to - 1` of the list `rows` (i32 row numbers; address 0 = the number is the position) to `columns`,
 * starting at their row `target`. The lanes are there already; nullable cells need a validity lane.
 */
export type ExportKernel = (
  store: RowStore,
  memory: JobMemory,
  rows: Address,
  from: number,
  to: number,
  columns: readonly Column[],
  target: number,
) => void;

const kernels = new Map<string, ExportKernel>();

/** With `absent` row numbers may be NO_ROW, whose cells become null; all cells must be nullable then. */
export function exportKernel(layout: RowLayout, cells: readonly Cell[], absent = false): ExportKernel {
  const signature = `${layout.fingerprint} ${cells.map((cell) => cell.word).join(' ')}${absent ? ' absent' : ''}`;
  let kernel = kernels.get(signature);
  if (kernel === undefined) {
    kernel = generateExport(layout, cells, absent);
    kernels.set(signature, kernel);
  }
  return kernel;
}

function generateExport(layout: RowLayout, cells: readonly Cell[], absent: boolean): ExportKernel {
  const lanes = cells.map(
    (_, at) => `const d${at} = columns[${at}].data, n${at} = columns[${at}].nanos >>> 2, v${at} = columns[${at}].validity;`,
  );
  const body = `return function exportCells(store, memory, rows, from, to, columns, target) {
    const u8 = memory.u8, i32 = memory.i32, u32 = memory.u32;
    const base = store.rows >>> 2, heap = store.heap, list = rows >>> 2;
    ${lanes.join('\n    ')}
    for (let at = from, out = target; at < to; at++, out++) {
      const row = rows === 0 ? at : i32[list + at];
      ${absent ? `if (row < 0) { ${cells.map((_, at) => `u8[v${at} + out] = 0;`).join(' ')} continue; }` : ''}
      const a = base + row * ${layout.words};
      ${cells.map(exportCell).join('\n      ')}
    }
  }`;
  return new Function(body)();
}

function exportCell(cell: Cell, at: number): string {
  const write = writeCell(cell, at);
  if (cell.flagsMask === 0) return `${write} if (v${at} !== 0) u8[v${at} + out] = 1;`;
  return `if ((i32[a + ${cell.flagsWord}] & ${cell.flagsMask}) === 0) u8[v${at} + out] = 0;
      else { u8[v${at} + out] = 1; ${write} }`;
}

/** JavaScript that writes the value of a present cell of row word `a` to entry `out` of column `at`. */
export function writeCell(cell: Cell, at: number): string {
  const words = (count: number) =>
    Array.from({ length: count }, (_, word) => `i32[(d${at} >>> 2) + out * ${count} + ${word}] = i32[a + ${cell.word + word}];`).join(' ');
  switch (cell.form) {
    case 'boolean':
      // A ROW column has no entries, only its presence.
      return `if (d${at} !== 0) u8[d${at} + out] = i32[a + ${cell.word}];`;
    case 'i32':
    case 'f32':
      return words(1);
    case 'i64':
    case 'f64':
      return words(2);
    case 'i128':
      return words(4);
    case 'i64i32':
      return `${words(2)} i32[n${at} + out] = i32[a + ${cell.word + 2}];`;
    default:
      return `u32[(d${at} >>> 2) + out * 2] = heap + u32[a + ${cell.word}]; i32[(d${at} >>> 2) + out * 2 + 1] = i32[a + ${cell.word + 1}];`;
  }
}
