/** One bounded job over hostile files, with every policy for bad lines, and what came out of it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import type { RunStatus } from '../../engine/host/contract.ts';
import type { JobManager } from '../../engine/runtime/job-manager-api.ts';
import type { BytesCase } from './corpora.ts';
import { edge } from './hostile-pipelines.ts';

export type Policy = 'fail' | 'skip' | 'dead-letter';

export interface HostileRun {
  readonly status: RunStatus;
  readonly rows: readonly JsonObject[];
  readonly dead: readonly DeadLetter[];
}

export interface DeadLetter {
  readonly origin: string;
  readonly line: number | null;
  readonly byte_offset: number;
  readonly reason: string;
  readonly content: string;
}

export interface HostileInput {
  readonly files: readonly BytesCase[];
  readonly format: 'ndjson' | 'csv';
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly policy: Policy;
  readonly source?: JsonObject;
}

export function writeInput(input: HostileInput): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'millrace-bad-'));
  mkdirSync(path.join(folder, 'in'));
  for (const { name, bytes } of input.files) writeFileSync(path.join(folder, 'in', name), bytes);
  writeFileSync(path.join(folder, 'pipeline.json'), hostileDocument(input));
  return folder;
}

export function hostileDocument(input: HostileInput): string {
  const source = { path: 'in/*', format: input.format, schema: input.columns, badLines: input.policy, ...input.source };
  const nodes = [
    { id: 'read', type: 'file-source', config: source },
    { id: 'rows', type: 'file-sink', config: { path: 'rows.ndjson' } },
    ...(input.policy === 'dead-letter' ? [{ id: 'dead', type: 'file-sink', config: { path: 'dead.ndjson' } }] : []),
  ];
  const edges = [edge('e1', 'read', 'rows')];
  const bad = { id: 'e2', from: { node: 'read', port: 'bad' }, to: { node: 'dead', port: 'in' } };
  const all: readonly JsonValue[] = input.policy === 'dead-letter' ? [...edges, bad] : edges;
  return JSON.stringify({
    format: 'millrace-pipeline',
    version: 1,
    id: 'bad-input',
    name: 'bad input',
    job: { restartStrategy: 'none' },
    nodes,
    edges: all,
  });
}

export async function runHostile(
  manager: JobManager,
  input: HostileInput,
  settings: { readonly batchRows: number; readonly parallelism: number } = { batchRows: 4096, parallelism: 1 },
): Promise<HostileRun> {
  const folder = writeInput(input);
  const options = { restore: 'none', checkpointDirectory: path.join(folder, 'checkpoints'), ...settings } as const;
  const started = await manager.start({ path: path.join(folder, 'pipeline.json'), text: hostileDocument(input), options });
  const status = await manager.whenEnded(started.runId);
  return { status, ...readHostileOutput(folder) };
}

export function readHostileOutput(folder: string): { readonly rows: readonly JsonObject[]; readonly dead: readonly DeadLetter[] } {
  const here = new Set(readdirSync(folder));
  const read = <T>(name: string): readonly T[] =>
    here.has(name)
      ? readFileSync(path.join(folder, name), 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as T)
      : [];
  return { rows: read('rows.ndjson'), dead: read('dead.ndjson') };
}
