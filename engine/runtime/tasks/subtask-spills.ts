/** Folders on disk for the state of one subtask's operators, beside the checkpoints of the job; they go with the attempt. */
import type { Storage } from '../../base/storage.ts';
import type { OperatorSpill } from '../../operators/operator.ts';
import { SpillFolder, spillFolderName } from '../../state/spill/spill-folder.ts';
import type { PlanOperator } from '../plan/physical-plan.ts';

export class SubtaskSpills {
  private readonly storage: Storage;
  private readonly path: string | null;
  private readonly folders: SpillFolder[] = [];

  /** Without a folder all state stays in memory. */
  constructor(storage: Storage, folder: string | undefined, attempt: number, subtask: number) {
    this.storage = storage;
    this.path = folder === undefined ? null : `${folder}/${spillFolderName(attempt, subtask)}`;
  }

  /** What an operator's state may take of memory, and where the rest goes; undefined: all of it stays in memory. */
  of(operator: PlanOperator): OperatorSpill | undefined {
    return operator.stateBytesMax === undefined ? undefined : this.open(operator, '', operator.stateBytesMax);
  }

  /** The same for rows of a batch that wait for it in order. */
  ofInput(operator: PlanOperator): OperatorSpill | undefined {
    return operator.sorted === undefined ? undefined : this.open(operator, '-input', operator.sorted.bytesMax);
  }

  private open({ index, nodeId }: PlanOperator, part: string, memoryBytes: number): OperatorSpill | undefined {
    if (this.path === null) return undefined;
    const folder = new SpillFolder(this.storage, `${this.path}/${index}-${nodeId}${part}`);
    this.folders.push(folder);
    return { memoryBytes, folder };
  }

  /** The checkpoint has been written or given up. */
  letGo(checkpointId: number): void {
    for (const folder of this.folders) folder.letGo(checkpointId);
  }

  /** What cannot be removed is removed by the next attempt. */
  close(failed: (error: unknown) => void): void {
    try {
      for (const folder of this.folders) folder.close();
      if (this.path !== null && this.storage.exists(this.path)) this.storage.removeTree(this.path);
    } catch (error) {
      failed(error);
    }
  }
}
