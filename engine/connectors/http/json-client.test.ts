/** Questions that share a request: one is sent, and everybody keeps a time and a number of attempts of their own. The test owns the timers. */
import type { ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { JsonClient, type JsonClientSettings } from './json-client.ts';

const TIMEOUT_MS = 10_000;
const DELAY_MS = 1000;

/** Requests that came and were not answered yet. */
let arrived: ServerResponse[] = [];
let awaited: ((response: ServerResponse) => void) | null = null;
let requests = 0;
let server: Server;
let client: JsonClient | null = null;

beforeEach(async () => {
  arrived = [];
  requests = 0;
  server = createServer((_request, response) => {
    requests++;
    if (awaited === null) arrived.push(response);
    else awaited(response);
    awaited = null;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
  client?.close();
  server.closeAllConnections();
  server.close();
});

function createClient(more: Partial<JsonClientSettings>): JsonClient {
  client = new JsonClient({
    ...{ scheme: 'http', host: '127.0.0.1', port: (server.address() as AddressInfo).port, connectionsMax: 10, timeoutMs: TIMEOUT_MS },
    ...{ retries: 0, retryDelayMs: DELAY_MS, exponential: false, retriesMissing: false, shares: true, headers: {} },
    ...more,
  });
  return client;
}

/** The next request that reaches the server. */
function request(): Promise<ServerResponse> {
  const first = arrived.shift();
  return first === undefined
    ? new Promise((resolve) => {
        awaited = resolve;
      })
    : Promise.resolve(first);
}

interface Asked {
  readonly end: Promise<string>;
  isOpen: boolean;
}

function ask(asked: JsonClient, path = '/1'): Asked {
  let told: (words: string) => void = () => undefined;
  const one: Asked = {
    end: new Promise((resolve) => {
      told = resolve;
    }),
    isOpen: true,
  };
  asked.ask(path, (answer) => {
    one.isOpen = false;
    told(answer.kind === 'found' ? String(answer.json) : answer.kind === 'failed' ? answer.reason : answer.kind);
  });
  return one;
}

function respond(response: ServerResponse, status: number, body = ''): void {
  response.writeHead(status);
  response.end(body);
}

test('one request for all who ask for the same while it is under way; other paths are asked for', async () => {
  const shared = createClient({});
  const same = [ask(shared), ask(shared), ask(shared)];
  const other = ask(shared, '/2');
  const [one, two] = [await request(), await request()];
  respond(one, 200, '"here"');
  respond(two, 404);
  expect(await Promise.all([...same, other].map(({ end }) => end))).toEqual(
    one.req.url === '/1' ? ['here', 'here', 'here', 'missing'] : ['missing', 'missing', 'missing', 'here'],
  );
  const later = ask(shared);
  respond(await request(), 200, '"again"');
  expect([await later.end, requests]).toEqual(['again', 3]);
});

test('without sharing everybody asks', async () => {
  const alone = createClient({ shares: false });
  const both = [ask(alone), ask(alone)];
  for (const body of ['"a"', '"b"']) respond(await request(), 200, body);
  expect((await Promise.all(both.map(({ end }) => end))).sort()).toEqual(['a', 'b']);
  expect(requests).toBe(2);
});

test('each has as many attempts as agreed, the one under way counted', async () => {
  const shared = createClient({ retries: 1 });
  const first = ask(shared);
  respond(await request(), 500);
  await until(() => vi.getTimerCount() === 2);
  vi.advanceTimersByTime(DELAY_MS);
  const second = await request();
  const joined = ask(shared);
  respond(second, 503);
  expect(await first.end).toBe('the server answered 503');
  expect(joined.isOpen).toBe(true);
  await until(() => vi.getTimerCount() === 2);
  vi.advanceTimersByTime(DELAY_MS);
  respond(await request(), 200, '"at last"');
  expect([await joined.end, requests]).toEqual(['at last', 3]);
});

test('who comes while another waits to try again does not wait with it', async () => {
  const shared = createClient({ retries: 1 });
  const first = ask(shared);
  respond(await request(), 500);
  await until(() => vi.getTimerCount() === 2);
  const second = ask(shared);
  respond(await request(), 200, '"at once"');
  expect([await second.end, first.isOpen]).toEqual(['at once', true]);
  vi.advanceTimersByTime(DELAY_MS);
  respond(await request(), 404);
  expect([await first.end, requests]).toEqual(['missing', 3]);
});

test('each has its own time: the request goes on for those who have some left, and ends with the last', async () => {
  const shared = createClient({});
  const first = ask(shared);
  const response = await request();
  vi.advanceTimersByTime(TIMEOUT_MS / 2);
  const second = ask(shared);
  vi.advanceTimersByTime(TIMEOUT_MS / 2);
  expect([await first.end, second.isOpen]).toEqual([`no answer within ${TIMEOUT_MS} ms`, true]);
  respond(response, 200, '"late"');
  expect([await second.end, requests]).toEqual(['late', 1]);
  const third = ask(shared);
  const gone = new Promise((resolve) => void request().then((unanswered) => unanswered.on('close', () => resolve('gone'))));
  await until(() => requests === 2);
  vi.advanceTimersByTime(TIMEOUT_MS);
  expect([await third.end, await gone]).toEqual([`no answer within ${TIMEOUT_MS} ms`, 'gone']);
});

test("a failure that trying again cannot mend is everybody's; nobody hears anything behind the end", async () => {
  const shared = createClient({ retries: 5 });
  const both = [ask(shared), ask(shared)];
  respond(await request(), 302);
  const told = await Promise.all(both.map(({ end }) => end));
  expect(told).toEqual(new Array(2).fill('the server answered 302: it refers to another address, which is not followed'));
  const [left, right] = [ask(shared), ask(shared)];
  const response = await request();
  shared.close();
  respond(response, 200, '"too late"');
  await new Promise((resolve) => setImmediate(resolve));
  expect([left.isOpen, right.isOpen, vi.getTimerCount()]).toEqual([true, true, 0]);
});

/** What the event loop brings. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
