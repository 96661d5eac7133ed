/** What a format's encoder is to a sink: it turns the selected rows of a batch into text in an output buffer. */
import type { Batch } from '../columnar/batch.ts';
import type { OutputBuffer } from './output-buffer.ts';

export interface RecordEncoder {
  /** Bytes that open every file (a header line); empty when there are none. */
  readonly head: Uint8Array;
  /**
   * Encodes selected rows from the `from`-th on while they fit, and returns the number of the first that did not: the
   * caller empties the buffer and goes on. A row too long for an empty buffer makes the buffer grow.
   */
  encode(batch: Batch, from: number, output: OutputBuffer): number;
}
