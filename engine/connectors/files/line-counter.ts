/** Counts lines before an offset of a file: only for naming bad lines, so only when there are some. */
import type { Storage } from '../../base/storage.ts';

const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 10;

export class LineCounter {
  private readonly storage: Storage;
  private path = '';
  private offset = 0;
  private lines = 0;
  private readonly chunk = new Uint8Array(CHUNK_BYTES);

  constructor(storage: Storage) {
    this.storage = storage;
  }

  /** Line ends in the first `offset` bytes. Goes on from the last answer where it can: splits come in file order. */
  linesBefore(path: string, offset: number): number {
    if (path !== this.path || offset < this.offset) {
      this.path = path;
      this.offset = 0;
      this.lines = 0;
    }
    const file = this.storage.open(path, 'read');
    try {
      while (this.offset < offset) {
        const bytes = file.read(this.chunk, 0, Math.min(CHUNK_BYTES, offset - this.offset), this.offset);
        if (bytes === 0) break;
        this.lines += countNewlines(this.chunk, bytes);
        this.offset += bytes;
      }
    } finally {
      file.close();
    }
    return this.lines;
  }

  /** Tells what is known already. */
  remember(path: string, offset: number, lines: number): void {
    this.path = path;
    this.offset = offset;
    this.lines = lines;
  }
}

function countNewlines(bytes: Uint8Array, length: number): number {
  let count = 0;
  const text = bytes.subarray(0, length);
  for (let at = text.indexOf(NEWLINE); at >= 0; at = text.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
