/** Memory that is no longer used but may still be seen through views handed downstream; given back when the step has ended. */
import type { Address, JobMemory } from '../columnar/job-memory.ts';

export class RetiredRegions {
  private readonly memory: JobMemory;
  private readonly regions: { address: Address; bytes: number }[] = [];

  constructor(memory: JobMemory) {
    this.memory = memory;
  }

  add(address: Address, bytes: number): void {
    this.regions.push({ address, bytes });
  }

  /** Called by the owner at the start of its next step, when nobody looks at the last output any more. */
  release(): void {
    for (const region of this.regions) this.memory.freeRegion(region.address, region.bytes);
    this.regions.length = 0;
  }
}
