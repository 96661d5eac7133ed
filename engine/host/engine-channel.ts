/** Messages between a host and its engine process: any number of page connections over one channel, frames unread. */
import type { Frame, Transport } from './transport.ts';

/** Given to the engine process as its only argument, as JSON. */
export interface EngineOptions {
  /** The engine keeps the list of its running jobs here, so that its successor finds them. */
  readonly runsDirectory: string;
  /** The host's list of pipelines whose custom code may run; absent: none may. */
  readonly trustedFile?: string;
}

export type ToEngine =
  | { readonly kind: 'open'; readonly channel: number }
  | { readonly kind: 'frame'; readonly channel: number; readonly frame: Frame }
  | { readonly kind: 'close'; readonly channel: number }
  | { readonly kind: 'shutdown' };

export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'frame'; readonly channel: number; readonly frame: Frame }
  | { readonly kind: 'close'; readonly channel: number };

interface ChannelEnd {
  readonly transport: Transport;
  deliver(frame: Frame): void;
  closed(): void;
}

/** The transports of one end, by channel number. */
export class ChannelSet {
  private readonly ends = new Map<number, ChannelEnd>();
  private readonly send: (message: Extract<ToEngine & FromEngine, { kind: 'frame' | 'close' }>) => void;

  constructor(send: (message: Extract<ToEngine & FromEngine, { kind: 'frame' | 'close' }>) => void) {
    this.send = send;
  }

  open(channel: number): Transport {
    const messageListeners: ((frame: Frame) => void)[] = [];
    const closeListeners: (() => void)[] = [];
    const end: ChannelEnd = {
      deliver: (frame) => {
        for (const listener of messageListeners) listener(frame);
      },
      closed: () => {
        for (const listener of closeListeners) listener();
      },
      transport: {
        send: (frame) => {
          if (this.ends.get(channel) === end) this.send({ kind: 'frame', channel, frame });
        },
        onMessage: (listener) => messageListeners.push(listener),
        onClose: (listener) => closeListeners.push(listener),
        close: () => {
          if (this.ends.get(channel) === end) this.send({ kind: 'close', channel });
          this.closed(channel);
        },
      },
    };
    this.ends.set(channel, end);
    return end.transport;
  }

  deliver(channel: number, frame: Frame): void {
    this.ends.get(channel)?.deliver(frame);
  }

  closed(channel: number): void {
    const end = this.ends.get(channel);
    this.ends.delete(channel);
    end?.closed();
  }

  closeAll(): void {
    for (const channel of [...this.ends.keys()]) this.closed(channel);
  }
}
