/** The page's connection, for tests in Node: the same code with the `ws` package as its socket. */
import { WebSocket } from 'ws';
import type { Connection } from '../../engine/host/client.ts';
import { scheduleWithTimers } from '../../engine/host/service-client.ts';
import { createWebConnection } from '../../engine/host/web-connection.ts';

interface Listener {
  readonly refused?: () => void;
  /** Another page of the same session needs it: the link's code is good for one. */
  readonly token?: (token: string) => void;
}

/** Connects as a page that was opened by `link`. */
export function createTestWebConnection(link: string, listener: Listener = {}): Connection {
  const address = new URL(link);
  let code: string | null = new URLSearchParams(address.hash.slice(1)).get('code');
  let stored: string | null = null;
  return createWebConnection({
    schedule: scheduleWithTimers,
    takeCode: () => {
      const taken = code;
      code = null;
      return taken;
    },
    readToken: () => stored,
    storeToken: (token) => {
      stored = token;
      if (token !== null) listener.token?.(token);
    },
    refused: listener.refused ?? (() => undefined),
    openSocket: (events) => {
      const socket = new WebSocket(`ws://${address.host}/socket`, { origin: address.origin });
      socket.on('open', events.opened);
      socket.on('close', events.closed);
      socket.on('error', () => {});
      socket.on('message', (data: Buffer, isBinary: boolean) => events.received(isBinary ? new Uint8Array(data) : data.toString('utf8')));
      return { send: (frame) => socket.send(frame), close: () => socket.close() };
    },
  });
}
