/** The two ends of a node in a preview: a source that feeds it items one by one, and an operator that keeps what leaves it. */
import { buildBatch } from '../../columnar/row-builder.ts';
import type { Operator, OperatorContext, SourceOperator, SourceProgress } from '../../operators/operator.ts';
import type { NodeModule } from '../workers/operator-loader.ts';
import type { PortItems, PreviewItem } from './preview-items.ts';

/** The input row a node is working on; null between rows and for watermarks. */
export interface FedRow {
  readonly input: number;
  readonly row: number;
}

/** Items of one input from a place on. */
export interface Feed {
  readonly items: readonly PreviewItem[];
  /** Index among the items to begin with. */
  readonly start: number;
  /** Rows before it. */
  readonly rowsBefore: number;
  /** Rows that failed before and are left out, by their place among all rows. */
  readonly skip: ReadonlySet<number>;
  /** What every subtask gets comes first, as a run whose rules have been there for long: rows of other inputs wait for it. */
  waits(): boolean;
  /** All items were handed over. */
  ended(): void;
  /** Told before each item. */
  fed(row: number | null): void;
}

/** The module of `feeds[config]`: hands over one row or one watermark at a time, so that what follows from each is known. */
export function createFeedModule(feeds: readonly Feed[]): NodeModule {
  return { createSource: (config: number, context) => createFeed(feeds[config], context) };
}

function createFeed(feed: Feed, context: OperatorContext): SourceOperator {
  let next = feed.start;
  let row = feed.rowsBefore;
  const emit = (item: PreviewItem): void => {
    feed.fed(null);
    if (item.kind === 'watermark') context.output.emitWatermark(item.watermark);
    else if (item.kind === 'status') context.output.emitStatus(item.idle);
    else if (!feed.skip.has(row++)) {
      feed.fed(row - 1);
      const { values, kind, timestamp } = item.row;
      const batch = buildBatch(context.arena, context.outputSchemas[0], [values], { rowKinds: [kind], timestamps: [timestamp] });
      context.output.emit(0, batch);
    }
  };
  return {
    open: () => undefined,
    addSplit: () => undefined,
    noMoreSplits: () => undefined,
    poll(): SourceProgress {
      if (feed.waits()) return { kind: 'progress' };
      if (next >= feed.items.length) {
        feed.fed(null);
        feed.ended();
        return { kind: 'end' };
      }
      emit(feed.items[next++]);
      return { kind: 'progress' };
    },
    snapshot: () => undefined,
    notifyCheckpointComplete: () => undefined,
    close: () => undefined,
  };
}

/** The module of `ports[config]`; `from` says which input row is being worked on, -1 when that means nothing. */
export function createCaptureModule(ports: readonly PortItems[], from: () => number): NodeModule {
  return { createOperator: (config: number) => createCapture(ports[config], from) };
}

function createCapture(port: PortItems, from: () => number): Operator {
  return {
    open: () => undefined,
    processBatch(_input, batch) {
      port.addBatch(batch, from());
      return 'done';
    },
    processWatermark(_input, watermark) {
      port.addWatermark(watermark);
      return 'done';
    },
    processStatus(_input, idle) {
      port.addStatus(idle);
      return 'done';
    },
    drain: () => 'done',
    onProcessingTime: () => 'done',
    endInput: () => 'done',
    snapshot: () => undefined,
    notifyCheckpointComplete: () => undefined,
    close: () => undefined,
  };
}
