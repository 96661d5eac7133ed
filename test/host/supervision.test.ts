/** A real engine process under a real host: killed without warning, it is started again and goes on with its runs; without its host it ends. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHostClient } from '../../engine/host/client.ts';
import type { EngineState, HostClient } from '../../engine/host/contract.ts';
import { scheduleWithTimers } from '../../engine/host/service-client.ts';
import { launchChildEngine } from '../../engine/host/transports/child-engine.ts';
import type { WebHost } from '../../engine/host/web.ts';
import { startWebHost } from '../../engine/host/web.ts';
import { bundleProgram } from '../support/build.ts';
import { createTestWebConnection } from '../support/web-client.ts';

let directory: string;
let host: WebHost;
let client: HostClient;
const logged: string[] = [];

beforeAll(async () => {
  const engineFile = await bundleProgram('test/support/fake-engine-process.ts');
  directory = mkdtempSync(path.join(tmpdir(), 'millrace-supervision-'));
  mkdirSync(path.join(directory, 'page'));
  writeFileSync(path.join(directory, 'page/index.html'), '<!doctype html><html></html>');
  host = await startWebHost({
    version: '1',
    electron: false,
    stateDirectory: path.join(directory, 'state'),
    templatesDirectory: path.join(directory, 'templates'),
    roots: [{ name: 'workspace', path: directory }],
    port: 0,
    pageDirectory: path.join(directory, 'page'),
    launchEngine: launchChildEngine(engineFile, { runsDirectory: path.join(directory, 'runs') }),
    log: (line) => logged.push(line),
  });
  client = createHostClient(createTestWebConnection(host.createLink()), scheduleWithTimers);
});

afterAll(async () => {
  client.close();
  await host.close();
  rmSync(directory, { recursive: true, force: true });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the engine process', () => {
  it('is started again after kill -9, and continues its runs under their names', async () => {
    const states: EngineState[] = [];
    client.listen('engine.state', (state) => states.push(state));
    const run = await client.call('run.start', { path: path.join(directory, 'p.json'), text: '{}', options: { restore: 'none' } });
    expect(readdirSync(path.join(directory, 'runs'))).toEqual([`${run.runId}.run.json`]);
    const { pid } = host.supervisor.current();
    if (pid === null) throw new Error('the engine has no process');
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => states.at(-1), { timeout: 10_000 }).toMatchObject({ state: 'ready', restarts: 1 });
    const runs = await client.call('run.list', {});
    expect(runs.map((status) => ({ runId: status.runId, phase: status.phase }))).toEqual([{ runId: run.runId, phase: 'running' }]);
    expect(states.map((state) => state.state)).toContain('restarting');
    expect(logged.join('\n')).toContain('SIGKILL');
  });

  it('forgets a run that was stopped', async () => {
    const [run] = await client.call('run.list', {});
    await client.call('run.stop', { runId: run.runId, mode: 'discard' });
    await expect.poll(() => readdirSync(path.join(directory, 'runs'))).toEqual([]);
    const before = host.supervisor.current().restarts;
    await client.call('run.killEngine', {});
    await expect.poll(() => host.supervisor.current(), { timeout: 10_000 }).toMatchObject({ state: 'ready', restarts: before + 1 });
    expect(await client.call('run.list', {})).toEqual([]);
  });

  it('shows a run that cannot be continued as lost, and does not try for ever', async () => {
    await client.call('run.start', { path: path.join(directory, 'p.json'), text: '{}', options: { restore: 'none' } });
    const record = path.join(directory, 'runs', 'run-1.run.json');
    expect(existsSync(record)).toBe(true);
    writeFileSync(
      record,
      JSON.stringify({
        version: 1,
        runId: 'run-1',
        startedAtMs: 1,
        engineDeaths: 0,
        request: { path: '/p.json', text: 'refuse', options: { restore: 'none' } },
      }),
    );
    const before = host.supervisor.current().restarts;
    await client.call('engine.restart', {});
    await expect.poll(() => host.supervisor.current(), { timeout: 10_000 }).toMatchObject({ state: 'ready', restarts: before + 1 });
    expect(await client.call('run.list', {})).toMatchObject([{ runId: 'run-1', phase: 'lost', error: { code: 'MR2000' } }]);
    expect(existsSync(record)).toBe(false);
  });

  it('ends with its host', async () => {
    const { pid } = host.supervisor.current();
    if (pid === null) throw new Error('the engine has no process');
    await host.supervisor.stop();
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect(host.supervisor.current().state).toBe('down');
  });
});
