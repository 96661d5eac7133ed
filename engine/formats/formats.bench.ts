/** Speed of decoders and encoders over Nexmark bids in memory: `npx vitest bench engine/formats`. One iteration is one page or batch. */
import { bench, describe } from 'vitest';
import { Arena } from '../columnar/arena.ts';
import { JobMemory } from '../columnar/job-memory.ts';
import { NexmarkWriter } from '../nodes/sources/nexmark/event-writer.ts';
import { nexmarkSchema } from '../nodes/sources/nexmark/schema.ts';
import { createDecoder, createEncoder } from './create-format.ts';
import { InputPage } from './input-page.ts';
import { OutputBuffer } from './output-buffer.ts';

const ROWS = 1000;
const schema = nexmarkSchema('bid');
const memory = new JobMemory({ shared: true, maximumBytes: 256 * 1024 * 1024 });
const arena = new Arena(memory);
const writer = new NexmarkWriter(
  { events: 'bid', seed: 1, rate: 1000, startMs: 0, group: 1, lateParts: 0, lateMs: 0 },
  schema,
  arena,
  null,
);

describe.each(['ndjson', 'csv'] as const)(`${ROWS} bids, %s`, (format) => {
  const settings = { format, timestampFormat: 'sql', delimiter: ',', header: false, nullText: '', lineBytesMax: 1 << 20 } as const;
  const encoder = createEncoder(memory, schema, settings);
  const output = new OutputBuffer(memory, 1024 * 1024);
  const { batch } = writer.generate(0, 1_000_000, ROWS);
  encoder.encode(batch, 0, output);
  const text = output.bytes().slice();
  const page = new InputPage(memory, 2 * 1024 * 1024);
  memory.u8.set(text, page.address);
  page.filled = text.length;
  const decoder = createDecoder(memory, schema, settings, null);
  const decodeArena = new Arena(memory);

  bench('encode', () => {
    output.length = 0;
    encoder.encode(batch, 0, output);
  });
  bench('decode', () => {
    decodeArena.reset();
    page.position = 0;
    decoder.beginInput(false);
    decoder.accept(page, false);
    decoder.begin(decodeArena, ROWS);
    decoder.decode(page);
    decoder.finish(page);
  });
});

describe('Nexmark', () => {
  bench(`generate ${ROWS} bids`, () => {
    arena.reset();
    writer.generate(0, 1_000_000, ROWS);
  });
});
