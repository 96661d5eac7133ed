/** The file sink's operator: encodes rows into files. */
import type { Batch } from '../../columnar/batch.ts';
import { createEncoder } from '../../formats/create-format.ts';
import type { RecordEncoder } from '../../formats/record-encoder.ts';
import type { TimestampFormat } from '../../formats/temporal-bytes.ts';
import type { OperatorContext, Progress } from '../../operators/operator.ts';
import { PartSink, type PartSinkSettings } from './part-sink.ts';

export interface FileSinkSettings extends PartSinkSettings {
  readonly format: 'ndjson' | 'csv';
  readonly timestampFormat: TimestampFormat;
  readonly delimiter: string;
  readonly header: boolean;
  readonly nullText: string;
}

export class FileSink extends PartSink {
  private readonly encoder: RecordEncoder;

  constructor(settings: FileSinkSettings, context: OperatorContext) {
    const encoder = createEncoder(context.memory, context.inputSchemas[0], settings);
    super(settings, encoder.head, context);
    this.encoder = encoder;
  }

  override processBatch(_input: number, batch: Batch): Progress {
    let next = 0;
    while (next < batch.selectedCount) {
      const writer = this.openWriter();
      next = this.encoder.encode(batch, next, this.output);
      if (next < batch.selectedCount || this.output.length >= this.output.capacity / 2) writer.flush(this.output);
      this.roll();
    }
    return 'done';
  }
}
