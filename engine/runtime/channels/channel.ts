/** What a channel between two subtasks is; rings implement it within and between threads. */
import type { Batch } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { InFlightItem } from '../tasks/in-flight.ts';

/** Every call may find no room; it then has had no effect and is repeated later. Order is kept. */
export interface ChannelWriter {
  /** False when a batch of ordinary size would not fit; the consumer then rings when it has released something. */
  hasRoom(): boolean;
  /** Writes rows `from … from+count` of the i32 row list at `rows` (0: of the physical rows), without marks; returns how many it took. */
  writeBatch(batch: Batch, rows: Address, from: number, count: number): number;
  /** May replace an unread watermark, if nothing was written since. */
  writeWatermark(watermark: bigint): boolean;
  writeStatus(idle: boolean): boolean;
  writeBarrier(checkpointId: number): boolean;
  writeEnd(): boolean;
  /** While on, batches that find no room stay in the producer's memory, up to a limit: the step under way shall end. */
  setOverdraft(on: boolean): void;
  close(): void;
}

/** One received item; reused, and valid (batch included) until `release`. */
export interface ChannelItem {
  kind: 'batch' | 'watermark' | 'status' | 'barrier' | 'end';
  batch: Batch | null;
  watermark: bigint;
  idle: boolean;
  checkpointId: number;
}

export interface ChannelReader {
  isEmpty(): boolean;
  take(): ChannelItem | null;
  release(): void;
  /** From here on `record` copies; nothing may be taken in between. */
  beginRecording(): void;
  /** Copies what has come since the last call; true when barrier `checkpointId` or the end has. Before every `take`. */
  record(checkpointId: number, items: InFlightItem[]): boolean;
  close(): void;
}
