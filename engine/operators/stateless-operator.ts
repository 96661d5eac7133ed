/** What an operator is that keeps nothing and acts on rows only; the ones that do more override what they need. */
import type { Batch } from '../columnar/batch.ts';
import type { Operator, Progress } from './operator.ts';

export abstract class StatelessOperator implements Operator {
  abstract processBatch(input: number, batch: Batch): Progress;

  open(): void {
    // Nothing was kept, so nothing is found again.
  }

  processWatermark(): Progress {
    return 'done';
  }

  processStatus(): Progress {
    return 'done';
  }

  drain(): Progress {
    return 'done';
  }

  onProcessingTime(): Progress {
    return 'done';
  }

  endInput(): Progress {
    return 'done';
  }

  snapshot(): void {
    // Nothing is kept.
  }

  notifyCheckpointComplete(): void {
    // Nothing waits for a checkpoint.
  }

  close(): void {
    // Nothing is held.
  }
}
