/** What happens to records that cannot be read: the run fails, they are counted, or they leave by the dead-letter port. */
import { EngineError } from '../../base/errors.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import type { OperatorContext } from '../../operators/operator.ts';
import { type BadLinesPolicy, DEAD_LETTER_BYTES_MAX, DEAD_LETTER_SCHEMA } from '../../spec/dead-letter.ts';
import { fillText, sameText, type Text, text } from '../../spec/text.ts';

/** Warnings in the log at most; the metric counts them all. */
const WARNINGS_MAX = 5;
const BYTE = text({ en: '{origin}, byte {byte}', zh: '{origin}，第 {byte} 字节' });
const LINE_AND_BYTE = text({ en: '{origin}, line {line}, byte {byte}', zh: '{origin}，第 {line} 行，第 {byte} 字节' });
const TOLD = sameText('{place}: {reason}');
const LAST_TOLD = text({
  en: '{place}: {reason} (further ones are only counted)',
  zh: '{place}: {reason}（之后的只计数）',
});
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export interface BadLine {
  /** File path, or host and port. */
  readonly origin: string;
  /** From 1, where it is known. */
  readonly line: number | null;
  readonly byteOffset: number;
  readonly reason: string;
  /** The whole record; only its beginning is kept. */
  readonly bytes: Uint8Array;
}

function placeOf({ origin, line, byteOffset }: BadLine): Text {
  const words = line === null ? BYTE : LINE_AND_BYTE;
  return fillText(words, { origin, line: line ?? 0, byte: byteOffset });
}

export class BadLines {
  private readonly context: OperatorContext;
  private readonly policy: BadLinesPolicy;
  private readonly rows: ColumnValue[][] = [];
  private warnings = 0;

  constructor(context: OperatorContext, policy: BadLinesPolicy) {
    this.context = context;
    this.policy = policy;
  }

  /** Rows waiting for `takeBatch`. */
  get pending(): number {
    return this.rows.length;
  }

  add(bad: BadLine): void {
    const place = placeOf(bad);
    if (this.policy === 'fail') {
      throw new EngineError('MR4001', `${place.en}: ${bad.reason}`, {
        domain: 'user',
        nodeId: this.context.nodeId,
        field: 'badLines',
        remedy: 'correct the data or the columns, or choose to skip such lines or to send them to the bad lines port',
      });
    }
    this.context.metrics.badRecords++;
    if (this.warnings < WARNINGS_MAX) {
      this.warnings++;
      this.context.log('warning', 'bad-line', fillText(this.warnings === WARNINGS_MAX ? LAST_TOLD : TOLD, { place, reason: bad.reason }));
    }
    if (this.policy !== 'dead-letter') return;
    const content = decoder.decode(Uint8Array.prototype.slice.call(bad.bytes, 0, DEAD_LETTER_BYTES_MAX));
    this.rows.push([bad.origin, bad.line === null ? null : BigInt(bad.line), BigInt(bad.byteOffset), bad.reason, content]);
  }

  /** The dead letters since the last call as a batch in the arena; null when there are none. */
  takeBatch(): Batch | null {
    if (this.rows.length === 0) return null;
    return buildBatch(this.context.arena, DEAD_LETTER_SCHEMA, this.rows.splice(0));
  }
}
