/**
 * Decides when a task takes a checkpoint: when every channel has shown its barrier or has ended, and the coordinator has
 * told the task's own sources. A channel that has shown its barrier is not read until then. A newer barrier cancels an
 * older one that is still incomplete, as in Flink; a task that cancels sends no barrier of its own, so whoever waits for
 * one behind it must hear of the abort from the coordinator, or it would wait for ever. At least once, channels are read on:
 * what they bring behind their barrier counts twice after a restore.
 */
export class BarrierAligner {
  /** Barrier a channel is blocked by, 0 = open. */
  private readonly barriers: number[];
  private readonly ended: boolean[];
  private pending = 0;
  private triggered = 0;
  private completed = 0;

  /** Channels that have shown their barrier wait for the others: no row behind it counts before it. */
  private readonly blocking: boolean;

  constructor(channelCount: number, blocking = true) {
    this.blocking = blocking;
    this.barriers = Array.from({ length: channelCount }, () => 0);
    this.ended = Array.from({ length: channelCount }, () => false);
  }

  onTrigger(checkpointId: number): void {
    if (checkpointId > this.triggered) this.triggered = checkpointId;
  }

  /** The coordinator has given `checkpointId` up: nobody waits for it or starts it any more. */
  onAbort(checkpointId: number): void {
    if (checkpointId > this.completed) this.completed = checkpointId;
    if (this.pending === 0 || this.pending > checkpointId) return;
    this.pending = 0;
    this.barriers.fill(0);
  }

  onBarrier(channel: number, checkpointId: number): void {
    if (checkpointId <= this.completed || checkpointId < this.pending) return;
    if (checkpointId > this.pending) {
      this.pending = checkpointId;
      this.barriers.fill(0);
    }
    this.barriers[channel] = checkpointId;
  }

  onEnd(channel: number): void {
    this.ended[channel] = true;
  }

  isBlocked(channel: number): boolean {
    return this.ended[channel] || (this.blocking && this.barriers[channel] !== 0);
  }

  /** Sources rest from the trigger (or the first barrier) until the checkpoint has been taken. */
  holdsSources(): boolean {
    return this.triggered > this.completed || this.pending > this.completed;
  }

  /** The checkpoint to take now, or 0; it is then behind us and all channels are open again. */
  complete(sourcesLive: boolean): number {
    const wanted = this.wanted();
    if (wanted === 0 || (sourcesLive && this.triggered < wanted)) return 0;
    for (let channel = 0; channel < this.barriers.length; channel++) {
      if (!this.ended[channel] && this.barriers[channel] !== wanted) return 0;
    }
    this.completed = wanted;
    this.pending = 0;
    this.barriers.fill(0);
    return wanted;
  }

  /** The channel brings nothing more that was sent before its barrier of `checkpointId`. */
  hasShown(channel: number, checkpointId: number): boolean {
    return this.ended[channel] || this.barriers[channel] === checkpointId;
  }

  /** `checkpointId` is taken without waiting for the channels; their barriers, when they come, say nothing any more. */
  overtake(checkpointId: number): void {
    this.completed = Math.max(this.completed, checkpointId);
    this.pending = 0;
    this.barriers.fill(0);
  }

  private wanted(): number {
    if (this.pending !== 0) return this.pending;
    return this.triggered > this.completed && this.ended.every((each) => each) ? this.triggered : 0;
  }
}
