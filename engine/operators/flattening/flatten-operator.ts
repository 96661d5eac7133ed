/** Rows that fall apart into several: one for each element of a text, the row's columns beside it. */
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch, createColumn } from '../../columnar/batch.ts';
import { gatherColumn } from '../../columnar/gather.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import { ChainKernel } from '../../expressions/compile/chain-kernel.ts';
import type { JsonPath } from '../../expressions/functions/support/json/json-path.ts';
import type { TypedExpression } from '../../expressions/typed-expression.ts';
import { INT, STRING } from '../../types/make-type.ts';
import type { OperatorContext, Progress } from '../operator.ts';
import { StatelessOperator } from '../stateless-operator.ts';
import { ElementList, NO_ELEMENT, TEXT_ELEMENT } from './element-list.ts';
import { addJsonElements } from './json-elements.ts';
import { lanesOfPieces, marksOfPieces } from './piece-lanes.ts';
import { addPieces } from './split-text.ts';

export interface FlattenTextConfig {
  readonly column: ColumnPath;
  readonly cut: { readonly kind: 'separator'; readonly bytes: Uint8Array } | { readonly kind: 'json'; readonly path: JsonPath };
  /** Columns of the input that go on. */
  readonly kept: readonly number[];
  /** Over `element`, the text; null: it stays one. */
  readonly convert: TypedExpression | null;
  /** A column with the element's number stands behind it. */
  readonly numbered: boolean;
  readonly keepsEmpty: boolean;
}

/** What `convert` reads. */
export const ELEMENT_SCHEMA = { fields: [{ name: 'element', type: STRING }] };

/** A batch is cut apart until it gives a full batch, whatever its last row gives; the pieces leave a batch at a time. */
export class FlattenTextOperator extends StatelessOperator {
  private readonly config: FlattenTextConfig;
  private readonly context: OperatorContext;
  private readonly list: ElementList;
  private readonly convert: ChainKernel | null;
  private readonly elements: Batch;
  private readonly output: Batch;
  private batch: Batch | null = null;
  /** Selected rows of the batch that have been cut, pieces that have left, marks that have left. */
  private cut = 0;
  private left = 0;
  private mark = 0;

  constructor(config: FlattenTextConfig, context: OperatorContext) {
    super();
    const { memory, arena } = context;
    this.config = config;
    this.context = context;
    this.list = new ElementList(memory);
    this.elements = createBatch(memory, ELEMENT_SCHEMA);
    this.output = createBatch(memory, context.outputSchemas[0]);
    this.convert =
      config.convert === null
        ? null
        : new ChainKernel({
            input: ELEMENT_SCHEMA,
            stages: [{ kind: 'project', nodeId: context.nodeId, columns: [{ name: 'element', expression: config.convert }] }],
            memory,
            arena,
            runtime: { timeZone: context.timeZone, now: () => context.clock.now() },
          });
  }

  override processBatch(_input: number, batch: Batch): Progress {
    this.batch = batch;
    this.cut = 0;
    this.left = 0;
    this.mark = 0;
    this.list.clear();
    return this.drain();
  }

  override drain(): Progress {
    const { batch, list } = this;
    if (batch === null) return 'done';
    if (this.left === list.count) {
      list.clear();
      this.left = 0;
      this.cutRows(batch);
    }
    const count = Math.min(list.count - this.left, this.context.batchRows);
    if (count > 0) this.emit(batch, count);
    if (this.left < list.count || this.cut < batch.selectedCount) return 'more';
    this.batch = null;
    return 'done';
  }

  override close(): void {
    this.list.close();
    this.convert?.close();
  }

  private cutRows(batch: Batch): void {
    const { config, list, context } = this;
    const { memory, batchRows } = context;
    const { i32 } = memory;
    const { data, validity } = columnAt(batch, config.column);
    const { cut } = config;
    for (; this.cut < batch.selectedCount && list.count < batchRows; this.cut++) {
      const row = batch.selection === 0 ? this.cut : i32[(batch.selection >>> 2) + this.cut];
      const before = list.count;
      if (validity === 0 || memory.u8[validity + row] !== 0) {
        const [address, length] = [memory.u32[(data >>> 2) + 2 * row], memory.u32[(data >>> 2) + 2 * row + 1]];
        if (cut.kind === 'separator') addPieces(list, memory, row, address, length, cut.bytes);
        else addJsonElements(list, memory, row, address, length, cut.path);
      }
      if (list.count > before || !config.keepsEmpty) continue;
      list.reserve(1);
      list.add(NO_ELEMENT, row, 0, 0, 0);
    }
  }

  private emit(batch: Batch, count: number): void {
    const { config, list, context, output } = this;
    const { arena } = context;
    const rows = { address: list.rows + 4 * this.left, count };
    config.kept.forEach((column, at) => {
      output.columns[at] = gatherColumn(arena, batch.columns[column], rows);
    });
    output.columns[config.kept.length] = this.elementColumn(columnAt(batch, config.column).ascii, count);
    if (config.numbered) output.columns[config.kept.length + 1] = this.numberColumn(count);
    output.rowCount = count;
    output.selectedCount = count;
    Object.assign(output, lanesOfPieces(arena, batch, rows.address, count));
    const isLast = this.cut === batch.selectedCount && this.left + count === list.count;
    const marks = marksOfPieces(arena, batch, this.mark, rows.address, count, isLast);
    this.mark += marks.markCount;
    Object.assign(output, marks);
    this.left += count;
    context.output.emit(0, output);
  }

  private elementColumn(ascii: boolean, count: number): Column {
    const { list, elements, left } = this;
    const [text] = elements.columns;
    text.data = list.views + 8 * left;
    text.validity = this.lane((kind) => kind === TEXT_ELEMENT, count);
    text.ascii = ascii && list.piecesOnly;
    if (this.convert === null) return text;
    elements.rowCount = count;
    elements.selectedCount = count;
    return this.convert.process(elements).columns[0];
  }

  /** A row that is only kept has no number. */
  private numberColumn(count: number): Column {
    const column = createColumn(INT);
    column.data = this.list.numbers + 4 * this.left;
    column.validity = this.lane((kind) => kind !== NO_ELEMENT, count);
    return column;
  }

  /** A validity lane, none when all is there. */
  private lane(isThere: (kind: number) => boolean, count: number): Address {
    const { arena, memory } = this.context;
    const kinds = this.list.kinds + this.left;
    const lane = arena.allocate(Math.max(count, 1));
    const { u8 } = memory;
    let missing = 0;
    for (let at = 0; at < count; at++) {
      const there = isThere(u8[kinds + at]) ? 1 : 0;
      u8[lane + at] = there;
      missing += 1 - there;
    }
    return missing === 0 ? 0 : lane;
  }
}
