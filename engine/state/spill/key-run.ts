/**
 * Keys on disk: a *run* is an immutable file of rows in the order of their hashes, cut into small blocks. Memory holds the first
 * hash of each block and a Bloom filter, so that looking for a key that is not there seldom reads, and for one that is reads once.
 */
import type { MemoryRange } from '../../operators/operator.ts';
import type { RowStore } from '../row-store.ts';
import type { SpillFile, SpillFolder } from './spill-folder.ts';

/** A block ends behind so many bytes, but not between rows of one hash. */
const BLOCK_BYTES = 1024;
const FILTER_BITS_PER_KEY = 10;
const FILTER_PROBES = 4;

export interface KeyRun {
  readonly file: SpillFile;
  readonly rows: number;
  /** By block. */
  readonly firstHashes: Uint32Array;
  readonly offsets: Float64Array;
  readonly rowCounts: Uint32Array;
  readonly heapBytes: Uint32Array;
  readonly filter: Uint32Array;
}

/** False: the run has no key of that hash. */
export function mayHold({ filter }: KeyRun, hash: number): boolean {
  const mask = filter.length * 32 - 1;
  const step = filterStep(hash);
  let bit = hash;
  for (let probe = 0; probe < FILTER_PROBES; probe++) {
    const at = bit & mask;
    if ((filter[at >>> 5] & (1 << (at & 31))) === 0) return false;
    bit = (bit + step) | 0;
  }
  return true;
}

/** The one block that may hold keys of the hash; -1: none does. */
export function blockOf({ firstHashes }: KeyRun, hash: number): number {
  const wanted = hash >>> 0;
  let low = 0;
  let high = firstHashes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (firstHashes[middle] <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Fills `block`, a store of the layout, with a block of the run. */
export function readBlock(run: KeyRun, at: number, block: RowStore): void {
  const [rowCount, heapBytes, offset] = [run.rowCounts[at], run.heapBytes[at], run.offsets[at]];
  const rowBytes = rowCount * block.layout.words * 4;
  block.makeLive(rowCount, heapBytes);
  const { u8 } = block.memory;
  run.file.read(u8.subarray(block.rows, block.rows + rowBytes), offset);
  if (heapBytes > 0) run.file.read(u8.subarray(block.heap, block.heap + heapBytes), offset + rowBytes);
}

/** The first row of a block with that hash; the row count when there is none. */
export function firstOfHash(block: RowStore, hash: number): number {
  const { i32 } = block.memory;
  const wanted = hash >>> 0;
  let low = 0;
  let high = block.rowCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (i32[block.wordOf(middle)] >>> 0 < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Writes a run; rows come in the order of their hashes. */
export class KeyRunWriter {
  private readonly file: SpillFile;
  private readonly block: RowStore;
  private readonly filter: Uint32Array;
  private readonly blocks: { readonly hash: number; readonly offset: number; readonly rows: number; readonly heapBytes: number }[] = [];
  private rows = 0;
  private firstHash = 0;
  private lastHash = 0;

  /** `block` is a store of the layout to work with; `rowsMax` sizes the filter. */
  constructor(folder: SpillFolder, block: RowStore, rowsMax: number) {
    this.file = folder.create();
    this.block = block;
    this.filter = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(1, (rowsMax * FILTER_BITS_PER_KEY) / 32))));
    block.clear();
  }

  add(source: RowStore, row: number): void {
    const { block } = this;
    const hash = source.memory.i32[source.wordOf(row)] >>> 0;
    if (block.usedBytes >= BLOCK_BYTES && hash !== this.lastHash) this.endBlock();
    if (block.rowCount === 0) this.firstHash = hash;
    this.lastHash = hash;
    block.importRow(source, row);
    this.rows++;
    this.note(hash | 0);
  }

  /** Null when no row came. */
  end(): KeyRun | null {
    this.endBlock();
    if (this.rows === 0) {
      this.file.drop();
      return null;
    }
    const { file, rows, filter, blocks } = this;
    return {
      file,
      rows,
      filter,
      firstHashes: Uint32Array.from(blocks, ({ hash }) => hash),
      offsets: Float64Array.from(blocks, ({ offset }) => offset),
      rowCounts: Uint32Array.from(blocks, ({ rows: count }) => count),
      heapBytes: Uint32Array.from(blocks, ({ heapBytes }) => heapBytes),
    };
  }

  private endBlock(): void {
    const { block, file } = this;
    if (block.rowCount === 0) return;
    this.blocks.push({ hash: this.firstHash, offset: file.size, rows: block.rowCount, heapBytes: block.heapUsed });
    const bytes = (range: MemoryRange) => block.memory.u8.subarray(range.address, range.address + range.bytes);
    for (const range of block.ranges()) file.append(bytes(range));
    block.clear();
  }

  private note(hash: number): void {
    const mask = this.filter.length * 32 - 1;
    const step = filterStep(hash);
    let bit = hash;
    for (let probe = 0; probe < FILTER_PROBES; probe++) {
      const at = bit & mask;
      this.filter[at >>> 5] |= 1 << (at & 31);
      bit = (bit + step) | 0;
    }
  }
}

/** Odd, so that the probes differ. */
function filterStep(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) | 1;
}
