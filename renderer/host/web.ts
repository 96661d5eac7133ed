/** The browser form's connection: the one-time code of the address becomes a token that lives as long as the tab. */
import type { Connection, Schedule } from '../../engine/host/client.ts';
import { createWebConnection } from '../../engine/host/web-connection.ts';

const TOKEN_KEY = 'millrace-token';
const SOCKET_PATH = '/socket';

export function connectBySocket(schedule: Schedule, refused: () => void): Connection {
  return createWebConnection({
    schedule,
    refused,
    takeCode,
    readToken: () => sessionStorage.getItem(TOKEN_KEY),
    storeToken: (token) => (token === null ? sessionStorage.removeItem(TOKEN_KEY) : sessionStorage.setItem(TOKEN_KEY, token)),
    openSocket(events) {
      const socket = new WebSocket(`ws://${window.location.host}${SOCKET_PATH}`);
      socket.binaryType = 'arraybuffer';
      socket.onopen = () => events.opened();
      socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) =>
        events.received(typeof data === 'string' ? data : new Uint8Array(data));
      socket.onclose = () => events.closed();
      return {
        // A frame that misses the closing socket is one that was lost with it; the client sends again what it may.
        send: (frame) => (socket.readyState === WebSocket.OPEN ? socket.send(frame as string | Uint8Array<ArrayBuffer>) : undefined),
        close: () => socket.close(),
      };
    },
  });
}

/** Out of the address at once, so that it is neither bookmarked nor shown. */
function takeCode(): string | null {
  const code = new URLSearchParams(window.location.hash.slice(1)).get('code');
  if (code === null) return null;
  window.history.replaceState(null, '', window.location.pathname);
  return code;
}
