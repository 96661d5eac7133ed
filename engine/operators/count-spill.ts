/** What an operator tells of its state on disk. */
import type { OperatorMetrics, OperatorSpill } from './operator.ts';

export function countSpill(metrics: OperatorMetrics, { folder }: OperatorSpill): void {
  metrics.stateDiskBytes = folder.diskBytes;
  metrics.stateDiskWritten = folder.writtenBytes;
  metrics.stateDiskRead = folder.readBytes;
}
