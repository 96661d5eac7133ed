/** A disk for operators that are tested alone: each may get a folder of it, or keep its state in memory. */
import type { Random } from '../../engine/base/random.ts';
import type { OperatorSpill } from '../../engine/operators/operator.ts';
import { SpillFolder } from '../../engine/state/spill/spill-folder.ts';
import { FaultStorage } from '../faults/storage/fault-storage.ts';

export class OperatorDisk {
  readonly storage = new FaultStorage();
  readonly folders: SpillFolder[] = [];
  private readonly choose: () => number | null;

  /** `choose` answers the bytes of memory that the next operator's state may take; null: all of it stays in memory. */
  constructor(choose: () => number | null) {
    this.choose = choose;
  }

  next(): OperatorSpill | undefined {
    const memoryBytes = this.choose();
    if (memoryBytes === null) return undefined;
    const folder = new SpillFolder(this.storage, `/job/spill-1-${this.folders.length}/0-node`);
    this.folders.push(folder);
    return { memoryBytes, folder };
  }

  get writtenBytes(): number {
    return this.folders.reduce((sum, folder) => sum + folder.writtenBytes, 0);
  }
}

/** State moves between memory and disk from one operator to the next; budgets are so small that little stays in memory. */
export function movingDisk(random: Random): OperatorDisk {
  return new OperatorDisk(() => (random.nextInt(3) === 0 ? null : 1 + random.nextInt(20_000)));
}
