/** Generated loops that find or add the keys of a batch (or of another table's rows) in a hash table. */
import type { Column } from '../columnar/batch.ts';
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import type { PhysicalForm } from '../columnar/key-fields.ts';
import type { KeyedTable } from './keyed-table.ts';
import type { Cell, RowLayout } from './row-layout.ts';
import { FLAGS_WORD, isHeapForm, LIVE_BIT } from './row-layout.ts';

/**
 * Finds or adds the keys in `columns` of the rows `from`…`to - 1` of the list `rows` (i32 numbers; address 0 = the number is
 * the position) and writes their row numbers in the table (i32) to `slots` at the same positions. Stops where the table must grow first and returns that position,
 * `to` when done. `found` instead only looks: absent keys get NO_ROW.
 */
export type ProbeKernel = (
  table: KeyedTable,
  memory: JobMemory,
  columns: readonly Column[],
  rows: Address,
  from: number,
  to: number,
  slots: Address,
) => number;

/** The same for the live rows `from`…`to - 1` of `other`, a table with the same key; free rows get NO_ROW. */
export type AbsorbKernel = (table: KeyedTable, memory: JobMemory, other: KeyedTable, from: number, to: number, slots: Address) => number;

export interface KeyKernels {
  readonly probe: ProbeKernel;
  readonly find: ProbeKernel;
  readonly absorb: AbsorbKernel;
}

const kernels = new Map<string, KeyKernels>();

export function keyKernels(layout: RowLayout): KeyKernels {
  let found = kernels.get(layout.fingerprint);
  if (found === undefined) {
    found = { probe: generateProbe(layout, true), find: generateProbe(layout, false), absorb: generateAbsorb(layout) };
    kernels.set(layout.fingerprint, found);
  }
  return found;
}

/** Spreads bytes over 32 bits, four at a time; only for finding rows, never stored beyond one layout version. */
export function probeHashOfBytes(u8: Uint8Array, start: number, length: number): number {
  let hash = length | 0;
  let at = start;
  const end = start + length;
  for (; at + 4 <= end; at += 4) {
    const word = u8[at] | (u8[at + 1] << 8) | (u8[at + 2] << 16) | (u8[at + 3] << 24);
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ u8[at], 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash | 0;
}

export function equalBytes(u8: Uint8Array, left: number, right: number, length: number): boolean {
  for (let at = 0; at < length; at++) {
    if (u8[left + at] !== u8[right + at]) return false;
  }
  return true;
}

/** JavaScript expressions of one key column's parts, as the loop below names them. */
interface KeyPart {
  /** Statements that load the value into locals. */
  readonly load: string;
  /** Expression of one 32-bit word to hash. */
  readonly hash: string;
  /** Expression that is true when the row at word `a` holds the same value. */
  readonly equal: string;
  /** Statements that write the value to the row at word `a`. */
  readonly store: string;
  /** Local that is 1 when the value is present, or null when it always is. */
  readonly present: string | null;
  /** Local with the byte length of a value in the heap, or null. */
  readonly bytes: string | null;
}

function generateProbe(layout: RowLayout, adds: boolean): ProbeKernel {
  const lanes = layout.keyCells.map(
    (_, at) => `const d${at} = columns[${at}].data, n${at} = columns[${at}].nanos >>> 2, v${at} = columns[${at}].validity;`,
  );
  const parts = layout.keyCells.map((cell, at) => partOfColumn(cell, at));
  const body = `return function probe(table, memory, columns, rows, from, to, slots) {
    ${PROLOGUE}
    ${lanes.join('\n    ')}
    const list = rows >>> 2;
    for (let at = from; at < to; at++) {
      const row = rows === 0 ? at : i32[list + at];
      ${parts.map((part) => part.load).join('\n      ')}
      ${hashCode(parts)}
      ${searchCode(layout, parts)}
      ${adds ? insertCode(layout, parts, storeHeader(layout)) : 'if (e === 0) { i32[target + at] = -1; continue; }'}
      i32[target + at] = e - 1;
    }
    ${EPILOGUE}
    return to;
  }`;
  return new Function('hashBytes', 'equalBytes', body)(probeHashOfBytes, equalBytes);
}

function generateAbsorb(layout: RowLayout): AbsorbKernel {
  const parts = layout.keyCells.map((cell, at) => partOfRow(cell, at));
  const body = `return function absorb(table, memory, other, from, to, slots) {
    ${PROLOGUE}
    const otherBase = other.rows >>> 2, otherHeap = other.heap;
    for (let at = from; at < to; at++) {
      const o = otherBase + at * ${layout.words};
      if ((i32[o + ${FLAGS_WORD}] & ${LIVE_BIT}) === 0) { i32[target + at] = -1; continue; }
      const h = i32[o];
      ${parts.map((part) => part.load).join('\n      ')}
      ${searchCode(layout, parts)}
      ${insertCode(layout, parts, `i32[a] = h; i32[a + ${FLAGS_WORD}] = (i32[o + ${FLAGS_WORD}] & ${layout.keyFlagsMask}) | ${LIVE_BIT};`)}
      i32[target + at] = e - 1;
    }
    ${EPILOGUE}
    return to;
  }`;
  return new Function('hashBytes', 'equalBytes', body)(probeHashOfBytes, equalBytes);
}

const PROLOGUE = `const u8 = memory.u8, i32 = memory.i32, u32 = memory.u32;
    const index = table.index >>> 2, mask = table.indexMask, base = table.rows >>> 2, heap = table.heap, heapCapacity = table.heapCapacity, limit = table.limit;
    const target = slots >>> 2;
    let count = table.rowCount, live = table.liveCount, free = table.freeRow, heapUsed = table.heapUsed;`;

const EPILOGUE = 'table.rowCount = count; table.liveCount = live; table.freeRow = free; table.heapUsed = heapUsed;';

function hashCode(parts: readonly KeyPart[]): string {
  const steps = parts.map((part) => {
    const word = part.present === null ? part.hash : `(${part.present} === 0 ? 0x5bd1e995 : ${part.hash})`;
    return `h = Math.imul(h ^ ${word}, 0x9e3779b1); h ^= h >>> 15;`;
  });
  return `let h = 0; ${steps.join(' ')}`;
}

function searchCode(layout: RowLayout, parts: readonly KeyPart[]): string {
  const flags = layout.keyFlagsMask === 0 ? [] : [`(i32[a + ${FLAGS_WORD}] & ${layout.keyFlagsMask}) === flags`];
  const equals = parts.map((part) => (part.present === null ? part.equal : `(${part.present} === 0 || ${part.equal})`));
  const simple = parts.length === 1 && parts[0].bytes === null;
  const tests = [...(simple ? [] : ['i32[a] === h']), ...flags, ...equals];
  return `${flagsCode(layout, parts)}
      let p = h & mask, e = 0, a = 0;
      for (;;) {
        e = i32[index + p];
        if (e === 0) break;
        a = base + (e - 1) * ${layout.words};
        if (${tests.length === 0 ? 'true' : tests.join(' && ')}) break;
        p = (p + 1) & mask;
      }`;
}

function flagsCode(layout: RowLayout, parts: readonly KeyPart[]): string {
  if (layout.keyFlagsMask === 0) return '';
  const bits = parts
    .map((part, at) => (part.present === null ? '' : `(${part.present} === 0 ? 0 : ${layout.keyCells[at].flagsMask})`))
    .filter((bit) => bit !== '');
  return `const flags = ${bits.join(' | ')};`;
}

function storeHeader(layout: RowLayout): string {
  return `i32[a] = h; i32[a + ${FLAGS_WORD}] = ${layout.keyFlagsMask === 0 ? '' : 'flags | '}${LIVE_BIT};`;
}

function insertCode(layout: RowLayout, parts: readonly KeyPart[], header: string): string {
  const lengths = parts.map((part) => part.bytes).filter((bytes) => bytes !== null);
  const needed = lengths.length === 0 ? '' : `table.wantedHeapBytes = ${lengths.join(' + ')};`;
  const full = lengths.length === 0 ? '' : ` || heapUsed + ${lengths.join(' + ')} > heapCapacity`;
  const stores = parts.map((part) => (part.present === null ? part.store : `if (${part.present} !== 0) { ${part.store} }`));
  const zeros: string[] = [];
  for (let word = FLAGS_WORD + 1; word < layout.words; word++) zeros.push(`i32[a + ${word}] = 0;`);
  return `if (e === 0) {
        if ((free === -1 && count === limit)${full}) { ${EPILOGUE} ${needed} return at; }
        if (free === -1) { e = ++count; a = base + (e - 1) * ${layout.words}; }
        else { e = free + 1; a = base + free * ${layout.words}; free = i32[a]; }
        live++;
        i32[index + p] = e;
        ${zeros.length <= 24 ? zeros.join(' ') : `i32.fill(0, a, a + ${layout.words});`}
        ${header}
        ${stores.join('\n        ')}
      }`;
}

/** How a key column's value is read from a batch row. */
function partOfColumn(cell: Cell, at: number): KeyPart {
  const present = cell.flagsMask === 0 ? null : `k${at}p`;
  const loadPresent = present === null ? '' : `const ${present} = v${at} === 0 ? 1 : u8[v${at} + row];`;
  const word = (offset: string) => `i32[(d${at} >>> 2) + ${offset}]`;
  if (isHeapForm(cell.form)) {
    const length = present === null ? `u32[(d${at} >>> 2) + row * 2 + 1]` : `(${present} === 0 ? 0 : u32[(d${at} >>> 2) + row * 2 + 1])`;
    return bytesPart(cell, at, `${loadPresent} const k${at}l = ${length}, k${at}s = u32[(d${at} >>> 2) + row * 2];`, present);
  }
  return wordsPart(
    cell,
    at,
    (locals) => `${loadPresent} const ${locals.map((local, word_) => `${local} = ${sourceWord(cell.form, at, word_, word)}`).join(', ')};`,
    present,
  );
}

/** How a key column's value is read from a row of another table. */
function partOfRow(cell: Cell, at: number): KeyPart {
  const present = cell.flagsMask === 0 ? null : `k${at}p`;
  const loadPresent = present === null ? '' : `const ${present} = i32[o + ${cell.flagsWord}] & ${cell.flagsMask};`;
  if (isHeapForm(cell.form)) {
    const length = present === null ? `u32[o + ${cell.word + 1}]` : `(${present} === 0 ? 0 : u32[o + ${cell.word + 1}])`;
    return bytesPart(cell, at, `${loadPresent} const k${at}l = ${length}, k${at}s = otherHeap + u32[o + ${cell.word}];`, present);
  }
  return wordsPart(
    cell,
    at,
    (locals) => `${loadPresent} const ${locals.map((local, word) => `${local} = i32[o + ${cell.word + word}]`).join(', ')};`,
    present,
  );
}

function bytesPart(cell: Cell, at: number, load: string, present: string | null): KeyPart {
  return {
    load,
    present,
    hash: `hashBytes(u8, k${at}s, k${at}l)`,
    equal: `(u32[a + ${cell.word + 1}] === k${at}l && equalBytes(u8, heap + u32[a + ${cell.word}], k${at}s, k${at}l))`,
    store: `u32[a + ${cell.word}] = heapUsed; u32[a + ${cell.word + 1}] = k${at}l; u8.copyWithin(heap + heapUsed, k${at}s, k${at}s + k${at}l); heapUsed += k${at}l;`,
    bytes: `k${at}l`,
  };
}

function wordsPart(cell: Cell, at: number, load: (locals: readonly string[]) => string, present: string | null): KeyPart {
  const locals = Array.from({ length: keyWords(cell.form) }, (_, word) => `k${at}w${word}`);
  return {
    load: load(locals),
    present,
    hash: locals.reduce((sum, local, word) => (word === 0 ? local : `(${sum} ^ Math.imul(${local}, ${WORD_FACTORS[word - 1]}))`), ''),
    equal: `(${locals.map((local, word) => `i32[a + ${cell.word + word}] === ${local}`).join(' && ')})`,
    store: locals.map((local, word) => `i32[a + ${cell.word + word}] = ${local};`).join(' '),
    bytes: null,
  };
}

const WORD_FACTORS = ['0x85ebca6b', '0xc2b2ae35', '0x27d4eb2f'];

function keyWords(form: PhysicalForm): number {
  if (form === 'i64i32') return 3;
  if (form === 'i128') return 4;
  return form === 'i64' || form === 'f64' ? 2 : 1;
}

function sourceWord(form: PhysicalForm, at: number, index: number, word: (offset: string) => string): string {
  if (form === 'boolean') return `u8[d${at} + row]`;
  if (form === 'i64i32' && index === 2) return `i32[n${at} + row]`;
  const stride = form === 'i128' ? 4 : form === 'i64' || form === 'i64i32' || form === 'f64' ? 2 : 1;
  return word(stride === 1 ? 'row' : `row * ${stride} + ${index}`);
}
