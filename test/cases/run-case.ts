/** Runs one case of a node through the engine, as a pipeline between files, and reads back what was written. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JobManager } from '../../engine/runtime/job-manager-api.ts';
import type { AnyNode } from '../../engine/spec/define-node.ts';
import { parseJsonTree } from '../../engine/spec/document-text/json-tree.ts';
import type { CaseRow, RowsCase } from '../../engine/spec/node-cases.ts';
import { exactValue } from '../differential/compare-rows.ts';
import { casePipeline, writeCaseFiles } from './case-pipeline.ts';

export interface RunSettings {
  readonly batchRows: number;
  readonly parallelism: number;
}

export interface CaseAnswer {
  readonly error: string | null;
  /** Rows per output port, in an order that does not depend on the run. */
  readonly outputs: { readonly [port: string]: readonly string[] };
  /** Lines that the node itself wrote, sorted. */
  readonly lines: readonly string[];
}

const LINE_LIMITS = { lengthMax: 1_000_000, depthMax: 64, valuesMax: 100_000 };

export async function runCase(manager: JobManager, definition: AnyNode, one: RowsCase, settings: RunSettings): Promise<CaseAnswer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'millrace-case-'));
  try {
    writeCaseFiles(folder, one);
    const ports = Object.keys(one.outputs);
    const document = casePipeline(definition, one.config, one.inputs, ports, { restartStrategy: 'none' });
    const options = { restore: 'none', checkpointDirectory: path.join(folder, 'checkpoints'), ...settings } as const;
    const status = await manager.start({
      trusted: true,
      path: path.join(folder, 'pipeline.json'),
      text: JSON.stringify(document),
      options,
    });
    const ended = await manager.whenEnded(status.runId);
    const outputs = ports.map((port) => [port, readRows(path.join(folder, 'written', port))] as const);
    return { error: ended.error?.code ?? null, outputs: Object.fromEntries(outputs), lines: readLines(path.join(folder, 'out')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The rows a case expects, spelled like those that `runCase` answers. */
export function expectedRows(rows: readonly CaseRow[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}

function readLines(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  const texts = files.map((file) => readFileSync(path.join(folder, file.name), 'utf8'));
  return texts.flatMap((text) => text.split('\n').filter((line) => line !== '')).sort();
}

function readRows(folder: string): readonly string[] {
  return readLines(folder).map(spellLine).sort();
}

/** A written line, spelled like the rows of `expectedRows`. */
export function spellLine(line: string): string {
  const parsed = parseJsonTree(line, LINE_LIMITS);
  if (!('tree' in parsed) || parsed.tree.kind !== 'object') throw new Error(`not a JSON object: ${line}`);
  return JSON.stringify(parsed.tree.members.map((member) => exactValue(line, member.value)));
}
