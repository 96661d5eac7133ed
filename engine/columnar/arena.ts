/** Transient memory of one task: bump allocation, released as a whole when a step ends. */
import type { Address, JobMemory } from './job-memory.ts';

const CHUNK_BYTES = 1024 * 1024;

/** Position to go back to; opaque. */
export interface ArenaMark {
  readonly chunk: number;
  readonly offset: number;
}

export class Arena {
  readonly memory: JobMemory;
  private readonly chunks: { address: Address; bytes: number }[] = [];
  private chunk = -1;
  private offset = 0;

  constructor(memory: JobMemory) {
    this.memory = memory;
  }

  /** Returns `bytes` of undefined content, aligned to 8 (16 from 16 bytes up). Valid until the mark below it is released. */
  allocate(bytes: number): Address {
    const start = (this.offset + 15) & ~15;
    const current = this.chunks[this.chunk];
    if (current !== undefined && start + bytes <= current.bytes) {
      this.offset = start + bytes;
      return current.address + start;
    }
    return this.allocateInNextChunk(bytes);
  }

  mark(): ArenaMark {
    return { chunk: this.chunk, offset: this.offset };
  }

  /** Forgets everything allocated after `mark`; chunks are kept for reuse. */
  release(mark: ArenaMark): void {
    this.chunk = mark.chunk;
    this.offset = mark.offset;
  }

  reset(): void {
    this.chunk = this.chunks.length > 0 ? 0 : -1;
    this.offset = 0;
  }

  close(): void {
    for (const chunk of this.chunks) this.memory.freeRegion(chunk.address, chunk.bytes);
    this.chunks.length = 0;
    this.chunk = -1;
    this.offset = 0;
  }

  private allocateInNextChunk(bytes: number): Address {
    let next = this.chunk + 1;
    while (next < this.chunks.length && this.chunks[next].bytes < bytes) next++;
    if (next >= this.chunks.length) {
      const size = Math.max(CHUNK_BYTES, 2 ** Math.ceil(Math.log2(bytes)));
      this.chunks.push({ address: this.memory.allocateRegion(size), bytes: size });
      next = this.chunks.length - 1;
    }
    this.chunk = next;
    this.offset = bytes;
    return this.chunks[next].address;
  }
}
