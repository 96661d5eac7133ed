/** The built product as a person gets it: the launched host with a template running, an engine killed under it, the command line. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHostClient } from '../../engine/host/client.ts';
import type { HostClient, RunMetrics, RunStatus } from '../../engine/host/contract.ts';
import { scheduleWithTimers } from '../../engine/host/service-client.ts';
import { buildTargets } from '../support/build.ts';
import type { RunningHost } from '../support/running-host.ts';
import { startHost } from '../support/running-host.ts';
import { REPOSITORY } from '../support/source-files.ts';
import { createTestWebConnection } from '../support/web-client.ts';

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

let directory: string;

beforeAll(async () => {
  await buildTargets('engine', 'renderer');
  directory = mkdtempSync(path.join(tmpdir(), 'millrace-product-'));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the browser host', () => {
  let host: RunningHost;
  let client: HostClient;
  let status: RunStatus | null = null;
  let metrics: RunMetrics | null = null;

  beforeAll(async () => {
    host = await startHost({ template: 'flights' });
    client = createHostClient(createTestWebConnection(host.link), scheduleWithTimers);
    client.listen('run.state', (value) => {
      status = value;
    });
    client.listen('run.metrics', (value) => {
      metrics = value;
    });
  });

  afterAll(async () => {
    client.close();
    await host.stop();
  });

  const rowsRead = (): number => metrics?.nodes.reduce((most, node) => Math.max(most, node.rowsOut), 0) ?? 0;

  it('runs the flights template by itself', async () => {
    await expect.poll(() => status?.phase, { timeout: 15_000 }).toBe('running');
    await expect.poll(rowsRead, { timeout: 10_000 }).toBeGreaterThan(100);
  });

  it('goes on with the run after kill -9 of the engine', async () => {
    const { runId } = await client.call('run.list', {}).then(([run]) => run);
    await expect.poll(() => metrics?.checkpointsComplete ?? 0, { timeout: 15_000 }).toBeGreaterThan(0);
    const { engine } = await client.call('app.info', {});
    if (engine.pid === null) throw new Error('the engine has no process');
    process.kill(engine.pid, 'SIGKILL');
    metrics = null;
    await expect.poll(rowsRead, { timeout: 15_000 }).toBeGreaterThan(100);
    const runs = await client.call('run.list', {});
    expect(runs.map((run) => ({ runId: run.runId, phase: run.phase }))).toEqual([{ runId, phase: 'running' }]);
    expect((await client.call('app.info', {})).engine).toMatchObject({ state: 'ready', restarts: 1 });
  });

  it('says nothing secret, and keeps its folder to itself', () => {
    expect(host.errors()).not.toContain(new URL(host.link).hash.slice('#code='.length));
    expect(statSync(path.join(host.workspace, '../state')).mode & 0o777).toBe(0o700);
  });
});

/** Runs the built command line to its end; `acted` may end it before. */
function millrace(programArguments: readonly string[], acted: (child: ChildProcess) => void = () => {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(REPOSITORY, 'build/engine/cli.cjs'), ...programArguments], { cwd: directory });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      errors += String(chunk);
    });
    child.on('exit', (code) => resolve({ code, output, errors }));
    acted(child);
  });
}

/** Rows as values: 1 and 1.0 are the same number in JSON. */
function readRows(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('part-'))
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n'))
    .filter((line) => line !== '')
    .map(normalise)
    .sort();
}

function normalise(line: string): string {
  return JSON.stringify(JSON.parse(line));
}

function copyTemplate(name: string): string {
  const folder = mkdtempSync(path.join(directory, `${name}-`));
  cpSync(path.join(REPOSITORY, 'templates', name), folder, { recursive: true });
  return folder;
}

const expectedRows = (template: string, file: string): readonly string[] =>
  readFileSync(path.join(REPOSITORY, 'templates', template, 'expected', file), 'utf8')
    .trimEnd()
    .split('\n')
    .map(normalise)
    .sort();

describe('the command line', () => {
  it('runs the flights template to the expected rows', async () => {
    const folder = copyTemplate('flights');
    const ended = await millrace(['run', path.join(folder, 'pipeline.json'), '--set', 'flights.rowsPerSecond=null']);
    expect(ended, ended.errors).toMatchObject({ code: 0 });
    expect(readRows(path.join(folder, 'out/delays'))).toEqual(expectedRows('flights', 'delays.ndjson'));
    expect(readRows(path.join(folder, 'out/late'))).toEqual(expectedRows('flights', 'late.ndjson'));
  });

  it('keeps the state when interrupted or killed and goes on from it to the same rows', async () => {
    // Watermarks are not part of state, in Flink as here: whether a row is late may change with a restart, so none is.
    const patient = ['--set', 'event-time.time={"column":"scheduled","delay":"365 d"}'];
    const reference = copyTemplate('flights');
    await millrace(['run', path.join(reference, 'pipeline.json'), '--set', 'flights.rowsPerSecond=null', ...patient]);
    const folder = copyTemplate('flights');
    const run = (rowsPerSecond: string): string[] => [
      ...['run', path.join(folder, 'pipeline.json'), '--set', `flights.rowsPerSecond=${rowsPerSecond}`, ...patient],
      ...['--checkpoints', path.join(folder, 'state'), '--checkpoint-interval', '100ms'],
    ];
    const interrupted = await millrace(run('5000'), (child) => setTimeout(() => child.kill('SIGINT'), 2_000));
    expect(interrupted, interrupted.errors).toMatchObject({ code: 130 });
    const killed = await millrace([...run('5000'), '--restore', 'latest'], (child) => setTimeout(() => child.kill('SIGKILL'), 2_000));
    expect(killed.code).toBeNull();
    const finished = await millrace([...run('null'), '--restore', 'latest', '--parallelism', '2']);
    expect(finished, finished.errors).toMatchObject({ code: 0 });
    expect(readRows(path.join(folder, 'out/delays'))).toEqual(readRows(path.join(reference, 'out/delays')));
  });

  it('refuses a second run on the same checkpoint folder', async () => {
    const folder = copyTemplate('flights');
    const run = ['run', path.join(folder, 'pipeline.json'), '--checkpoints', path.join(folder, 'state')];
    let first: ChildProcess | null = null;
    const ended = millrace(run, (child) => {
      first = child;
    });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const second = await millrace(run);
    expect(second, second.errors).toMatchObject({ code: 2 });
    const running: ChildProcess | null = first;
    if (running !== null) (running as ChildProcess).kill('SIGKILL');
    await ended;
  });

  it('checks, describes, infers, exports and lists', async () => {
    const pipeline = path.join(REPOSITORY, 'templates/flights/pipeline.json');
    expect(await millrace(['check', pipeline])).toMatchObject({ code: 0, output: 'no problems\n' });
    expect((await millrace(['describe', pipeline])).output).toContain('exactly-once');
    expect(
      (await millrace(['infer-schema', path.join(REPOSITORY, 'templates/flights/data/flights.csv'), '--set', 'nullText="NA"'])).output,
    ).toContain('dep_delay  BIGINT');
    expect((await millrace(['export', 'flink-sql', pipeline])).output).toContain('INSERT INTO');
    expect(JSON.parse((await millrace(['export', 'spec', pipeline])).output)).toMatchObject({ format: 'millrace-pipeline' });
    expect((await millrace(['nodes'])).output.split('\n').length).toBeGreaterThan(10);
  });
});
