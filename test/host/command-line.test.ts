/** What the command line makes of its arguments, and how it ends. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineError } from '../../engine/base/errors.ts';
import type { CommandLineWorld } from '../../engine/host/command-line/cli.ts';
import { runCommandLine } from '../../engine/host/command-line/cli.ts';
import { formatProgress } from '../../engine/host/command-line/progress.ts';
import type { PreviewNode, RunPhase } from '../../engine/host/contract.ts';
import type { JobStartRequest } from '../../engine/runtime/job-manager-api.ts';
import { createFakeJobs, fakeMetrics } from '../support/fake-jobs.ts';
import { fakeTools } from '../support/fake-tools.ts';

let directory: string;
let pipeline: string;
let output: string;
let errors: string;
let requests: JobStartRequest[];
let endsAs: RunPhase;

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'millrace-cli-'));
  pipeline = path.join(directory, 'pipeline.json');
  writeFileSync(pipeline, '{}');
  writeFileSync(path.join(directory, 'empty.json'), '');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

beforeEach(() => {
  output = '';
  errors = '';
  requests = [];
  endsAs = 'finished';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += String(text);
    return true;
  });
});

afterEach(() => vi.restoreAllMocks());

/** Of one task; what is even cannot be. */
function planAt(parallelism: number): ReturnType<CommandLineWorld['tools']['plan']> {
  if (parallelism % 2 === 0) {
    const even = { en: 'it is even', zh: '偶数' };
    return { plan: null, problems: [{ code: 'MR2320', severity: 'error', nodeId: 'keep', text: even }] };
  }
  const operators = ['in', 'out'].map((nodeId, at) => ({ nodes: [{ nodeId, label: nodeId, type: nodeId }], follows: at > 0 }));
  const workers = Array.from({ length: parallelism }, (_, index) => ({ index, tasks: [0] }));
  const plan = { parallelism, maxParallelism: 128, tasks: [{ index: 0, parallelism, operators, keyGroups: null }], exchanges: [], workers };
  return { plan, problems: [] };
}

function createWorld(): CommandLineWorld {
  return {
    language: 'en',
    nowMs: () => 0,
    openState: (savepoint) => {
      throw new EngineError('MR5040', `the savepoint ${savepoint} cannot be read`, { domain: 'user' });
    },
    listCheckpoints: () => [],
    createJobs: () => {
      const jobs = createFakeJobs();
      return {
        ...jobs,
        start: (request) => {
          requests.push(request);
          return jobs.start(request);
        },
        whenEnded: async (runId) => ({
          ...jobs.status(runId),
          phase: endsAs,
          error: { code: 'MR5002', message: 'it broke', nodeId: 'n1', remedy: 'mend it' },
        }),
      };
    },
    tools: {
      ...fakeTools,
      plan: (_text, parallelism) => planAt(parallelism ?? 1),
      runNodes: () => ({ sources: new Set(['n1']), sinks: new Set(['n2']), printing: new Set() }),
      describe: () => ['described'],
      describeAsJson: () => ({ described: true }),
      inferFileSchema: async (_file, format) => ({ fields: [{ name: format, type: 'BIGINT' }], sampleRows: 2 }),
      listNodes: (type) => {
        if (type === 'nope') throw new EngineError('MR6404', 'there is no node type nope', { domain: 'user' });
        return ['filter  Filter'];
      },
      nodeHelp: async () => ['what it does'],
      nodesAsJson: () => [],
      pipelineJsonSchema: () => ({}),
    },
  };
}

const run = (...programArguments: readonly string[]): Promise<number> => runCommandLine(programArguments, createWorld());

describe('run', () => {
  it('hands every option to the engine', async () => {
    const code = await run(
      'run',
      pipeline,
      '--set',
      'n1.size="5 s"',
      '--set',
      'job.parallelism=3',
      '--checkpoints',
      'some/folder',
      '--checkpoint-interval',
      '100ms',
      '--restore',
      'latest',
      '--parallelism',
      '2',
      '--batch-rows',
      '7',
      '--allow-non-restored-state',
      '--trust',
    );
    expect(code).toBe(0);
    expect(requests).toEqual([
      {
        path: pipeline,
        text: '{}',
        trusted: true,
        options: {
          restore: 'latest',
          parallelism: 2,
          batchRows: 7,
          checkpointDirectory: path.resolve('some/folder'),
          checkpointIntervalMs: 100,
          allowNonRestoredState: true,
          overrides: { 'n1.size': '5 s', 'job.parallelism': 3 },
        },
      },
    ]);
  });

  it('restores from a path that is meant from where the person stands', async () => {
    await run('run', pipeline, '--restore', 'folder/savepoint-3');
    expect(requests[0].options.restore).toEqual({ path: path.resolve('folder/savepoint-3') });
  });

  it.each([
    ['finished', 0],
    ['failed', 1],
    ['stopped', 1],
  ] as const)('ends with %s as %i', async (phase, code) => {
    endsAs = phase;
    expect(await run('run', pipeline)).toBe(code);
    if (code === 1) expect(errors).toContain('MR5002 [n1] it broke\n  → mend it');
  });

  it('checks against a checkpoint too, and says what does not fit', async () => {
    expect(await run('check', pipeline, '--restore', '/kept/sp-1')).toBe(0);
    expect(await run('check', pipeline, '--restore', '/kept/sp-gone')).toBe(2);
    expect(output).toContain('error MR5024 [n1] no node; allow it');
  });

  it('shows the plan, of another parallelism too, and refuses one that cannot be', async () => {
    expect(await run('plan', pipeline, '--parallelism', '3')).toBe(0);
    expect(output).toContain('#0 ×3  in → out');
    expect(output).toContain('worker 2: #0');
    output = '';
    expect(await run('plan', pipeline, '--json')).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ parallelism: 1 });
    expect(await run('plan', pipeline, '--parallelism', '2')).toBe(2);
    expect(output).toContain('error MR2320 [keep] it is even');
  });

  it('ends with 2 for a refused pipeline, and names the place', async () => {
    writeFileSync(path.join(directory, 'bad.json'), 'refuse');
    expect(await run('run', path.join(directory, 'bad.json'))).toBe(2);
    expect(errors).toContain('MR2000 [n1.size]');
  });

  it('speaks JSON lines when asked', async () => {
    await run('run', pipeline, '--json');
    const events = output
      .trim()
      .split('\n')
      .map((line): { event: string } => JSON.parse(line));
    expect(events.map((event) => event.event)).toEqual(['state', 'end']);
  });
});

describe('arguments that cannot be used end with 2', () => {
  it.each([
    ['no command', []],
    ['an unknown command', ['fly']],
    ['an unknown option', ['run', 'p.json', '--fast']],
    ['no pipeline', ['run']],
    ['a missing file', ['run', '/nowhere/pipeline.json']],
    ['--set without =', ['run', 'p.json', '--set', 'a.b']],
    ['--set with no JSON', ['run', 'p.json', '--set', 'a.b=text']],
    ['--parallelism 0', ['run', 'p.json', '--parallelism', '0']],
    ['--parallelism 1.5', ['run', 'p.json', '--parallelism', '1.5']],
    ['--checkpoint-interval soon', ['run', 'p.json', '--checkpoint-interval', 'soon']],
    ['an unknown export', ['export', 'cobol', 'p.json']],
    ['an unknown node type', ['nodes', 'nope']],
  ] as const)('%s', async (_name, programArguments) => {
    expect(await run(...programArguments)).toBe(2);
    expect(errors.length).toBeGreaterThan(5);
    expect(requests).toEqual([]);
  });
});

describe('the other commands', () => {
  it('check ends with 2 when there are errors', async () => {
    expect(await run('check', pipeline)).toBe(0);
    expect(await run('check', path.join(directory, 'empty.json'))).toBe(2);
    expect(output).toContain('error MR2001 empty');
  });

  it('answer', async () => {
    expect(await run('describe', pipeline)).toBe(0);
    expect(await run('infer-schema', path.join(directory, 'x.CSV'))).toBe(0);
    expect(await run('export', 'flink-sql', pipeline)).toBe(0);
    expect(await run('nodes')).toBe(0);
    expect(await run('checkpoints', directory)).toBe(0);
    expect(output).toBe('described\ncsv  BIGINT\n(from 2 rows)\nflink-sql: {}filter  Filter\nno checkpoints\n');
  });

  it('help documents every option of run and every exit code', async () => {
    expect(await run('run', '--help')).toBe(0);
    for (const option of [
      '--set',
      '--checkpoints',
      '--checkpoint-interval',
      '--restore',
      '--parallelism',
      '--batch-rows',
      '--json',
      '130',
    ]) {
      expect(output).toContain(option);
    }
  });
});

it('writes one line of progress', () => {
  const metrics = { ...fakeMetrics('r', 2), atMs: 3_000, uptimeMs: 2_500 };
  const before = { ...metrics, atMs: 2_000, nodes: metrics.nodes.map((node) => ({ ...node, rowsOut: 4 })) };
  const ids = { sources: new Set(['n1']), sinks: new Set(['n1']) };
  expect(formatProgress(metrics, before, ids)).toBe(
    '2.5 s · 9 rows in · 5/s · 10 out · watermark 1970-01-01T00:00:01.000Z · checkpoints 2',
  );
});

describe('preview', () => {
  const node = { nodeId: 'n', because: null, inputs: [], error: null, rowErrors: [] };
  const rows = { port: 'out', columns: [{ name: 'a', type: 'INT' }], rows: ['{"a":1}'], total: 7 };
  let asked: readonly unknown[];

  function previewWorld(nodes: readonly PreviewNode[]): CommandLineWorld {
    const tools: CommandLineWorld['tools'] = {
      ...createWorld().tools,
      preview: async (...request) => {
        asked = request;
        return { nodes, durationMs: 1 };
      },
    };
    return { ...createWorld(), tools };
  }

  it('prints the rows of each node', async () => {
    const world = previewWorld([
      { ...node, state: 'complete', outputs: [rows] },
      { ...node, nodeId: 'live', state: 'live', outputs: [] },
      { ...node, nodeId: 'after', state: 'waiting', because: 'live', outputs: [] },
    ]);
    expect(await runCommandLine(['preview', pipeline, '--rows', '5000'], world)).toBe(0);
    expect(output).toBe(
      'n: complete\n  out: 7 rows\n    {"a":1}\nlive: rows appear when it runs\nafter: no rows arrive, because of live\n',
    );
    expect(asked).toEqual(['{}', directory, 1000, undefined, false]);
  });

  it('ends with 1 when a node fails, and says on which row', async () => {
    const error = { code: 'MR3001', message: 'division by zero', remedy: null, nodeId: 'n', field: null };
    const world = previewWorld([{ ...node, state: 'complete', outputs: [rows], error, rowErrors: [{ input: 'in', row: 2, error }] }]);
    expect(await runCommandLine(['preview', pipeline, '--node', 'n', '--trust'], world)).toBe(1);
    expect(output).toBe('n: complete\n  MR3001 division by zero\n  row 3 of in fails\n  out: 7 rows\n    {"a":1}\n');
    expect(asked).toEqual(['{}', directory, 100, ['n'], true]);
  });

  it('prints JSON, and refuses a node that is not there', async () => {
    const answer: PreviewNode = { ...node, state: 'complete', outputs: [rows] };
    expect(await runCommandLine(['preview', pipeline, '--json'], previewWorld([answer]))).toBe(0);
    expect(JSON.parse(output)).toEqual({ nodes: [answer] });
    expect(await runCommandLine(['preview', pipeline, '--node', 'x'], previewWorld([]))).toBe(2);
    expect(errors).toContain('there is no node "x"');
  });
});

describe('runs', () => {
  it('lists what a pipeline has run, damaged entries too', async () => {
    expect(await run('runs', pipeline)).toBe(0);
    expect(output.split('\n')).toEqual([
      'old  1970-01-01T00:00:00.001Z  finished  1 ms  3 rows in  3 out',
      'torn  1970-01-01T00:00:00.001Z  DAMAGED: it is torn',
      '',
    ]);
  });

  it('shows one by the beginning of its id, with its log, and its document', async () => {
    expect(await run('runs', pipeline, 'o')).toBe(0);
    expect(output).toContain('warning  bad-line  [n1] a line');
    output = '';
    expect(await run('runs', pipeline, 'old', '--json')).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ runId: 'old', outcome: 'finished', log: [{ code: 'bad-line' }] });
    output = '';
    expect(await run('runs', pipeline, 'old', '--spec')).toBe(0);
    expect(output).toBe('{}');
  });

  it('refuses a run that is not there, a document of no run, and what is no pipeline', async () => {
    expect(await run('runs', pipeline, 'x')).toBe(2);
    expect(await run('runs', pipeline, '--spec')).toBe(2);
    expect(await run('runs', path.join(directory, 'empty.json'))).toBe(2);
    expect(errors).toMatch(/MR5026[\s\S]*MR6406[\s\S]*MR6403/);
  });
});
