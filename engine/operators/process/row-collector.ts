/** Rows a function answers as JavaScript values, gathered into one batch per output port and step. */
import { NO_TIMESTAMP } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import type { OperatorContext } from '../operator.ts';
import type { ProcessOutput, StepOutput } from './process-function.ts';

interface PortRows {
  rows: (readonly ColumnValue[])[];
  timestamps: bigint[];
  marks: RowMark[];
}

export interface RowMark {
  readonly row: number;
  readonly watermark: bigint;
}

export class RowCollector implements ProcessOutput, StepOutput {
  private readonly context: OperatorContext;
  private readonly ports: PortRows[];
  private collected = 0;

  constructor(context: OperatorContext) {
    this.context = context;
    this.ports = context.outputSchemas.map(() => ({ rows: [], timestamps: [], marks: [] }));
  }

  get room(): number {
    return this.context.batchRows - this.collected;
  }

  collect(port: number, row: readonly ColumnValue[], timestamp: bigint | null): void {
    this.ports[port].rows.push(row);
    this.ports[port].timestamps.push(timestamp ?? NO_TIMESTAMP);
    this.collected++;
  }

  mark(watermark: bigint): void {
    for (const { rows, marks } of this.ports) if (rows.length > 0) marks.push({ row: rows.length - 1, watermark });
  }

  emit(): void {
    this.ports.forEach((port, index) => {
      if (port.rows.length === 0) return;
      const { timestamps, marks } = port;
      const { arena, outputSchemas } = this.context;
      this.context.output.emit(index, buildBatch(arena, outputSchemas[index], port.rows, { timestamps, marks: lastPerRow(marks) }));
      port.rows = [];
      port.timestamps = [];
      port.marks = [];
    });
    this.collected = 0;
  }
}

/** Several watermarks behind one row are the last of them. */
export function lastPerRow(marks: readonly RowMark[]): RowMark[] {
  return marks.filter((mark, at) => at === marks.length - 1 || marks[at + 1].row !== mark.row);
}
