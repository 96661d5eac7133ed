/** The piece of job memory an encoder writes text to before it goes to a file or socket. */
import type { Address, JobMemory } from '../columnar/job-memory.ts';

/** Writable bytes behind the capacity, for stores of whole words. */
export const OUTPUT_SLACK_BYTES = 64;

export class OutputBuffer {
  readonly memory: JobMemory;
  address: Address;
  /** Bytes that may be used. */
  capacity: number;
  /** Bytes in use. */
  length = 0;
  private regionBytes: number;

  constructor(memory: JobMemory, regionBytes: number) {
    this.memory = memory;
    this.regionBytes = regionBytes;
    this.address = memory.allocateRegion(regionBytes);
    this.capacity = regionBytes - OUTPUT_SLACK_BYTES;
  }

  /** The bytes in use; a view. */
  bytes(): Uint8Array {
    return this.memory.u8.subarray(this.address, this.address + this.length);
  }

  append(bytes: Uint8Array): void {
    if (this.length + bytes.length > this.capacity) this.grow(this.length + bytes.length);
    this.memory.u8.set(bytes, this.address + this.length);
    this.length += bytes.length;
  }

  /** Room for at least `bytes` in all; what is in use stays. */
  grow(bytes: number): void {
    let size = this.regionBytes;
    while (size - OUTPUT_SLACK_BYTES < bytes) size *= 2;
    const address = this.memory.allocateRegion(size);
    this.memory.u8.copyWithin(address, this.address, this.address + this.length);
    this.memory.freeRegion(this.address, this.regionBytes);
    this.address = address;
    this.regionBytes = size;
    this.capacity = size - OUTPUT_SLACK_BYTES;
  }

  /** A second call does nothing. */
  close(): void {
    if (this.regionBytes === 0) return;
    this.memory.freeRegion(this.address, this.regionBytes);
    this.regionBytes = 0;
    this.capacity = 0;
  }
}
