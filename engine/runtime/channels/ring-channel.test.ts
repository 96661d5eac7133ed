/** Rings against a plain queue: random batches, sizes and readers; records larger than the ring; watermarks that overwrite. */
import { expect, test } from 'vitest';
import { SeededRandom } from '../../base/random.ts';
import { Arena } from '../../columnar/arena.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import { readRows } from '../../columnar/row-reader.ts';
import { BIGINT, rowType, STRING } from '../../types/make-type.ts';
import type { Schema } from '../../types/schema.ts';
import type { ChannelItem } from './channel.ts';
import { RING_CONTROL_BYTES, RingReader, RingWriter } from './ring-channel.ts';
import { RowNumbers } from './row-numbers.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const SCHEMA: Schema = {
  fields: [
    { name: 'id', type: BIGINT },
    { name: 'text', type: STRING },
    { name: 'inner', type: rowType([{ name: 'note', type: STRING }]) },
  ],
};

interface Ends {
  readonly arena: Arena;
  readonly producer: JobMemory;
  readonly writer: RingWriter;
  readonly reader: RingReader;
  readonly rings: { producer: number; consumer: number };
}

function createRing(bytes: number): Ends {
  const producer = new JobMemory({ shared: true, maximumBytes: 64 * 1024 * 1024 });
  const consumer = new JobMemory({ shared: true, maximumBytes: 64 * 1024 * 1024 });
  const place = { address: consumer.allocateRegion(RING_CONTROL_BYTES + bytes), bytes };
  const rings = { producer: 0, consumer: 0 };
  const remote = new JobMemory({ attach: consumer.memory, shared: true });
  const remoteProducer = new JobMemory({ attach: producer.memory, shared: true });
  const writer = new RingWriter(producer, new RowNumbers(producer), remote, place, { ring: () => void rings.consumer++ });
  const reader = new RingReader(consumer, place, SCHEMA, { ring: () => void rings.producer++ }, remoteProducer);
  return { arena: new Arena(producer), producer, writer, reader, rings };
}

type Row = [bigint, string | null, [string] | null];

function randomRows(random: SeededRandom, count: number, textMax: number): Row[] {
  return Array.from({ length: count }, () => {
    const text = 'ü'.repeat(random.nextInt(textMax + 1));
    return [BigInt(random.nextUint32()), random.nextInt(5) === 0 ? null : text, random.nextInt(5) === 0 ? null : [text.slice(1)]];
  });
}

/** An item as text, so that what was sent and what came can be compared. */
function describe(item: ChannelItem): string[] {
  if (item.kind === 'batch' && item.batch !== null) return readRows(item.batch).map((row) => show(row as Row));
  if (item.kind === 'watermark') return [`watermark ${item.watermark}`];
  if (item.kind === 'status') return [item.idle ? 'idle' : 'active'];
  return [item.kind === 'barrier' ? `barrier ${item.checkpointId}` : item.kind];
}

/** A ROW that is null reads as a row of nulls: its children are null. */
function show(row: Row): string {
  const note = row[2] === null ? null : row[2][0];
  return `${row[0]} ${row[1]} ${note}`;
}

test.each([512, 2048, 65536])('a ring of %d bytes keeps every row and the order, whoever is faster', (bytes) => {
  const random = new SeededRandom(SEED + bytes);
  const { arena, writer, reader } = createRing(bytes);
  const sent: string[] = [];
  const received: string[] = [];
  const readSome = (count: number) => {
    for (let left = count; left > 0; left--) {
      const item = reader.take();
      if (item === null) return;
      received.push(...describe(item));
      reader.release();
    }
  };
  for (let round = 0; round < 300; round++) {
    arena.reset();
    const rows = randomRows(random, 1 + random.nextInt(20), random.nextInt(10) === 0 ? 2000 : 12);
    const selection = rows.map((_, index) => index).filter(() => random.nextInt(3) > 0);
    const selected = random.nextInt(2) === 0 && selection.length > 0;
    const batch = buildBatch(arena, SCHEMA, rows, selected ? { selection } : {});
    const chosen = selected ? selection.map((index) => rows[index]) : rows;
    let from = 0;
    while (from < batch.selectedCount) {
      const taken = writer.writeBatch(batch, batch.selection, from, batch.selectedCount - from);
      if (taken === 0) readSome(1 + random.nextInt(3));
      from += taken;
    }
    sent.push(...chosen.map(show));
    if (random.nextInt(4) === 0) {
      while (!writer.writeBarrier(round)) readSome(1);
      sent.push(`barrier ${round}`);
    }
    if (random.nextInt(6) === 0) {
      while (!writer.writeStatus(round % 2 === 0)) readSome(1);
      sent.push(round % 2 === 0 ? 'idle' : 'active');
    }
    if (random.nextInt(3) === 0) readSome(random.nextInt(6));
  }
  while (!writer.writeEnd()) readSome(1);
  sent.push('end');
  readSome(Number.POSITIVE_INFINITY);
  expect(received).toEqual(sent);
  expect(reader.isEmpty()).toBe(true);
});

test('an unread watermark is overwritten, but never one behind another record', () => {
  const { writer, reader } = createRing(1024);
  for (const watermark of [1n, 2n, 3n]) writer.writeWatermark(watermark);
  writer.writeBarrier(7);
  for (const watermark of [4n, 5n]) writer.writeWatermark(watermark);
  const seen: string[] = [];
  for (let item = reader.take(); item !== null; item = reader.take()) {
    seen.push(...describe(item));
    reader.release();
  }
  expect(seen).toEqual(['watermark 3', 'barrier 7', 'watermark 5']);
});

test('a watermark that has been taken is not overwritten', () => {
  const { writer, reader } = createRing(1024);
  writer.writeWatermark(1n);
  expect(describe(reader.take() as ChannelItem)).toEqual(['watermark 1']);
  writer.writeWatermark(2n);
  reader.release();
  expect(describe(reader.take() as ChannelItem)).toEqual(['watermark 2']);
});

test('who waits is rung, who does not is left alone', () => {
  const { writer, reader, rings } = createRing(512);
  let written = 0;
  while (writer.writeBarrier(written)) written++;
  expect(rings).toEqual({ producer: 0, consumer: written });
  reader.take();
  reader.release();
  expect(rings.producer).toBe(1);
  reader.take();
  reader.release();
  expect(rings.producer).toBe(1);
});

test('memory lent to records that are too large comes back', () => {
  const { arena, producer, writer, reader } = createRing(512);
  const before = producer.allocatedBytes;
  for (let round = 0; round < 20; round++) {
    arena.reset();
    const batch = buildBatch(arena, SCHEMA, [[1n, 'x'.repeat(5000), ['y']]]);
    expect(writer.writeBatch(batch, 0, 0, 1)).toBe(1);
    expect(describe(reader.take() as ChannelItem)).toEqual([`1 ${'x'.repeat(5000)} y`]);
    reader.release();
  }
  writer.close();
  arena.close();
  expect(producer.allocatedBytes).toBe(before);
});
