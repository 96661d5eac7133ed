/** Runs the collection source: the rows of the document, read as JSON lines, each once. */
import { EngineError } from '../../../base/errors.ts';
import type { Batch } from '../../../columnar/batch.ts';
import { RangeEnumerator, type RangeGenerator, RangeReader } from '../../../connectors/ranges/range-source.ts';
import { InputPage } from '../../../formats/input-page.ts';
import { NdjsonDecoder } from '../../../formats/ndjson/ndjson-decoder.ts';
import { describeBad } from '../../../formats/record-decoder.ts';
import type { CoordinatorEnvironment, OperatorContext, SourceOperator, SplitEnumerator } from '../../../operators/operator.ts';
import type { CollectionConfig } from './node.ts';

/** Memory the text of one batch takes, four times over (see InputPage). */
const PAGE_FACTOR = 4;

export function createSource(config: CollectionConfig, context: OperatorContext): SourceOperator {
  return new RangeReader(context, new CollectionRows(config, context), config.rowsPerSecond);
}

export function createEnumerator(config: CollectionConfig, _environment: CoordinatorEnvironment): SplitEnumerator {
  return new RangeEnumerator(0, config.rows.length, config.rowsPerSecond);
}

class CollectionRows implements RangeGenerator {
  private readonly config: CollectionConfig;
  private readonly context: OperatorContext;
  private readonly decoder: NdjsonDecoder;
  private readonly encoder = new TextEncoder();
  private page: InputPage;

  constructor(config: CollectionConfig, context: OperatorContext) {
    this.config = config;
    this.context = context;
    this.decoder = new NdjsonDecoder(context.memory, context.outputSchemas[0], {
      timestampFormat: 'sql',
      requiredColumns: context.requiredColumns[0] ?? null,
    });
    this.page = new InputPage(context.memory, 65536);
  }

  generate(first: number, end: number, rowsMax: number): { batch: Batch; used: number } {
    const { context, decoder } = this;
    const rows = this.config.rows.slice(first, Math.min(end, first + rowsMax));
    const text = this.encoder.encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    if (text.length > this.page.capacity) {
      this.page.close();
      this.page = new InputPage(context.memory, PAGE_FACTOR * text.length);
    }
    const { page } = this;
    context.memory.u8.set(text, page.address);
    page.filled = text.length;
    page.position = 0;
    decoder.beginInput(false);
    decoder.accept(page, true);
    decoder.begin(context.arena, rows.length);
    if (decoder.decode(page) === 'bad') {
      throw new EngineError('MR4003', `row ${first + decoder.bad.line}: ${describeBad(decoder.bad)}`, {
        domain: 'user',
        nodeId: context.nodeId,
        field: `rows[${first + decoder.bad.line - 1}]`,
        remedy: 'correct the row or the type of its column',
      });
    }
    return { batch: decoder.finish(page), used: rows.length };
  }

  close(): void {
    this.decoder.close();
    this.page.close();
  }
}
