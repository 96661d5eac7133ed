/**
 * A host in the page: files, drafts and preferences in a storage area, runs whose figures are made up from a clock. It
 * answers the whole contract the designer uses, so that the designer can be seen and driven without an engine.
 */
import type { JsonObject } from '../../../engine/base/json.ts';
import type {
  CheckpointInfo,
  EventName,
  Events,
  HostClient,
  MethodName,
  Params,
  Result,
  RunLogEntry,
  RunStatus,
} from '../../../engine/host/contract.ts';
import { hashOf, MemoryFiles } from './memory-files.ts';
import { makeMetrics, makeRow } from './memory-metrics.ts';

/** Most tests draw: without tabs of before the page would show Start. */
const NEW_PIPELINE = [{ kind: 'pipeline', path: '', documentId: '', name: 'untitled' }];
const METRICS_EVERY_MS = 500;
const CHECKPOINT_EVERY_MS = 2000;

type Handlers = { readonly [M in MethodName]?: (params: Params<M>) => Result<M> | Promise<Result<M>> };

interface Area {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

interface MemoryRun {
  status: RunStatus;
  readonly text: string;
  readonly checkpoints: CheckpointInfo[];
}

class Fail extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

class MemoryHost implements HostClient {
  private readonly area: Area;
  private readonly files: MemoryFiles;
  private readonly listeners = new Map<EventName, Set<(value: never, sequence: number) => void>>();
  private readonly runs = new Map<string, MemoryRun>();
  private sequence = 0;
  private readonly timers: ReturnType<typeof setInterval>[] = [];

  constructor(area: Area) {
    this.area = area;
    this.files = new MemoryFiles(area);
    for (const run of JSON.parse(area.getItem('runs') ?? '[]') as MemoryRun[]) this.runs.set(run.status.runId, run);
    this.timers.push(
      setInterval(() => this.tick(), METRICS_EVERY_MS),
      setInterval(() => this.checkpoint(), CHECKPOINT_EVERY_MS),
    );
  }

  async call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
    const handler = this.handlers[method] as ((params: Params<M>) => Result<M> | Promise<Result<M>>) | undefined;
    if (handler === undefined) throw new Fail('MR6000', `${method} is not part of the in-memory host`);
    // What a page sends as it goes arrives all the same; only the answer takes its time.
    const [result] = await Promise.all([handler(params), new Promise((resolve) => setTimeout(resolve, 5))]);
    return result;
  }

  listen<E extends EventName>(event: E, listener: (value: Events[E], sequence: number) => void): () => void {
    const set = this.listeners.get(event) ?? new Set();
    set.add(listener as (value: never, sequence: number) => void);
    this.listeners.set(event, set);
    if (event === 'engine.state') setTimeout(() => listener({ state: 'ready', pid: 1, restarts: 0 } as Events[E], 0));
    if (event === 'run.state') for (const run of this.runs.values()) setTimeout(() => listener(run.status as Events[E], 0));
    return () => set.delete(listener as (value: never, sequence: number) => void);
  }

  onConnection(listener: (state: 'connected' | 'connecting' | 'lost') => void): () => void {
    setTimeout(() => listener('connected'));
    return () => undefined;
  }

  close(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private emit<E extends EventName>(event: E, value: Events[E]): void {
    const sequence = ++this.sequence;
    for (const listener of this.listeners.get(event) ?? []) (listener as (value: Events[E], sequence: number) => void)(value, sequence);
  }

  private readonly handlers: Handlers = {
    'app.info': () => ({
      version: '0.1.0',
      platform: 'memory',
      electron: false,
      engine: { state: 'ready', pid: 1, restarts: 0 },
      crashed: false,
      workers: 4,
      templates: [
        {
          name: 'sample',
          group: 'etl',
          title: { en: 'Sample', zh: '示例' },
          hint: { en: '', zh: '' },
          summary: { en: 'A pipeline to look at.', zh: '用于查看的管道。' },
        },
      ],
    }),
    'preferences.get': () => ({ tabs: NEW_PIPELINE, ...(JSON.parse(this.area.getItem('preferences') ?? '{}') as JsonObject) }),
    'preferences.set': ({ patch }) => {
      const next = { ...(JSON.parse(this.area.getItem('preferences') ?? '{}') as JsonObject), ...patch };
      this.area.setItem('preferences', JSON.stringify(next));
      return next;
    },
    'file.roots': () => this.files.roots(),
    'file.list': ({ path }) => this.files.list(path),
    'file.open': ({ path }) => {
      const file = this.files.read(path);
      if (file === null) throw new Fail('MR6202', `${path} does not exist`);
      return { path, ...file, draft: this.files.draftFor(file.text) };
    },
    'file.peek': ({ path }) => {
      const file = this.files.read(path);
      if (file === null) throw new Fail('MR6202', `${path} does not exist`);
      return file;
    },
    'file.addData': ({ pipelinePath, name, text }) => {
      const path = `${pipelinePath.split('/').slice(0, -1).join('/')}/data/${name}`;
      this.files.write(path, text);
      return { path };
    },
    'file.save': ({ path, text, expected }) => {
      const before = this.files.read(path);
      if (expected !== null && before !== null && before.hash !== expected.hash) throw new Fail('MR6201', `${path} changed on disk`);
      return this.files.write(path, text);
    },
    'draft.save': (draft) => this.files.saveDraft(draft),
    'draft.discard': ({ documentId }) => this.files.discardDraft(documentId),
    'draft.putAside': ({ documentId }) => this.files.discardDraft(documentId),
    'draft.forget': ({ draftId }) => this.files.discardDraft(draftId),
    'draft.list': () => this.files.listDrafts(),
    'draft.read': ({ draftId }) => this.files.readDraft(draftId),
    'recent.list': () => this.files.recent(),
    'recent.forget': () => null,
    'pipeline.trust': () => ({ trusted: true }),
    'launch.interruptedRuns': () => [...this.runs.values()].map(({ status }) => ({ ...status, path: status.pipelinePath })),
    'checkpoint.list': ({ path }) => {
      const checkpoints = [...this.runs.values()].find((run) => run.status.pipelinePath === path)?.checkpoints ?? [];
      return { checkpoints, goesOnFrom: checkpoints[0]?.path ?? null };
    },
    'template.open': () => {
      const path = '/home/millrace/sample.json';
      const file = this.files.read(path);
      if (file === null) throw new Fail('MR6202', 'No sample was put there');
      return { path, ...file, draft: null };
    },
    'schema.infer': () => ({
      sampleRows: 100,
      fields: [
        { name: 'card_id', type: 'STRING' },
        { name: 'amount', type: 'DECIMAL(10, 2)' },
        { name: 'country', type: 'STRING' },
        { name: 'tx_time', type: 'TIMESTAMP(3)' },
      ],
    }),
    'run.start': ({ path, text }) => this.startRun(path, text),
    'run.stop': ({ runId, mode }) => {
      const run = this.run(runId);
      this.update(run, { phase: 'stopped', endedAtMs: Date.now() });
      return { savepointPath: mode === 'keep-state' ? `${run.status.checkpointDirectory}/savepoint-1` : null };
    },
    'run.savepoint': ({ runId }) => {
      const run = this.run(runId);
      const savepoint = this.makeCheckpoint(run, 'savepoint');
      this.emit('run.checkpoint', { runId, checkpoint: savepoint });
      return savepoint;
    },
    'run.list': () => [...this.runs.values()].map((run) => run.status),
    'run.checkpoints': ({ runId }) => this.run(runId).checkpoints,
    'run.subtasks': ({ runId, nodeId }) => {
      const frame = makeMetrics(this.run(runId).text, this.run(runId).status, this.sequence);
      const node = frame.nodes.find((candidate) => candidate.nodeId === nodeId);
      return node === undefined ? [] : [0, 1].map((subtask) => ({ ...node, subtask, rowsIn: node.rowsIn / 2, rowsOut: node.rowsOut / 2 }));
    },
    'run.tail': ({ runId, afterSequence }) => {
      const seconds = Math.floor((Date.now() - this.run(runId).status.startedAtMs) / 1000);
      const last = (seconds + 1) * 20;
      const first = Math.max(afterSequence, seconds * 20);
      return { rows: Array.from({ length: last - first }, (_row, index) => makeRow(first + index)), last, total: seconds * 1240 };
    },
    'engine.restart': () => null,
  };

  private startRun(path: string, text: string): RunStatus {
    const document = JSON.parse(text) as { readonly id: string; readonly name: string };
    const runId = `run-${hashOf(text)}-${Date.now()}`;
    const status: RunStatus = {
      runId,
      pipelinePath: path,
      pipelineName: document.name,
      documentId: document.id,
      phase: 'running',
      startedAtMs: Date.now(),
      endedAtMs: null,
      attempt: 1,
      guarantee: 'exactly-once',
      guaranteeReason: { en: 'all sources replay', zh: '所有数据源均可重放' },
      error: null,
      parallelism: 2,
      checkpointDirectory: '/home/millrace/.millrace',
      paused: false,
      speed: null,
    };
    const run: MemoryRun = { status, text, checkpoints: [] };
    this.runs.set(runId, run);
    this.update(run, {});
    const entry: RunLogEntry = {
      runId,
      atMs: Date.now(),
      sequence: 1,
      level: 'info',
      code: 'run-running',
      nodeId: null,
      subtask: null,
      text: { en: 'running, parallelism 2', zh: '运行中，并行度 2' },
    };
    this.emit('run.log', { runId, entries: [entry] });
    return status;
  }

  private update(run: MemoryRun, patch: Partial<RunStatus>): void {
    run.status = { ...run.status, ...patch };
    this.area.setItem('runs', JSON.stringify([...this.runs.values()]));
    this.emit('run.state', run.status);
  }

  private run(runId: string): MemoryRun {
    const run = this.runs.get(runId);
    if (run === undefined) throw new Fail('MR6301', `There is no run ${runId}`);
    return run;
  }

  private tick(): void {
    for (const run of this.runs.values()) {
      if (run.status.phase === 'running') this.emit('run.metrics', makeMetrics(run.text, run.status, ++this.sequence));
    }
  }

  private checkpoint(): void {
    for (const run of this.runs.values()) {
      if (run.status.phase !== 'running') continue;
      this.emit('run.checkpoint', { runId: run.status.runId, checkpoint: this.makeCheckpoint(run, 'checkpoint') });
    }
  }

  private makeCheckpoint(run: MemoryRun, kind: 'checkpoint' | 'savepoint'): CheckpointInfo {
    const id = run.checkpoints.length + 1;
    const checkpoint: CheckpointInfo = {
      id,
      kind,
      status: 'complete',
      startedAtMs: Date.now() - 400,
      durationMs: 380 + id,
      bytes: 38_000_000 + id * 120_000,
      path: `${run.status.checkpointDirectory}/${kind === 'savepoint' ? 'savepoint' : 'chk'}-${id}`,
      failure: null,
    };
    run.checkpoints.push(checkpoint);
    return checkpoint;
  }
}

export function createMemoryHost(area: Area): HostClient {
  return new MemoryHost(area);
}
