/** Sends what leaves an output port over the channels of one edge; what finds no room is resumed by calling again. */
import type { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import type { ChannelWriter } from './channel.ts';
import { createRowRange, type Partitioner, type RowRange } from './partitioner.ts';

export class EdgeWriter {
  readonly channels: readonly ChannelWriter[];
  private readonly partitioner: Partitioner;
  private readonly arena: Arena;
  private readonly parts: RowRange[];
  /** Channel to go on with; -1: the next call starts a new item. */
  private channel = -1;

  constructor(partitioner: Partitioner, channels: readonly ChannelWriter[], arena: Arena) {
    this.partitioner = partitioner;
    this.channels = channels;
    this.arena = arena;
    this.parts = channels.map(() => createRowRange());
  }

  hasRoom(): boolean {
    return this.channels.every((channel) => channel.hasRoom());
  }

  /** Row lists stand in the arena: its mark must not be released before this has returned true. */
  writeBatch(batch: Batch): boolean {
    if (this.channel < 0) {
      if (batch.selectedCount === 0) return true;
      this.partitioner.assign(batch, this.arena, this.parts);
      this.channel = 0;
    }
    for (; this.channel < this.channels.length; this.channel++) {
      const part = this.parts[this.channel];
      while (part.count > 0) {
        const taken = this.channels[this.channel].writeBatch(batch, part.rows, part.from, part.count);
        if (taken === 0) return false;
        part.from += taken;
        part.count -= taken;
      }
    }
    this.channel = -1;
    return true;
  }

  writeWatermark(watermark: bigint): boolean {
    return this.writeToAll((channel) => channel.writeWatermark(watermark));
  }

  writeStatus(idle: boolean): boolean {
    return this.writeToAll((channel) => channel.writeStatus(idle));
  }

  writeBarrier(checkpointId: number): boolean {
    return this.writeToAll((channel) => channel.writeBarrier(checkpointId));
  }

  writeEnd(): boolean {
    return this.writeToAll((channel) => channel.writeEnd());
  }

  setOverdraft(on: boolean): void {
    for (const channel of this.channels) channel.setOverdraft(on);
  }

  close(): void {
    for (const channel of this.channels) channel.close();
  }

  private writeToAll(write: (channel: ChannelWriter) => boolean): boolean {
    if (this.channel < 0) this.channel = 0;
    for (; this.channel < this.channels.length; this.channel++) {
      if (!write(this.channels[this.channel])) return false;
    }
    this.channel = -1;
    return true;
  }
}
