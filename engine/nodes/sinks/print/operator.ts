/** Runs the print sink: every row as a JSON line that begins with its row kind, up to a set rate. */
import type { Batch } from '../../../columnar/batch.ts';
import { readRowKind, selectedRows } from '../../../columnar/row-reader.ts';
import { printRow } from '../../../columnar/row-text.ts';
import type { Operator, OperatorContext, Progress } from '../../../operators/operator.ts';
import { StatelessOperator } from '../../../operators/stateless-operator.ts';
import { fillText, text } from '../../../spec/text.ts';
import type { PrintSinkConfig } from './node.ts';

const INSERT = 0;
const NOT_PRINTED = text({
  en: '{count} rows were not printed, to keep to {limit} a second',
  zh: '为保持每秒 {limit} 行，有 {count} 行未打印',
});

export function createOperator(config: PrintSinkConfig, context: OperatorContext): Operator {
  return new PrintSink(config, context);
}

/** Printed rows are not taken back, nor repeated on purpose: there is nothing to restore. */
class PrintSink extends StatelessOperator {
  private readonly config: PrintSinkConfig;
  private readonly context: OperatorContext;
  private second = Number.NEGATIVE_INFINITY;
  private printedInSecond = 0;
  private leftOut = 0;

  constructor(config: PrintSinkConfig, context: OperatorContext) {
    super();
    this.config = config;
    this.context = context;
  }

  override processBatch(_input: number, batch: Batch): Progress {
    const allowed = Math.min(this.allowance(), batch.selectedCount);
    this.printedInSecond += allowed;
    this.leftOut += batch.selectedCount - allowed;
    if (allowed === 0) return 'done';
    const rows = selectedRows(batch).slice(0, allowed);
    this.context.publishRows(rows.map((row) => this.config.prefix + withKind(batch, row)));
    return 'done';
  }

  override endInput(): Progress {
    if (this.leftOut > 0)
      this.context.log('info', 'rows-not-printed', fillText(NOT_PRINTED, { count: this.leftOut, limit: this.config.rowsPerSecond ?? 0 }));
    return 'done';
  }

  /** Rows that may still be printed in this second. */
  private allowance(): number {
    const { rowsPerSecond } = this.config;
    if (rowsPerSecond === null) return Number.POSITIVE_INFINITY;
    const second = Math.floor(this.context.clock.monotonic() / 1000);
    if (second !== this.second) {
      this.second = second;
      this.printedInSecond = 0;
    }
    return Math.max(0, Math.floor(rowsPerSecond) - this.printedInSecond);
  }
}

/** Inserts carry their kind too, as every printed row does in Flink. */
function withKind(batch: Batch, row: number): string {
  const text = printRow(batch, row);
  if (readRowKind(batch, row) !== INSERT) return text;
  return text === '{}' ? '{"op":"+I"}' : `{"op":"+I",${text.slice(1)}`;
}
