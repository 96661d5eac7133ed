/**
 * Unaligned checkpoints of one task. When a checkpoint has waited long enough, the task takes its state at the end of the step
 * under way, sends its barriers, and keeps a copy of whatever its channels bring before theirs; it blocks none of them. Every task
 * may begin by itself: the barriers alone say which rows were on their way.
 */

import type { ChannelName, InFlightChannel, InFlightItem } from './in-flight.ts';
import type { RestoredItem } from './restored-items.ts';
import type { TaskChannel } from './task-host.ts';

interface Recorded {
  readonly channel: TaskChannel;
  readonly items: InFlightItem[];
  open: boolean;
}

export class Overtaking {
  private readonly channels: readonly TaskChannel[];
  private wanted = 0;
  private atMs = Number.POSITIVE_INFINITY;
  private recording: { readonly checkpointId: number; readonly before: readonly InFlightChannel[]; readonly channels: Recorded[] } | null =
    null;

  constructor(channels: readonly TaskChannel[]) {
    this.channels = channels;
  }

  /** `atMs` null: barriers of this checkpoint never overtake. */
  onTrigger(checkpointId: number, atMs: number | null): void {
    this.wanted = atMs === null ? 0 : checkpointId;
    this.atMs = atMs ?? Number.POSITIVE_INFINITY;
  }

  /** It was taken, one way or the other. */
  onTaken(): void {
    this.wanted = 0;
    this.atMs = Number.POSITIVE_INFINITY;
  }

  onAbort(checkpointId: number): void {
    if (this.wanted <= checkpointId) this.onTaken();
    if (this.recording !== null && this.recording.checkpointId <= checkpointId) this.recording = null;
  }

  /** The checkpoint that should not wait any longer, or 0. */
  due(nowMs: number): number {
    return nowMs >= this.atMs ? this.wanted : 0;
  }

  wakeAtMs(): number {
    return this.atMs;
  }

  /** `isShown`: channels of which the barrier, or the end, has been read. */
  begin(checkpointId: number, isShown: (channel: number) => boolean, restored: readonly RestoredItem[]): void {
    const before = restored.map(({ operator, input, name, item }) => ({ nodeId: operator.plan.nodeId, input, name, items: [item] }));
    const channels = this.channels.map((channel, index): Recorded => {
      channel.reader.beginRecording();
      return { channel, items: [], open: !isShown(index) };
    });
    this.recording = { checkpointId, before, channels };
  }

  /** To be called before anything is read: copies what has come. What was on its way once every barrier has, else null. */
  advance(): { readonly checkpointId: number; readonly channels: readonly InFlightChannel[] } | null {
    const { recording } = this;
    if (recording === null) return null;
    let open = false;
    for (const recorded of recording.channels) {
      if (recorded.open) recorded.open = !recorded.channel.reader.record(recording.checkpointId, recorded.items);
      if (recorded.open) open = true;
    }
    if (open) return null;
    this.recording = null;
    const { checkpointId, before } = recording;
    return { checkpointId, channels: [...before, ...recording.channels.map(({ channel, items }) => named(channel, channel.name, items))] };
  }
}

function named({ operator, input }: TaskChannel, name: ChannelName, items: readonly InFlightItem[]): InFlightChannel {
  return { nodeId: operator.plan.nodeId, input, name, items };
}
