/** A MessagePort as a transport: Node's, Electron's in the engine, and the page's look different only in how they tell of messages. */
import type { Frame, Transport } from '../transport.ts';

/** What Node's `MessagePort` and Electron's `MessagePortMain` share; main's delivers `{ data }`, Node's the bare value. */
export interface EmittingPort {
  postMessage(message: unknown): void;
  on(event: 'message' | 'close', listener: (message: unknown) => void): unknown;
  start(): void;
  close(): void;
}

export function createPortTransport(port: EmittingPort): Transport {
  const closeListeners: (() => void)[] = [];
  let open = true;
  const closed = (): void => {
    if (!open) return;
    open = false;
    for (const listener of closeListeners) listener();
  };
  port.on('close', closed);
  port.start();
  return {
    send: (frame) => {
      if (open) port.postMessage(frame);
    },
    onMessage: (listener) => {
      port.on('message', (message) => {
        const frame = frameOf(message);
        if (frame !== null) listener(frame);
      });
    },
    onClose: (listener) => closeListeners.push(listener),
    close: () => {
      port.close();
      closed();
    },
  };
}

function frameOf(message: unknown): Frame | null {
  const value = typeof message === 'object' && message !== null && 'data' in message ? message.data : message;
  return typeof value === 'string' || value instanceof Uint8Array ? value : null;
}
