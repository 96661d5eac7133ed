/** The page's connection: a code is used once, the token afterwards, lost sockets are opened again with growing pauses, a refusal is final. */
import { beforeEach, expect, it } from 'vitest';
import type { Side } from './sides.ts';
import type { Frame } from './transport.ts';
import type { Socket, SocketEvents } from './web-connection.ts';
import { createWebConnection } from './web-connection.ts';

interface FakeSocket extends Socket {
  readonly events: SocketEvents;
  readonly sent: Frame[];
}

let sockets: FakeSocket[];
let scheduled: { readonly delayMs: number; readonly action: () => void }[];
let token: string | null;
let code: string | null;
let refusals: number;
let changes: string[];

beforeEach(() => {
  sockets = [];
  scheduled = [];
  token = null;
  code = 'the-code';
  refusals = 0;
  changes = [];
});

function start(): { close(): void } {
  const connection = createWebConnection({
    schedule: (delayMs, action) => {
      scheduled.push({ delayMs, action });
      return () => scheduled.pop();
    },
    openSocket: (events) => {
      const sent: Frame[] = [];
      const socket: FakeSocket = { events, sent, send: (frame) => sent.push(frame), close: () => events.closed() };
      sockets.push(socket);
      return socket;
    },
    takeCode: () => {
      const taken = code;
      code = null;
      return taken;
    },
    readToken: () => token,
    storeToken: (value) => {
      token = value;
    },
    refused: () => refusals++,
  });
  const note = (what: string) => (side: Side) => changes.push(`${side} ${what}`);
  connection.start({ up: note('up'), down: note('down') });
  return connection;
}

it('exchanges the code for a token, and shows the token after a lost socket', () => {
  start();
  sockets[0].events.opened();
  expect(sockets[0].sent).toEqual(['{"code":"the-code"}']);
  sockets[0].events.received('Wthe-token');
  sockets[0].events.received('U');
  sockets[0].events.closed();
  expect(changes).toEqual(['host up', 'engine up', 'engine down', 'host down']);
  scheduled[0].action();
  sockets[1].events.opened();
  expect(sockets[1].sent).toEqual(['{"token":"the-token"}']);
});

it('tells when the engine comes and goes', () => {
  start();
  sockets[0].events.opened();
  for (const message of ['Wt', 'U', 'D', 'U']) sockets[0].events.received(message);
  expect(changes).toEqual(['host up', 'engine up', 'engine down', 'engine up']);
});

it('waits longer each time, and starts over after a welcome', () => {
  start();
  for (let attempt = 0; attempt < 7; attempt++) {
    sockets[attempt].events.closed();
    scheduled[attempt].action();
  }
  expect(scheduled.map((each) => each.delayMs)).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  sockets[7].events.received('Wt');
  sockets[7].events.closed();
  expect(scheduled[7].delayMs).toBe(250);
});

it('gives up after a refusal and forgets the token', () => {
  token = 'of another host';
  code = null;
  start();
  sockets[0].events.opened();
  sockets[0].events.received('R');
  expect({ refusals, token, opened: sockets.length, scheduled: scheduled.length }).toEqual({
    refusals: 1,
    token: null,
    opened: 1,
    scheduled: 0,
  });
});

it('does not even ask without code and token', () => {
  code = null;
  start();
  sockets[0].events.opened();
  expect({ refusals, sent: sockets[0].sent }).toEqual({ refusals: 1, sent: [] });
});

it('does not come back after it was closed', () => {
  const connection = start();
  sockets[0].events.opened();
  connection.close();
  expect(scheduled).toEqual([]);
});
