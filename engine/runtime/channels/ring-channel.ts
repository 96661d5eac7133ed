/**
 * A one-way channel from one subtask to another through memory of the consumer: a ring of variable-length records that
 * producer and consumer use at the same time. Everything travels in-band: batches, watermarks, status, barriers, end.
 *
 * Control words (i32, at the ring's start): 0 head and 1 tail (bytes, ever growing, wrapping), 2 "producer waits".
 * Record words: 0 kind, 1 bytes, 2 state (watermarks: 0 free, 1 taken, 2 being overwritten), 3 flag, 4…5 watermark or
 * barrier, from byte 32 the batch (columnar/batch-transfer.ts). The producer publishes by storing head, the consumer frees by storing
 * tail; both stores are sequentially consistent, which orders the plain writes before them.
 */
import { assert } from '../../base/assert.ts';
import { type Batch, createBatch } from '../../columnar/batch.ts';
import { attachBatch, copyBatch, type RowList, transferBytes } from '../../columnar/batch-transfer.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import type { Schema } from '../../types/schema.ts';
import type { InFlightItem } from '../tasks/in-flight.ts';
import type { ChannelItem, ChannelReader, ChannelWriter } from './channel.ts';
import type { Doorbell } from './doorbell.ts';
import { relocateBatch } from './relocate-batch.ts';
import type { RowNumbers } from './row-numbers.ts';

export const RING_CONTROL_BYTES = 64;
const RECORD_HEADER_BYTES = 32;
/** Kept free for barriers and, while a checkpoint waits for the end of a step, for records whose rows stay with the producer. */
const RESERVE_BYTES_MAX = 4096;
/** Of the reserve, for the barrier alone. */
const BARRIER_BYTES = 64;
const HEAD = 0;
const TAIL = 1;
const PRODUCER_WAITS = 2;

const KIND_PADDING = 0;
const KIND_BATCH = 1;
const KIND_WATERMARK = 2;
const KIND_STATUS = 3;
const KIND_BARRIER = 4;
const KIND_END = 5;
/** A record too large for the ring stands in the producer's memory; the ring carries only its address. */
const KIND_INDIRECT = 6;

const STATE_FREE = 0;
const STATE_TAKEN = 1;
const STATE_OVERWRITING = 2;

/** Where a ring stands, as told to its producer. `bytes` is a power of two. */
export interface RingPlace {
  readonly address: Address;
  readonly bytes: number;
}

export class RingWriter implements ChannelWriter {
  private readonly target: JobMemory;
  private readonly ring: RingPlace;
  private readonly doorbell: Doorbell;
  private readonly own: JobMemory;
  private readonly rowNumbers: RowNumbers;
  private readonly control: number;
  private readonly data: Address;
  private readonly mask: number;
  private readonly words: Int32Array;
  private readonly longs: BigInt64Array;
  private readonly list: { address: Address; count: number } = { address: 0, count: 0 };
  private readonly reserved: number;
  private overdraft = false;
  private head = 0;
  /** Room the last refused batch needs: measuring it again before that is there would be wasted. */
  private missingBytes = 0;
  /** Address of the newest record if it is a watermark, else 0. */
  private newestWatermark: Address = 0;
  private readonly indirect: { address: Address; bytes: number; freeAt: number }[] = [];

  /** `target`: the consumer's memory, in which the ring stands. `doorbell`: the consumer's. */
  constructor(own: JobMemory, rowNumbers: RowNumbers, target: JobMemory, ring: RingPlace, doorbell: Doorbell) {
    this.own = own;
    this.rowNumbers = rowNumbers;
    this.target = target;
    this.ring = ring;
    this.doorbell = doorbell;
    this.control = ring.address >>> 2;
    this.data = ring.address + RING_CONTROL_BYTES;
    this.mask = ring.bytes - 1;
    this.reserved = Math.min(RESERVE_BYTES_MAX, ring.bytes >>> 3);
    // Rings are allocated before the job starts, so these views cover them for good.
    this.words = target.i32;
    this.longs = target.i64;
    this.head = Atomics.load(this.words, this.control + HEAD);
  }

  hasRoom(): boolean {
    const bytes = this.overdraft ? 2 * BARRIER_BYTES : this.ring.bytes >>> 2;
    return this.freeBytes() >= bytes || this.awaitRoom(bytes);
  }

  writeBatch(batch: Batch, rows: Address, from: number, count: number): number {
    this.collectIndirect();
    if (!this.overdraft && this.missingBytes > 0 && this.freeBytes() < this.missingBytes && !this.awaitRoom(this.missingBytes)) return 0;
    this.missingBytes = 0;
    const { list } = this;
    list.address = rows === 0 && from > 0 ? this.rowNumbers.from(from, count) : rows + (rows === 0 ? 0 : 4 * from);
    list.count = count;
    const bytes = this.fit(batch, list);
    if (bytes === 0) return this.writeIndirect(batch, list);
    const record = this.reserve(bytes, this.reserved);
    if (record === 0) {
      if (this.overdraft) return this.writeIndirect(batch, list);
      this.missingBytes = bytes + this.reserved;
      return 0;
    }
    copyBatch(batch, list, this.target, record + RECORD_HEADER_BYTES);
    this.publish(record, KIND_BATCH, bytes);
    return list.count;
  }

  writeWatermark(watermark: bigint): boolean {
    if (this.overwriteWatermark(watermark)) return true;
    return this.writeControl(KIND_WATERMARK, 0, watermark);
  }

  writeStatus(idle: boolean): boolean {
    return this.writeControl(KIND_STATUS, idle ? 1 : 0, 0n);
  }

  writeBarrier(checkpointId: number): boolean {
    return this.writeControl(KIND_BARRIER, 0, BigInt(checkpointId));
  }

  setOverdraft(on: boolean): void {
    this.overdraft = on;
  }

  writeEnd(): boolean {
    return this.writeControl(KIND_END, 0, 0n);
  }

  close(): void {
    for (const region of this.indirect) this.own.freeRegion(region.address, region.bytes);
    this.indirect.length = 0;
  }

  /** Shortens `list` until its record fits behind padding of its own size; returns the record's bytes, 0 when one row is too much. */
  private fit(batch: Batch, list: { address: Address; count: number }): number {
    const limit = (this.ring.bytes - this.reserved) >>> 1;
    for (;;) {
      const bytes = recordBytes(batch, list);
      if (bytes <= limit) return bytes;
      if (list.count === 1) return 0;
      list.count = Math.max(1, Math.min(list.count - 1, Math.floor((list.count * limit) / bytes)));
    }
  }

  private writeControl(kind: number, flag: number, value: bigint): boolean {
    const record = this.reserve(RECORD_HEADER_BYTES, kind === KIND_BARRIER ? 0 : this.keptForBarriers());
    if (record === 0) return false;
    this.words[(record >>> 2) + 2] = STATE_FREE;
    this.words[(record >>> 2) + 3] = flag;
    this.longs[(record + 16) / 8] = value;
    this.publish(record, kind, RECORD_HEADER_BYTES);
    if (kind === KIND_WATERMARK) this.newestWatermark = record;
    return true;
  }

  /** The newest record is an unread watermark: a newer one may take its place, for nothing stands between them. */
  private overwriteWatermark(watermark: bigint): boolean {
    const record = this.newestWatermark;
    if (record === 0) return false;
    const state = (record >>> 2) + 2;
    if (Atomics.compareExchange(this.words, state, STATE_FREE, STATE_OVERWRITING) !== STATE_FREE) return false;
    this.longs[(record + 16) / 8] = watermark;
    Atomics.store(this.words, state, STATE_FREE);
    return true;
  }

  /** Rows that do not fit are left in our own memory and copied by the consumer. */
  private writeIndirect(batch: Batch, row: RowList): number {
    const record = this.reserve(RECORD_HEADER_BYTES, this.keptForBarriers());
    if (record === 0) return 0;
    const bytes = transferBytes(batch, row);
    const address = this.own.allocateRegion(bytes);
    copyBatch(batch, row, this.own, address);
    this.words[(record >>> 2) + 4] = address;
    this.words[(record >>> 2) + 5] = bytes;
    this.publish(record, KIND_INDIRECT, RECORD_HEADER_BYTES);
    this.indirect.push({ address, bytes, freeAt: this.head });
    return row.count;
  }

  private collectIndirect(): void {
    if (this.indirect.length === 0) return;
    const tail = Atomics.load(this.words, this.control + TAIL);
    while (this.indirect.length > 0 && ((tail - this.indirect[0].freeAt) | 0) >= 0) {
      const region = this.indirect.shift();
      if (region !== undefined) this.own.freeRegion(region.address, region.bytes);
    }
  }

  private freeBytes(): number {
    const tail = Atomics.load(this.words, this.control + TAIL);
    return this.ring.bytes - ((this.head - tail) | 0);
  }

  /** True when `bytes` became free while we announced that we wait; else the consumer's next release rings us. */
  private awaitRoom(bytes: number): boolean {
    Atomics.store(this.words, this.control + PRODUCER_WAITS, 1);
    return this.freeBytes() >= bytes;
  }

  private keptForBarriers(): number {
    return this.overdraft ? BARRIER_BYTES : this.reserved;
  }

  /** Address of `bytes` contiguous bytes with `kept` still free behind them, or 0. */
  private reserve(bytes: number, kept: number): Address {
    const position = this.head & this.mask;
    const toEnd = this.ring.bytes - position;
    const padding = bytes > toEnd ? toEnd : 0;
    const needed = bytes + padding;
    if (this.freeBytes() < needed + kept && !this.awaitRoom(needed + kept)) return 0;
    if (padding === 0) return this.data + position;
    const word = (this.data + position) >>> 2;
    this.words[word] = KIND_PADDING;
    this.words[word + 1] = padding;
    this.head = (this.head + padding) | 0;
    return this.data;
  }

  private publish(record: Address, kind: number, bytes: number): void {
    this.words[record >>> 2] = kind;
    this.words[(record >>> 2) + 1] = bytes;
    this.head = (this.head + bytes) | 0;
    this.newestWatermark = 0;
    Atomics.store(this.words, this.control + HEAD, this.head);
    this.doorbell.ring();
  }
}

function recordBytes(batch: Batch, rows: RowList): number {
  return (RECORD_HEADER_BYTES + transferBytes(batch, rows) + 31) & ~31;
}

export class RingReader implements ChannelReader {
  private readonly memory: JobMemory;
  private readonly ring: RingPlace;
  /** The producer's bell: it may be waiting for room. */
  private readonly doorbell: Doorbell;
  private readonly producer: JobMemory;
  private readonly batch: Batch;
  private readonly control: number;
  private readonly data: Address;
  private readonly mask: number;
  private tail = 0;
  private takenBytes = 0;
  /** Up to where this has been copied for a checkpoint. */
  private recorded = 0;
  private copied: { address: Address; bytes: number } | null = null;
  private readonly item: ChannelItem = { kind: 'end', batch: null, watermark: 0n, idle: false, checkpointId: 0 };

  constructor(memory: JobMemory, ring: RingPlace, schema: Schema, doorbell: Doorbell, producer: JobMemory) {
    this.memory = memory;
    this.ring = ring;
    this.doorbell = doorbell;
    this.producer = producer;
    this.batch = createBatch(memory, schema);
    this.control = ring.address >>> 2;
    this.data = ring.address + RING_CONTROL_BYTES;
    this.mask = ring.bytes - 1;
  }

  isEmpty(): boolean {
    return Atomics.load(this.memory.i32, this.control + HEAD) === this.tail;
  }

  take(): ChannelItem | null {
    assert(this.takenBytes === 0, 'an item of a channel is released before the next is taken');
    const words = this.memory.i32;
    if (Atomics.load(words, this.control + HEAD) === this.tail) return null;
    let record = this.data + (this.tail & this.mask);
    if (words[record >>> 2] === KIND_PADDING) {
      this.tail = (this.tail + words[(record >>> 2) + 1]) | 0;
      record = this.data;
    }
    this.takenBytes = words[(record >>> 2) + 1];
    this.read(record);
    return this.item;
  }

  release(): void {
    this.tail = (this.tail + this.takenBytes) | 0;
    this.takenBytes = 0;
    if (this.copied !== null) {
      this.memory.freeRegion(this.copied.address, this.copied.bytes);
      this.copied = null;
    }
    const words = this.memory.i32;
    Atomics.store(words, this.control + TAIL, this.tail);
    if (Atomics.load(words, this.control + PRODUCER_WAITS) !== 0) {
      Atomics.store(words, this.control + PRODUCER_WAITS, 0);
      this.doorbell.ring();
    }
  }

  beginRecording(): void {
    this.recorded = this.tail;
  }

  record(checkpointId: number, items: InFlightItem[]): boolean {
    const words = this.memory.i32;
    while (Atomics.load(words, this.control + HEAD) !== this.recorded) {
      const record = this.data + (this.recorded & this.mask);
      const word = record >>> 2;
      this.recorded = (this.recorded + words[word + 1]) | 0;
      if (words[word] === KIND_BATCH)
        items.push(copyItem(this.memory, record + RECORD_HEADER_BYTES, words[word + 1] - RECORD_HEADER_BYTES));
      else if (words[word] === KIND_INDIRECT) {
        this.producer.refresh();
        items.push(copyItem(this.producer, words[word + 4] >>> 0, words[word + 5]));
      } else if (words[word] === KIND_WATERMARK) items.push({ kind: 'watermark', watermark: this.peekWatermark(record) });
      else if (words[word] === KIND_END) return true;
      else if (words[word] === KIND_BARRIER && Number(this.memory.i64[(record + 16) / 8]) === checkpointId) return true;
    }
    return false;
  }

  close(): void {
    if (this.copied !== null) this.memory.freeRegion(this.copied.address, this.copied.bytes);
    this.copied = null;
  }

  private read(record: Address): void {
    const { item } = this;
    const words = this.memory.i32;
    const word = record >>> 2;
    item.batch = null;
    switch (words[word]) {
      case KIND_BATCH:
        item.kind = 'batch';
        attachBatch(this.memory, record + RECORD_HEADER_BYTES, this.batch);
        item.batch = this.batch;
        return;
      case KIND_INDIRECT:
        item.kind = 'batch';
        item.batch = this.copyIndirect(words[word + 4] >>> 0, words[word + 5]);
        return;
      case KIND_WATERMARK:
        // Taking it shuts the producer out; while it overwrites, which is a few instructions, we wait.
        while (Atomics.compareExchange(words, word + 2, STATE_FREE, STATE_TAKEN) !== STATE_FREE);
        item.kind = 'watermark';
        item.watermark = this.memory.i64[(record + 16) / 8];
        return;
      case KIND_STATUS:
        item.kind = 'status';
        item.idle = words[word + 3] === 1;
        return;
      case KIND_BARRIER:
        item.kind = 'barrier';
        item.checkpointId = Number(this.memory.i64[(record + 16) / 8]);
        return;
      default:
        assert(words[word] === KIND_END, `ring records have a known kind, found ${words[word]}`);
        item.kind = 'end';
    }
  }

  /** The producer may be overwriting it; one that comes later than this is not lost, for it is sent again after a restore. */
  private peekWatermark(record: Address): bigint {
    const words = this.memory.i32;
    const state = (record >>> 2) + 2;
    while (Atomics.compareExchange(words, state, STATE_FREE, STATE_OVERWRITING) !== STATE_FREE);
    const watermark = this.memory.i64[(record + 16) / 8];
    Atomics.store(words, state, STATE_FREE);
    return watermark;
  }

  private copyIndirect(from: Address, bytes: number): Batch {
    const address = this.memory.allocateRegion(bytes);
    this.copied = { address, bytes };
    this.producer.refresh();
    this.memory.u8.set(this.producer.u8.subarray(from, from + bytes), address);
    attachBatch(this.memory, address, this.batch);
    relocateBatch(this.batch, address - from);
    return this.batch;
  }
}

function copyItem(memory: JobMemory, address: Address, bytes: number): InFlightItem {
  return { kind: 'batch', bytes: memory.u8.slice(address, address + bytes), origin: address };
}
