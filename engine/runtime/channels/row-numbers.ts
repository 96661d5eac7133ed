/** The list 0, 1, 2 … in job memory, so that any run of physical rows can be named as a row list. */
import type { Address, JobMemory } from '../../columnar/job-memory.ts';

export class RowNumbers {
  private readonly memory: JobMemory;
  private address: Address = 0;
  private count = 0;

  constructor(memory: JobMemory) {
    this.memory = memory;
  }

  /** Address of the list `first, first+1, … first+count-1`. */
  from(first: number, count: number): Address {
    if (first + count > this.count) this.extend(first + count);
    return this.address + 4 * first;
  }

  private extend(count: number): void {
    if (this.address !== 0) this.memory.freeRegion(this.address, 4 * this.count);
    this.count = Math.max(4096, 2 ** Math.ceil(Math.log2(count)));
    this.address = this.memory.allocateRegion(4 * this.count);
    const first = this.address >>> 2;
    for (let row = 0; row < this.count; row++) this.memory.i32[first + row] = row;
  }
}
