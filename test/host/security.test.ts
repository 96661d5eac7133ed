/** The local server against other pages, other users and crafted requests: every route with every kind of wrong caller. */
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createHostClient } from '../../engine/host/client.ts';
import type { HostClient } from '../../engine/host/contract.ts';
import type { LaunchEngine } from '../../engine/host/engine-supervisor.ts';
import { scheduleWithTimers } from '../../engine/host/service-client.ts';
import { METHOD_SIDES } from '../../engine/host/sides.ts';
import type { WebHost } from '../../engine/host/web.ts';
import { startWebHost } from '../../engine/host/web.ts';
import { createTestWebConnection } from '../support/web-client.ts';

let directory: string;
let host: WebHost;
const logged: string[] = [];

/** Ready at once, answers nothing: no request of a stranger may come this far. */
const reachedEngine: string[] = [];
const launchSilent: LaunchEngine = (events) => {
  queueMicrotask(() => events.message({ kind: 'ready' }));
  return {
    pid: 1,
    send: (message) => {
      reachedEngine.push(message.kind);
      if (message.kind === 'shutdown') events.exited('shutdown');
    },
    kill: () => events.exited('killed'),
  };
};

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'millrace-security-'));
  for (const folder of ['page/assets', 'workspace/inner', 'outside', 'workspace-evil'])
    mkdirSync(path.join(directory, folder), { recursive: true });
  writeFileSync(
    path.join(directory, 'page/index.html'),
    '<!doctype html>\n<html lang="en"><head><meta name="color-scheme" content="dark light" /></head></html>',
  );
  writeFileSync(path.join(directory, 'page/assets/app-1a2b3c.js'), 'export {};');
  writeFileSync(path.join(directory, 'outside/secret.json'), '{"canary":true}');
  writeFileSync(path.join(directory, 'workspace-evil/secret.json'), '{"canary":true}');
  symlinkSync(path.join(directory, 'outside'), path.join(directory, 'workspace/link'));
  symlinkSync(path.join(directory, 'outside/secret.json'), path.join(directory, 'workspace/file-link.json'));
  host = await startWebHost({
    version: '1',
    electron: false,
    stateDirectory: path.join(directory, 'state'),
    templatesDirectory: path.join(directory, 'templates'),
    roots: [{ name: 'workspace', path: path.join(directory, 'workspace') }],
    port: 0,
    pageDirectory: path.join(directory, 'page'),
    launchEngine: launchSilent,
    log: (line) => logged.push(line),
  });
});

afterAll(async () => {
  await host.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** Raw, because a browser's fetch would tidy the path and refuse the headers that an attacker sends. */
function send(target: string, headers: Record<string, string>, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: host.port, path: target, method, headers, setHost: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

const own = (): string => `127.0.0.1:${host.port}`;

/** Resolves to the status that refused the upgrade, or to what the server said to the first message. */
function openSocket(headers: Record<string, string>, hello: string | Buffer | null, target = '/socket'): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${target}`, { headers });
    const said: string[] = [];
    socket.on('unexpected-response', (_request, response) => {
      resolve(String(response.statusCode));
      response.destroy();
    });
    socket.on('open', () => {
      if (hello === null) socket.send(JSON.stringify({ kind: 'call', id: 1, method: 'app.info', params: {} }));
      else socket.send(hello);
    });
    socket.on('message', (data: Buffer) => {
      said.push(data.toString().charAt(0));
      if (said[0] === 'W') socket.close();
    });
    socket.on('close', (code) => resolve(`${said.join('')} ${code}`));
    socket.on('error', () => {});
  });
}

describe('requests for the page', () => {
  const routes = ['/', '/index.html', '/assets/app-1a2b3c.js'];
  const wrongCallers: readonly (readonly [string, () => Record<string, string>])[] = [
    ['a foreign Host', () => ({ Host: `evil.test:${host.port}` })],
    ['a Host of another port', () => ({ Host: '127.0.0.1:1' })],
    ['a Host without port', () => ({ Host: '127.0.0.1' })],
    ['a Host with user and port trick', () => ({ Host: `${own()}@evil.test` })],
    ['a Host that continues', () => ({ Host: `${own()}.evil.test` })],
    ['0.0.0.0 as Host', () => ({ Host: `0.0.0.0:${host.port}` })],
    ['localhost by name', () => ({ Host: `localhost:${host.port}` })],
    ['a foreign Origin', () => ({ Host: own(), Origin: 'https://evil.test' })],
    ['a null Origin', () => ({ Host: own(), Origin: 'null' })],
    ['an Origin with another scheme', () => ({ Host: own(), Origin: `https://${own()}` })],
  ];
  it.each(routes.flatMap((route) => wrongCallers.map(([name, headers]) => ({ route, name, headers }))))(
    'refuses $route with $name',
    async ({ route, headers }) => {
      const answer = await send(route, headers());
      expect({ status: answer.status, cors: answer.headers['access-control-allow-origin'] }).toEqual({ status: 403, cors: undefined });
    },
  );

  it.each(routes)('serves %s to itself, with the headers that keep it alone', async (route) => {
    const answer = await send(route, { Host: own() });
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s', async (method) => {
    expect((await send('/', { Host: own() }, method)).status).toBe(405);
  });

  it.each([
    '/../outside/secret.json',
    '/assets/../../outside/secret.json',
    '/%2e%2e/outside/secret.json',
    '/%252e%252e/outside/secret.json',
    '/..%5coutside%5csecret.json',
    '/..\\outside\\secret.json',
    '/assets/app-1a2b3c.js%00.html',
    '//etc/passwd',
    '/state/preferences.json',
    `/${'a'.repeat(8000)}`,
  ])('finds nothing at %s', async (target) => {
    const answer = await send(target, { Host: own() });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('canary');
  });

  it('writes theme and language into the page, and nothing else', async () => {
    await host.service.preferences.set({ theme: 'light', language: 'zh' });
    expect((await send('/', { Host: own() })).body).toContain(
      '<html lang="zh-CN" data-theme="light"><head><meta name="color-scheme" content="light"',
    );
    await host.service.preferences.set({ theme: '"><script>', language: '"><script>' });
    expect((await send('/', { Host: own() })).body).not.toContain('<script>');
  });
});

describe('sockets', () => {
  it.each([
    ['no Origin', () => ({})],
    ['a null Origin', () => ({ Origin: 'null' })],
    ['a foreign Origin', () => ({ Origin: 'https://evil.test' })],
    ['an Origin of another port', () => ({ Origin: 'http://127.0.0.1:1' })],
    ['localhost as Origin', () => ({ Origin: `http://localhost:${host.port}` })],
    ['a foreign Host', () => ({ Origin: `http://${own()}`, Host: `evil.test:${host.port}` })],
  ] as const)('are not opened with %s', async (_name, headers) => {
    const code = new URL(host.createLink()).hash.slice('#code='.length);
    expect(await openSocket(headers(), JSON.stringify({ code }))).toBe('403');
  });

  it.each(['/', '/socket2', '/socket?x=1', '/assets/app-1a2b3c.js'])('are not opened at %s', async (target) => {
    expect(await openSocket({ Origin: `http://${own()}` }, '{}', target)).toBe('403');
  });

  it.each([
    ['no secret but a call', null],
    ['a bad code', '{"code":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}'],
    ['a bad token', '{"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}'],
    ['an empty token', '{"token":""}'],
    ['a token that is an object', '{"token":{"toString":1}}'],
    ['no JSON', 'hello'],
    ['bytes', Buffer.from('{"token":"x"}')],
    ['a long message', JSON.stringify({ token: 'x'.repeat(1_000_000) })],
  ] as const)('are closed after %s', async (_name, hello) => {
    expect(await openSocket({ Origin: `http://${own()}` }, hello)).toBe('R 4401');
  });

  it('accept a code once', async () => {
    const hello = JSON.stringify({ code: new URL(host.createLink()).hash.slice('#code='.length) });
    expect((await openSocket({ Origin: `http://${own()}` }, hello)).charAt(0)).toBe('W');
    expect(await openSocket({ Origin: `http://${own()}` }, hello)).toBe('R 4401');
  });

  it('let no stranger reach the engine, and leave no secret in the log', () => {
    const link = host.createLink();
    expect(logged.join('\n')).not.toContain(new URL(link).hash.slice('#code='.length));
    expect(logged.join('\n')).not.toMatch(/[A-Za-z0-9_-]{43}/);
    expect(reachedEngine.filter((kind) => kind === 'frame')).toEqual([]);
  });
});

describe('what an accepted page may ask', () => {
  let client: HostClient;
  beforeAll(() => {
    client = createHostClient(createTestWebConnection(host.createLink()), scheduleWithTimers);
  });
  afterAll(() => client.close());

  const paths = (): readonly string[] => [
    path.join(directory, 'outside/secret.json'),
    `${path.join(directory, 'workspace')}/../outside/secret.json`,
    path.join(directory, 'workspace-evil/secret.json'),
    path.join(directory, 'workspace/link/secret.json'),
    path.join(directory, 'workspace/file-link.json'),
    'workspace/x.json',
    '../outside/secret.json',
    '',
    '/',
    '\\\\server\\share\\x',
    '//server/share/x',
    `${path.join(directory, 'workspace')}/\0x`,
    `/${'a'.repeat(5000)}`,
    path.join(directory, 'state/preferences.json'),
    '/proc/self/environ',
  ];

  it('opens, lists and writes nothing outside its folders', async () => {
    for (const wanted of paths()) {
      await expect(client.call('file.open', { path: wanted }), `open ${wanted}`).rejects.toMatchObject({ code: 'MR6202' });
      await expect(client.call('file.list', { path: wanted }), `list ${wanted}`).rejects.toMatchObject({ code: 'MR6202' });
      await expect(client.call('file.save', { path: wanted, text: 'x', expected: null }), `save ${wanted}`).rejects.toMatchObject({
        code: 'MR6202',
      });
    }
  });

  it('copies dropped data only under a plain name beside a pipeline it may open', async () => {
    const pipelinePath = path.join(directory, 'workspace', 'drops.json');
    await client.call('file.save', { path: pipelinePath, text: '{}', expected: null });
    for (const name of ['../x.csv', '/etc/x.csv', 'a/b.csv', 'a\\b.csv', '..', '.hidden', '', 'a\0.csv', 'x'.repeat(300)])
      await expect(client.call('file.addData', { pipelinePath, name, text: 'x' }), name).rejects.toMatchObject({ code: 'MR6202' });
    for (const wanted of paths())
      await expect(client.call('file.addData', { pipelinePath: wanted, name: 'x.csv', text: 'x' }), wanted).rejects.toMatchObject({
        code: 'MR6202',
      });
  });

  it('keeps drafts with strange ids inside the drafts folder', async () => {
    for (const documentId of ['../../escape', '/etc/x', '..', 'a\0b', '', 'x'.repeat(10_000), '__proto__', 'con']) {
      await client.call('draft.save', { documentId, path: '', name: '', text: 'draft', edits: 1, base: null });
      await client.call('draft.read', { draftId: documentId });
      await client.call('draft.forget', { draftId: documentId });
    }
    expect(statSync(path.join(directory, 'state', 'drafts')).mode & 0o777).toBe(0o700);
    await expect(client.call('file.open', { path: path.join(directory, 'escape') })).rejects.toMatchObject({ code: 'MR6202' });
  });

  it('refuses preferences and templates that reach for more', async () => {
    await expect(client.call('preferences.set', { patch: JSON.parse('{"__proto__":{"x":1}}') })).rejects.toMatchObject({ code: 'MR6204' });
    for (const name of ['../outside', '..', '/', 'a/b', '']) {
      await expect(client.call('template.open', { name, language: 'en' })).rejects.toMatchObject({ code: 'MR6210' });
    }
    expect(statSync(path.join(directory, 'state', 'preferences.json')).mode & 0o777).toBe(0o600);
  });

  it.each(Object.keys(METHOD_SIDES).filter((method) => METHOD_SIDES[method as keyof typeof METHOD_SIDES] === 'host'))(
    'checks the parameters of %s',
    async (method) => {
      for (const params of [null, [], 'text', 7]) {
        const call = client.call as (method: string, params: unknown) => Promise<unknown>;
        await expect(call.call(client, method, params)).rejects.toMatchObject({ code: 'MR6001' });
      }
    },
  );

  it('knows no other methods', async () => {
    for (const method of ['constructor', '__proto__', 'toString', 'file.delete', '']) {
      const { socketAnswer } = await rawCall(method);
      expect(socketAnswer).toContain('MR6002');
    }
  });
});

/** Sends a call that the typed client would not. */
function rawCall(method: string): Promise<{ readonly socketAnswer: string }> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${own()}/socket`, { headers: { Origin: `http://${own()}` } });
    socket.on('open', () => socket.send(JSON.stringify({ code: new URL(host.createLink()).hash.slice('#code='.length) })));
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.startsWith('W')) socket.send(`h${JSON.stringify({ kind: 'call', id: 1, method, params: {} })}`);
      else if (text.startsWith('h')) {
        socket.close();
        resolve({ socketAnswer: text });
      }
    });
  });
}
