/** The page's way to a desktop host: one MessagePort per side, handed over by the preload; the engine's again after each restart. */
import type { Connection, ConnectionListener } from './client.ts';
import type { Side } from './sides.ts';
import type { Frame, Transport } from './transport.ts';

/** The part of the page's MessagePort that is used. */
export interface PagePort {
  postMessage(message: Frame): void;
  close(): void;
  start(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

export interface PortEnvironment {
  /** `port` null: that side is gone; a new port follows when it is back. */
  onPort(listener: (side: Side, port: PagePort | null) => void): void;
  /** Asks the desktop for ports. */
  connect(): void;
}

export function createPortConnection(environment: PortEnvironment): Connection {
  const ends = new Map<Side, { readonly port: PagePort; readonly closed: () => void }>();
  const drop = (side: Side, listener: ConnectionListener | null): void => {
    const end = ends.get(side);
    if (end === undefined) return;
    ends.delete(side);
    end.port.close();
    end.closed();
    listener?.down(side);
  };
  return {
    start: (listener) => {
      environment.onPort((side, port) => {
        drop(side, listener);
        if (port === null) return;
        const closeListeners: (() => void)[] = [];
        ends.set(side, { port, closed: () => callAll(closeListeners) });
        listener.up(side, createPageTransport(port, closeListeners));
      });
      environment.connect();
    },
    close: () => {
      drop('engine', null);
      drop('host', null);
    },
  };
}

function createPageTransport(port: PagePort, closeListeners: (() => void)[]): Transport {
  const messageListeners: ((frame: Frame) => void)[] = [];
  port.addEventListener('message', ({ data }) => {
    if (typeof data !== 'string' && !(data instanceof Uint8Array)) return;
    for (const listener of messageListeners) listener(data);
  });
  port.start();
  return {
    send: (frame) => port.postMessage(frame),
    onMessage: (listener) => messageListeners.push(listener),
    onClose: (listener) => closeListeners.push(listener),
    close: () => port.close(),
  };
}

function callAll(listeners: readonly (() => void)[]): void {
  for (const listener of listeners) listener();
}
