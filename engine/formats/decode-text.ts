/** Decodes a piece of text as a whole: how small inputs (collections, samples, tests) use the same decoders as big ones. */
import { Arena } from '../columnar/arena.ts';
import type { Batch } from '../columnar/batch.ts';
import type { JobMemory } from '../columnar/job-memory.ts';
import { InputPage } from './input-page.ts';
import type { BadRecord, RecordDecoder } from './record-decoder.ts';

export interface DecodeTextHandlers {
  /** The batch is valid only during the call. */
  rows(batch: Batch): void;
  /** `text` is the record as it stood in the input. */
  bad(bad: BadRecord, bytes: Uint8Array): void;
}

/** Decodes all records of `text`, in batches of `rowsMax`. */
export function decodeText(
  decoder: RecordDecoder,
  memory: JobMemory,
  text: Uint8Array,
  rowsMax: number,
  handlers: DecodeTextHandlers,
): void {
  const page = new InputPage(memory, Math.max(65536, 4 * text.length));
  const arena = new Arena(memory);
  memory.u8.set(text, page.address);
  page.filled = text.length;
  decoder.beginInput(true);
  if (decoder.accept(page, true)) {
    let stop = '';
    while (stop !== 'starved') {
      arena.reset();
      decoder.begin(arena, rowsMax);
      stop = decoder.decode(page);
      while (stop === 'bad') {
        handlers.bad(decoder.bad, memory.u8.slice(page.address + decoder.bad.start, page.address + decoder.bad.end));
        stop = decoder.decode(page);
      }
      const batch = decoder.finish(page);
      if (batch.rowCount > 0) handlers.rows(batch);
    }
  }
  arena.close();
  page.close();
}
