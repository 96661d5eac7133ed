/** Every method and event of the contract behaves the same over each transport: in memory, through MessagePorts, through the browser host. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../engine/host/client.ts';
import { createHostClient } from '../../engine/host/client.ts';
import type { Events, HostClient, RunLogNews, RunMetrics } from '../../engine/host/contract.ts';
import { ChannelSet } from '../../engine/host/engine-channel.ts';
import type { EngineService } from '../../engine/host/engine-service.ts';
import { createEngineService } from '../../engine/host/engine-service.ts';
import type { EngineChildEvents, LaunchEngine } from '../../engine/host/engine-supervisor.ts';
import { serve } from '../../engine/host/serve.ts';
import { scheduleWithTimers } from '../../engine/host/service-client.ts';
import { RunRecords } from '../../engine/host/services/run-records.ts';
import { METHOD_SIDES } from '../../engine/host/sides.ts';
import type { Transport } from '../../engine/host/transport.ts';
import { createMemoryTransports } from '../../engine/host/transports/memory-transport.ts';
import { createPortTransport } from '../../engine/host/transports/port-transport.ts';
import type { WebHost } from '../../engine/host/web.ts';
import { startWebHost } from '../../engine/host/web.ts';
import type { FakeJobs } from '../support/fake-jobs.ts';
import { createFakeJobs, fakeLogEntry, fakeMetrics, fakeStatus } from '../support/fake-jobs.ts';
import { fakeTools } from '../support/fake-tools.ts';
import { createTestWebConnection } from '../support/web-client.ts';

type Kind = 'memory' | 'message port' | 'web socket';

let directory: string;
let workspace: string;
let jobs: FakeJobs;
let engine: EngineService;
let host: WebHost;
const clients: HostClient[] = [];

/** The fake engine lives in this process, so that a test can make it speak. */
const launchInProcess: LaunchEngine = (events: EngineChildEvents) => {
  const channels = new ChannelSet((message) => events.message(message));
  queueMicrotask(() => events.message({ kind: 'ready' }));
  return {
    pid: 1,
    send: (message) => {
      if (message.kind === 'open') serve(channels.open(message.channel), engine);
      else if (message.kind === 'frame') channels.deliver(message.channel, message.frame);
      else if (message.kind === 'close') channels.closed(message.channel);
      else events.exited('shutdown');
    },
    kill: () => {
      channels.closeAll();
      events.exited('SIGKILL');
    },
  };
};

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'millrace-contract-'));
  workspace = path.join(directory, 'workspace');
  mkdirSync(path.join(directory, 'page'));
  mkdirSync(path.join(directory, 'templates', 'demo'), { recursive: true });
  mkdirSync(workspace);
  writeFileSync(path.join(directory, 'page', 'index.html'), '<!doctype html><html lang="en"><head></head><body></body></html>');
  writeFileSync(
    path.join(directory, 'templates', 'demo', 'pipeline.json'),
    '{"id":"demo","name":"Demo","nodes":[{"id":"n1","label":"One"}]}\n',
  );
  writeFileSync(
    path.join(directory, 'templates', 'demo', 'template.json'),
    '{"title":{"en":"Demo","zh":"演示"},"summary":{"en":"s","zh":"摘"},"labels":{"zh":{"n1":"一"}}}',
  );
  jobs = createFakeJobs();
  engine = createEngineService(jobs, fakeTools, new RunRecords(path.join(directory, 'runs')), () => {});
  host = await startWebHost({
    version: '1.2.3',
    electron: false,
    stateDirectory: path.join(directory, 'state'),
    templatesDirectory: path.join(directory, 'templates'),
    roots: [{ name: 'workspace', path: workspace }],
    port: 0,
    pageDirectory: path.join(directory, 'page'),
    launchEngine: launchInProcess,
    log: () => {},
  });
});

afterAll(async () => {
  for (const client of clients) client.close();
  await host.close();
  rmSync(directory, { recursive: true, force: true });
});

function connect(kind: Kind): HostClient {
  const connection = kind === 'web socket' ? createTestWebConnection(host.createLink()) : createSplitConnection(kind);
  const client = createHostClient(connection, scheduleWithTimers);
  clients.push(client);
  return client;
}

/** One transport per side, as on the desktop. */
function createSplitConnection(kind: Kind): Connection {
  const open: Transport[] = [];
  return {
    start: (listener) => {
      for (const [side, service] of [
        ['host', host.service],
        ['engine', engine],
      ] as const) {
        const [pageEnd, serverEnd] = kind === 'memory' ? createMemoryTransports() : createPortPair();
        open.push(pageEnd);
        serve(serverEnd, service);
        listener.up(side, pageEnd);
      }
    },
    close: () => {
      for (const transport of open) transport.close();
    },
  };
}

function createPortPair(): readonly [Transport, Transport] {
  const { port1, port2 } = new MessageChannel();
  return [createPortTransport(port1), createPortTransport(port2)];
}

function nextEvent<E extends keyof Events>(
  client: HostClient,
  event: E,
  fits: (value: Events[E]) => boolean,
): Promise<{ value: Events[E]; sequence: number }> {
  return new Promise((resolve) => {
    const end = client.listen(event, (value, sequence) => {
      if (!fits(value)) return;
      end();
      resolve({ value, sequence });
    });
  });
}

describe.each<Kind>(['memory', 'message port', 'web socket'])('the contract over %s', (kind) => {
  it('answers every method of the map', async () => {
    const client = connect(kind);
    const file = path.join(workspace, `${kind.replaceAll(' ', '-')}.json`);
    const answered = new Set<string>();
    const call: HostClient['call'] = (method, params) => {
      answered.add(method);
      return client.call(method, params);
    };
    const info = await call('app.info', {});
    expect(info.version).toBe('1.2.3');
    expect(info.templates).toMatchObject([
      { name: 'demo', group: 'etl', title: { en: 'Demo', zh: '演示' }, summary: { en: 's', zh: '摘' } },
    ]);
    expect(await call('template.list', {})).toMatchObject([{ name: 'demo', document: expect.stringContaining('"nodes"') }]);
    await call('preferences.set', { patch: { theme: 'dark' } });
    expect(await call('preferences.get', {})).toEqual({ theme: 'dark' });
    const saved = await call('file.save', { path: file, text: '{"id":"d1"}', expected: null });
    const added = await call('file.addData', { pipelinePath: file, name: 'rows.csv', text: 'a\n1\n' });
    expect(added.path).toMatch(/[\\/]data[\\/]rows\.csv$/);
    expect(await call('file.addData', { pipelinePath: file, name: 'rows.csv', text: 'a\n1\n' })).toEqual(added);
    expect((await call('file.addData', { pipelinePath: file, name: 'rows.csv', text: 'b\n' })).path).toMatch(/rows-\d+\.csv$/);
    expect((await call('file.roots', {})).map((root) => root.name)).toEqual(['workspace', 'Home', 'Templates']);
    expect((await call('file.list', { path: workspace })).map((entry) => entry.name)).toContain(path.basename(file));
    const draft = { documentId: 'd1', path: file, name: 'one', text: '{"id":"d1","x":1}', edits: 2, base: saved };
    await call('draft.save', draft);
    expect(await call('file.open', { path: file })).toMatchObject({
      text: '{"id":"d1"}',
      hash: saved.hash,
      draft: { text: '{"id":"d1","x":1}', edits: 2, base: saved, sameLaunch: true },
    });
    expect((await call('recent.list', {}))[0]).toMatchObject({ path: file, draft: { edits: 2 } });
    await call('draft.putAside', { documentId: 'd1', path: file });
    const aside = (await call('draft.list', {})).find((info) => info.path === file);
    expect(aside).toMatchObject({ name: 'one', aside: true });
    expect(await call('draft.read', { draftId: aside?.draftId ?? '' })).toMatchObject({ text: draft.text });
    await call('draft.forget', { draftId: aside?.draftId ?? '' });
    await call('draft.discard', { documentId: 'd1', path: file });
    await call('recent.forget', { path: file });
    expect(await call('pipeline.trust', { path: file })).toEqual({ trusted: true });
    expect(await call('launch.interruptedRuns', {})).toEqual([]);
    expect(await call('checkpoint.check', { path: file, text: '{}', checkpoint: '/sp-gone' })).toMatchObject({
      problems: [{ code: 'MR5024' }],
    });
    expect(await call('checkpoint.list', { path: file, text: '{}' })).toEqual({ checkpoints: [], goesOnFrom: null });
    expect((await call('file.open', { path: file })).draft).toBeNull();
    const exported = path.join(workspace, `${kind.replaceAll(' ', '-')}.sql`);
    expect(await call('export.save', { path: exported, content: 'YQ==', encoding: 'base64', replace: false })).toMatchObject({
      sizeBytes: 1,
    });
    expect(await call('file.peek', { path: file })).toMatchObject({ text: '{"id":"d1"}' });
    expect((await call('template.open', { name: 'demo', language: 'zh' })).text).toContain('"label": "一"');
    expect(await call('pipeline.plan', { text: '{}' })).toEqual({ plan: null, problems: [] });
    expect(await call('pipeline.check', { text: '', path: file })).toMatchObject({ problems: [{ code: 'MR2001' }] });
    expect(await call('schema.infer', { nodeType: 'x', config: {}, baseDirectory: workspace })).toEqual({
      fields: [{ name: 'a', type: 'BIGINT' }],
      sampleRows: 3,
    });
    const run = await call('run.start', { path: file, text: '{}', options: { restore: 'none' } });
    expect((await call('run.list', {})).map((status) => status.runId)).toContain(run.runId);
    expect(await call('run.checkpoints', { runId: run.runId })).toEqual([]);
    expect((await call('run.subtasks', { runId: run.runId, nodeId: 'n7' }))[0]).toMatchObject({
      nodeId: 'n7',
      watermark: Number.POSITIVE_INFINITY,
    });
    expect(await call('run.time', { runId: run.runId, nodeId: 'n7' })).toMatchObject({
      nodeId: 'n7',
      watermark: Number.POSITIVE_INFINITY,
      channels: [{ watermark: null }],
    });
    expect(await call('run.tail', { runId: run.runId, edgeId: 'e1', afterSequence: 6, rowsMax: 10 })).toEqual({
      rows: ['{"a":1}'],
      last: 7,
      total: 1,
    });
    expect(await call('run.preview', { runId: run.runId, nodeId: 'n1', rowsMax: 10 })).toEqual({ rows: [], total: 0 });
    expect(await call('run.results', { runId: run.runId, nodeId: 'n1', afterSequence: 2 })).toMatchObject({
      first: 3,
      last: 3,
      fromStart: true,
    });
    expect(await call('run.spec', { runId: run.runId })).toEqual({ text: '{}' });
    expect(await call('run.logs', { runId: run.runId, afterSequence: 0 })).toEqual({ entries: [fakeLogEntry(run.runId)], last: 1 });
    expect(await call('run.logs', { runId: run.runId, afterSequence: 1 })).toEqual({ entries: [], last: 1 });
    const place = { path: file, text: '{}' };
    expect(await call('history.list', place)).toMatchObject({ runs: [{ runId: 'old' }], damaged: [{ reason: 'it is torn' }] });
    expect(await call('history.show', { ...place, runId: 'old' })).toMatchObject({ outcome: 'finished', checkpoints: [] });
    expect(await call('history.spec', { ...place, runId: 'old' })).toEqual({ text: '{}' });
    expect((await call('history.log', { ...place, runId: 'old' })).entries).toHaveLength(1);
    expect(await call('preview.rows', { text: '{}', path: file, rowsMax: 9, nodes: ['n1'] })).toMatchObject({
      nodes: [{ nodeId: 'n1', state: 'live' }],
      durationMs: 9,
    });
    expect(await call('run.pace', { runId: run.runId, paused: true, speed: 'max' })).toMatchObject({ paused: true, speed: 'max' });
    expect((await call('run.savepoint', { runId: run.runId })).kind).toBe('savepoint');
    expect(await call('run.stop', { runId: run.runId, mode: 'keep-state' })).toEqual({ savepointPath: '/savepoints/1' });
    expect((await call('export.write', { text: 't', target: 'spec', path: file })).text).toBe('spec: t');
    await call('engine.restart', {});
    await call('run.killEngine', {});
    const ofTheDesktop = (method: string): boolean => method.startsWith('window.') || method.startsWith('dialog.');
    expect([...answered].sort()).toEqual(
      Object.keys(METHOD_SIDES)
        .filter((method) => !ofTheDesktop(method))
        .sort(),
    );
    await expect(client.call('window.takeFiles', {})).rejects.toMatchObject({ code: 'MR6002' });
  });

  it('carries refusals with code, place and way out', async () => {
    const client = connect(kind);
    await expect(client.call('run.start', { path: '/p.json', text: 'refuse', options: { restore: 'none' } })).rejects.toMatchObject({
      code: 'MR2000',
      details: { nodeId: 'n1', field: 'size' },
    });
    await expect(client.call('run.stop', { runId: 'nope', mode: 'drain' })).rejects.toMatchObject({
      code: 'MR5001',
      details: { remedy: 'list the runs' },
    });
    await expect(client.call('file.open', { path: '/etc/passwd' })).rejects.toMatchObject({ code: 'MR6202' });
    await expect(client.call('run.start', { path: 'relative.json', text: '', options: { restore: 'none' } })).rejects.toMatchObject({
      code: 'MR6003',
    });
  });

  it('tells a new listener the snapshot, then events with rising numbers', async () => {
    const client = connect(kind);
    expect((await nextEvent(client, 'engine.state', (state) => state.state === 'ready')).value.pid).toBe(1);
    const seen: { readonly phase: string; readonly sequence: number }[] = [];
    jobs.emitState(fakeStatus('watched', '/p.json'));
    const end = client.listen('run.state', (status, sequence) => {
      if (status.runId === 'watched') seen.push({ phase: status.phase, sequence });
    });
    await expect.poll(() => seen.length).toBe(1);
    jobs.emitState({ ...fakeStatus('watched', '/p.json'), phase: 'finished' });
    await expect.poll(() => seen.map((event) => event.phase)).toEqual(['running', 'finished']);
    expect(seen[1].sequence).toBe(seen[0].sequence + 1);
    end();
  });

  it('tells log entries as they come, and those of before on request', async () => {
    const client = connect(kind);
    const seen: RunLogNews[] = [];
    const end = client.listen('run.log', (news) => seen.push(news));
    const run = await client.call('run.start', { path: '/p.json', text: '{}', options: { restore: 'none' } });
    expect(seen).toEqual([]);
    for (const runId of [run.runId, 'other', run.runId]) jobs.emitLog(fakeLogEntry(runId));
    const [own, other] = [fakeLogEntry(run.runId), fakeLogEntry('other')];
    await expect
      .poll(() => seen)
      .toEqual([
        { runId: run.runId, entries: [own, own] },
        { runId: 'other', entries: [other] },
      ]);
    await expect(client.call('history.list', { path: '/p.json', text: '' })).rejects.toMatchObject({ code: 'MR6403' });
    end();
  });

  it('carries metrics exactly, absent and final watermarks included', async () => {
    const client = connect(kind);
    const received: RunMetrics[] = [];
    client.listen('run.metrics', (metrics) => received.push(metrics));
    await client.call('run.list', {});
    jobs.emitMetrics(fakeMetrics('m', 7));
    await expect.poll(() => received.at(-1)).toEqual(fakeMetrics('m', 7));
  });
});

describe('a lost engine', () => {
  it('fails unsafe calls, repeats safe ones and subscribes again', async () => {
    const client = connect('web socket');
    await nextEvent(client, 'engine.state', (state) => state.state === 'ready');
    const states: string[] = [];
    client.listen('run.state', (status) => {
      if (status.runId === 'survivor') states.push(status.phase);
    });
    await client.call('run.list', {});
    const before = host.supervisor.current().restarts;
    host.supervisor.kill();
    await expect(client.call('run.list', {})).resolves.toBeDefined();
    expect(host.supervisor.current().restarts).toBe(before + 1);
    jobs.emitState(fakeStatus('survivor', '/p.json'));
    await expect.poll(() => states).toEqual(['running']);
  });
});
