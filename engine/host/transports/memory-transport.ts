/** Two ends joined in one process: for tests, and for a host that embeds its engine. Delivery is asynchronous, as over a wire. */
import type { Frame, Transport } from '../transport.ts';

class MemoryEnd implements Transport {
  other: MemoryEnd | null = null;
  private open = true;
  private readonly messageListeners: ((frame: Frame) => void)[] = [];
  private readonly closeListeners: (() => void)[] = [];

  send(frame: Frame): void {
    const { other } = this;
    if (this.open && other !== null) queueMicrotask(() => other.deliver(frame));
  }

  onMessage(listener: (frame: Frame) => void): void {
    this.messageListeners.push(listener);
  }

  onClose(listener: () => void): void {
    this.closeListeners.push(listener);
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    for (const listener of this.closeListeners) listener();
    const { other } = this;
    if (other !== null) queueMicrotask(() => other.close());
  }

  private deliver(frame: Frame): void {
    if (this.open) for (const listener of this.messageListeners) listener(frame);
  }
}

export function createMemoryTransports(): readonly [Transport, Transport] {
  const first = new MemoryEnd();
  const second = new MemoryEnd();
  first.other = second;
  second.other = first;
  return [first, second];
}
