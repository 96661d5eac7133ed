/** Shows rows to the person watching: keeps the newest as columns and turns them into text only when they are shown. */
import type { Arena } from '../../columnar/arena.ts';
import { type Batch, createBatch } from '../../columnar/batch.ts';
import { attachBatch, copyBatch, type RowList, selectionOf, transferBytes } from '../../columnar/batch-transfer.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { isBoxed } from '../../columnar/lanes.ts';
import { printRow, printRows } from '../../columnar/row-text.ts';
import type { OperatorContext } from '../../operators/operator.ts';
import type { LogicalType } from '../../types/logical-type.ts';

/** Text is made this often at most. */
const SHOW_EVERY_MS = 100;

/** Rows waiting to be shown: a copy in job memory, or already text where columns cannot be copied. */
type Waiting =
  | { readonly rows: number; readonly address: Address; readonly bytes: number }
  | { readonly rows: number; readonly lines: readonly string[] };

export class RowPublisher {
  private readonly context: OperatorContext;
  private readonly rowsMax: number;
  private readonly copied: Batch;
  private readonly canCopy: boolean;
  private waiting: Waiting[] = [];
  private waitingRows = 0;
  private dueMs: number | null = null;

  constructor(context: OperatorContext, rowsMax: number) {
    this.context = context;
    this.rowsMax = rowsMax;
    this.copied = createBatch(context.memory, context.inputSchemas[0]);
    this.canCopy = !context.inputSchemas[0].fields.some(({ type }) => holdsBoxed(type));
  }

  add(batch: Batch): void {
    const count = Math.min(batch.selectedCount, this.rowsMax);
    if (count === 0) return;
    this.waiting.push(
      this.canCopy ? this.copy(batch, newest(this.context.arena, batch, count)) : { rows: count, lines: newestLines(batch, count) },
    );
    this.waitingRows += count;
    while (this.waitingRows - this.waiting[0].rows >= this.rowsMax) this.drop(this.waiting.shift());
    if (this.dueMs !== null) return;
    this.dueMs = this.context.clock.now() + SHOW_EVERY_MS;
    this.context.requestProcessingTime(this.dueMs);
  }

  /** The clock has moved. */
  onTime(nowMs: number): void {
    if (this.dueMs === null) return;
    if (nowMs >= this.dueMs) this.show();
    else this.context.requestProcessingTime(this.dueMs);
  }

  show(): void {
    this.dueMs = null;
    if (this.waiting.length === 0) return;
    const lines = this.waiting.flatMap((one) => ('lines' in one ? one.lines : this.print(one.address)));
    for (const one of this.waiting) this.drop(one);
    this.waiting = [];
    this.context.publishRows(lines.slice(-this.rowsMax));
  }

  close(): void {
    for (const one of this.waiting) this.drop(one);
    this.waiting = [];
  }

  private copy(batch: Batch, rows: RowList): Waiting {
    const bytes = transferBytes(batch, rows);
    const address = this.context.memory.allocateRegion(bytes);
    copyBatch(batch, rows, this.context.memory, address);
    return { rows: rows.count, address, bytes };
  }

  private print(address: Address): string[] {
    attachBatch(this.context.memory, address, this.copied);
    return printRows(this.copied, this.rowsMax);
  }

  private drop(waiting: Waiting | undefined): void {
    if (waiting === undefined) return;
    this.waitingRows -= waiting.rows;
    if ('address' in waiting) this.context.memory.freeRegion(waiting.address, waiting.bytes);
  }
}

/** The last `count` selected rows. */
function newest(arena: Arena, batch: Batch, count: number): RowList {
  const skipped = batch.selectedCount - count;
  if (skipped === 0) return selectionOf(batch);
  if (batch.selection !== 0) return { address: batch.selection + 4 * skipped, count };
  const address = arena.allocate(4 * count);
  for (let index = 0; index < count; index++) arena.memory.i32[(address >>> 2) + index] = skipped + index;
  return { address, count };
}

function newestLines(batch: Batch, count: number): string[] {
  return Array.from({ length: count }, (_unused, index) => {
    const position = batch.selectedCount - count + index;
    return printRow(batch, batch.selection === 0 ? position : batch.memory.i32[(batch.selection >>> 2) + position]);
  });
}

function holdsBoxed(type: LogicalType): boolean {
  return isBoxed(type) || (type.kind === 'ROW' && type.fields.some((field) => holdsBoxed(field.type)));
}
