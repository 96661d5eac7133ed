/** Rows of a batch → key groups, by one generated loop per list of key forms; what the shuffle and the state agree on. */
import type { Schema } from '../types/schema.ts';
import type { Batch, Column } from './batch.ts';
import type { Address, JobMemory } from './job-memory.ts';
import type { ColumnPath, PhysicalForm } from './key-fields.ts';
import { columnAt, keyForm, typeAt } from './key-fields.ts';
import { javaHashOfBytes, javaHashOfUtf8, murmurHash } from './key-hash.ts';

/**
 * Writes the key group of every selected row, in order, as i32 at `out`.
 * The columns are those of `forms`, `selection` 0 means all physical rows.
 */
export type KeyGroupKernel = (
  memory: JobMemory,
  columns: readonly Column[],
  selection: Address,
  count: number,
  maxParallelism: number,
  out: Address,
) => void;

const kernels = new Map<string, KeyGroupKernel>();

/** The kernel for keys of these forms; made once per process and list. */
export function keyGroupKernel(forms: readonly PhysicalForm[]): KeyGroupKernel {
  const signature = forms.join(',');
  let kernel = kernels.get(signature);
  if (kernel === undefined) {
    kernel = generateKeyGroupKernel(forms);
    kernels.set(signature, kernel);
  }
  return kernel;
}

/** What a partitioner by key holds: the kernel bound to its columns. */
export interface KeyGroupAssigner {
  /** Writes the key group (i32) of each selected row of `batch` at `out`, which has room for `batch.selectedCount` entries. */
  assign(batch: Batch, out: Address): void;
}

/** An assigner for the key columns at `paths` of batches of `schema`; without columns every row is in the group of hash 0. */
export function createKeyGroupAssigner(schema: Schema, paths: readonly ColumnPath[], maxParallelism: number): KeyGroupAssigner {
  const kernel = keyGroupKernel(paths.map((path) => keyForm(typeAt(schema.fields, path))));
  const columns: Column[] = new Array(paths.length);
  return {
    assign(batch, out) {
      for (let at = 0; at < paths.length; at++) columns[at] = columnAt(batch, paths[at]);
      kernel(batch.memory, columns, batch.selection, batch.selectedCount, maxParallelism, out);
    },
  };
}

function generateKeyGroupKernel(forms: readonly PhysicalForm[]): KeyGroupKernel {
  const lanes = forms.map(
    (_, at) => `const c${at} = columns[${at}], d${at} = c${at}.data, n${at} = c${at}.nanos >>> 2, v${at} = c${at}.validity;`,
  );
  const hashes = forms.map((form, at) => `(v${at} !== 0 && u8[v${at} + row] === 0 ? 0 : ${hashOfRow(form, at)})`);
  let hash = hashes.length === 1 ? hashes[0] : '0';
  if (hashes.length > 1) hash = hashes.reduce((sum, each) => `((Math.imul(31, ${sum}) + ${each}) | 0)`, '1');
  const body = `return function keyGroups(memory, columns, selection, count, maxParallelism, out) {
    const u8 = memory.u8, i32 = memory.i32, u32 = memory.u32, f32 = memory.f32, f64 = memory.f64;
    ${lanes.join('\n    ')}
    const rows = selection >>> 2, target = out >>> 2;
    const mask = (maxParallelism & (maxParallelism - 1)) === 0 ? maxParallelism - 1 : -1;
    for (let at = 0; at < count; at++) {
      const row = selection === 0 ? at : i32[rows + at];
      const hash = murmurHash(${hash});
      i32[target + at] = mask >= 0 ? hash & mask : hash % maxParallelism;
    }
  }`;
  return new Function('murmurHash', 'utf8Hash', 'bytesHash', body)(murmurHash, javaHashOfUtf8, javaHashOfBytes);
}

/** JavaScript for the Java hash of row `row` of column `at`. */
function hashOfRow(form: PhysicalForm, at: number): string {
  const word = (offset: string) => `i32[(d${at} >>> 2) + ${offset}]`;
  const long = (offset: string) => `(${word(offset)} ^ ${word(`${offset} + 1`)})`;
  switch (form) {
    case 'boolean':
      return `(u8[d${at} + row] === 0 ? 1237 : 1231)`;
    case 'i32':
      return word('row');
    case 'i64':
      return long('row * 2');
    case 'i64i32':
      return `((Math.imul(31, ${long('row * 2')}) + i32[n${at} + row]) | 0)`;
    case 'i128':
      return `((Math.imul(31, ${long('row * 4')}) + ${long('row * 4 + 2')}) | 0)`;
    case 'f32':
      return `(Number.isNaN(f32[(d${at} >>> 2) + row]) ? 2143289344 : ${word('row')})`;
    case 'f64':
      return `(Number.isNaN(f64[(d${at} >>> 3) + row]) ? 2146959360 : ${long('row * 2')})`;
    case 'text':
      return `utf8Hash(u8, u32[(d${at} >>> 2) + row * 2], u32[(d${at} >>> 2) + row * 2 + 1])`;
    case 'binary':
      return `bytesHash(u8, u32[(d${at} >>> 2) + row * 2], u32[(d${at} >>> 2) + row * 2 + 1])`;
  }
}
