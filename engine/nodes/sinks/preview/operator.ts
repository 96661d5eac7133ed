/** Runs the preview sink: the newest rows go to whoever watches. */
import { RowPublisher } from '../../../connectors/lines/row-publisher.ts';
import type { Operator, OperatorContext } from '../../../operators/operator.ts';
import type { PreviewSinkConfig } from './node.ts';

export function createOperator(config: PreviewSinkConfig, context: OperatorContext): Operator {
  const publisher = new RowPublisher(context, config.rowsMax);
  return {
    open: () => undefined,
    processBatch: (_input, batch) => {
      publisher.add(batch);
      return 'done';
    },
    processWatermark: () => 'done',
    processStatus: () => 'done',
    drain: () => 'done',
    onProcessingTime: (nowMs) => {
      publisher.onTime(nowMs);
      return 'done';
    },
    endInput: () => {
      publisher.show();
      return 'done';
    },
    snapshot: () => undefined,
    notifyCheckpointComplete: () => undefined,
    close: () => publisher.close(),
  };
}
