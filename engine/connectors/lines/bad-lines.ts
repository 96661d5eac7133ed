/** What happens to records that cannot be read: the run fails, they are counted, or they leave by the dead-letter port. */
import { EngineError } from '../../base/errors.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import type { OperatorContext } from '../../operators/operator.ts';
import { type BadLinesPolicy, DEAD_LETTER_BYTES_MAX, DEAD_LETTER_SCHEMA } from '../../spec/dead-letter.ts';

/** Warnings in the log at most; the metric counts them all. */
const WARNINGS_MAX = 5;
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
    const place = `${bad.origin}, ${bad.line === null ? '' : `line ${bad.line}, `}byte ${bad.byteOffset}`;
    if (this.policy === 'fail') {
      throw new EngineError('MR4001', `${place}: ${bad.reason}`, {
        domain: 'user',
        nodeId: this.context.nodeId,
        field: 'badLines',
        remedy: 'correct the data or the columns, or choose to skip such lines or to send them to the bad lines port',
      });
    }
    this.context.metrics.badRecords++;
    if (this.warnings < WARNINGS_MAX) {
      this.warnings++;
      const more = this.warnings === WARNINGS_MAX ? ' (further ones are only counted)' : '';
      this.context.log('warning', `${place}: ${bad.reason}${more}`);
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
