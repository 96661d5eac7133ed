/** What a format's decoder is to a reader: it turns complete records of an input page into rows of a batch. */
import type { JsonValue } from '../base/json.ts';
import type { Arena } from '../columnar/arena.ts';
import type { Batch } from '../columnar/batch.ts';
import type { InputPage } from './input-page.ts';

/** A record that could not be read; valid until the next call of `decode`. */
export interface BadRecord {
  /** Byte range of the record in the page, without its line end. */
  start: number;
  end: number;
  /** Line the record begins in, from 1, counted since `beginInput`. */
  line: number;
  /** Column path, or '' when the record as a whole is broken. */
  field: string;
  /** In words, for people; without the field's name. */
  reason: string;
}

/**
 * `filled`: the batch has its rows; `starved`: every complete record of the page is decoded; `bad`: stopped behind a
 * record that could not be read, see `bad`.
 */
export type DecodeStop = 'filled' | 'starved' | 'bad';

export interface RecordDecoder {
  /** Lines (`\n`) decoded or skipped since the last `beginInput`. */
  linesRead: number;
  readonly bad: BadRecord;
  /** Rows in the batch under construction. */
  readonly rowCount: number;
  /** A new file or connection begins: `first` when its very first record comes next (header, byte order mark). */
  beginInput(first: boolean, state?: JsonValue): void;
  /** What `beginInput` needs to go on in the middle of this input: a header's names, for instance. */
  inputState(): JsonValue;
  /**
   * Finds the complete records in the page's text and scans them. `final`: no more bytes will come, so the text ends with
   * the last record. Returns false when there is no complete record.
   */
  accept(page: InputPage, final: boolean): boolean;
  /** Starts a batch of up to `rowsMax` rows. */
  begin(arena: Arena, rowsMax: number): void;
  decode(page: InputPage): DecodeStop;
  /** The batch of the rows decoded since `begin`. */
  finish(page: InputPage): Batch;
  close(): void;
}

/** What a refusal reads like with its field: `price: "abc" is not a BIGINT`. */
export function describeBad(bad: BadRecord): string {
  return bad.field === '' ? bad.reason : `${bad.field}: ${bad.reason}`;
}
