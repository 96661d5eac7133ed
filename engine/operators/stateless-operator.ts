/** The calls of an operator that keeps nothing and acts on rows only; one that does more overrides what it needs. */
import type { Batch } from '../columnar/batch.ts';
import type { Operator, Progress, RestoredSection, SnapshotWriter } from './operator.ts';

export abstract class StatelessOperator implements Operator {
  abstract processBatch(input: number, batch: Batch): Progress;

  open(_restored: readonly RestoredSection[]): void {
    // Nothing was kept, so nothing is found again.
  }

  processWatermark(_input: number, _watermark: bigint): Progress {
    return 'done';
  }

  processStatus(_input: number, _idle: boolean): Progress {
    return 'done';
  }

  drain(): Progress {
    return 'done';
  }

  onProcessingTime(_nowMs: number): Progress {
    return 'done';
  }

  endInput(_input: number): Progress {
    return 'done';
  }

  snapshot(_checkpointId: number, _writer: SnapshotWriter): void {
    // Nothing is kept.
  }

  notifyCheckpointComplete(_checkpointId: number): void {
    // Nothing waits for a checkpoint.
  }

  close(): void {
    // Nothing is held.
  }
}
