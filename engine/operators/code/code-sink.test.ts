/** Sinks of custom code: when its functions are called, and that nothing is written twice behind a restore. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inTemporaryFolder, OperatorHarness, type Snapshot, takeSnapshot } from '../../../test/support/operator-harness.ts';
import type { JsonObject } from '../../base/json.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import { customSink } from '../../nodes/sinks/custom/node.ts';
import { createCommitter, createOperator } from '../../nodes/sinks/custom/operator.ts';
import { readConfig } from '../../spec/read-config.ts';
import { STRING } from '../../types/make-type.ts';

const schema = { fields: [{ name: 'word', type: STRING }] };
const CODE = `let held: string[] = [];
function open(ctx: Context) { ctx.writeLine("open " + ctx.subtask + " of " + ctx.subtasks); }
function write(rows: Row[]) { held.push(rows.map(({ word }) => word).join("+")); }
function flush(ctx: Context) { held.forEach((line) => ctx.writeLine(line)); held = []; }
function close(ctx: Context) { ctx.writeLine("close"); }`;

class Life {
  private readonly harness: OperatorHarness;
  private readonly sink: ReturnType<typeof createOperator>;
  private readonly committer: ReturnType<typeof createCommitter>;

  constructor(baseDirectory: string, json: JsonObject, before: Snapshot | null) {
    this.harness = new OperatorHarness({ inputSchemas: [schema], baseDirectory, attempt: before === null ? 1 : 2 });
    const { config } = readConfig(customSink.fields, { code: CODE, path: 'out', ...json });
    this.committer = createCommitter(config, this.harness.environment);
    this.committer.discardUncommitted(before?.committables ?? []);
    if (before !== null) this.committer.commit(before.committables);
    this.sink = createOperator(config, this.harness.context);
    this.sink.open(before?.sections ?? []);
  }

  write(...words: string[]): void {
    const rows = words.map((word) => [word]);
    this.sink.processBatch(0, buildBatch(this.harness.arena, schema, rows));
  }

  checkpoint(checkpointId: number, committed = true): Snapshot {
    const snapshot = takeSnapshot(this.sink, checkpointId);
    if (!committed) return snapshot;
    this.committer.commit(snapshot.committables);
    this.sink.notifyCheckpointComplete(checkpointId);
    return snapshot;
  }

  end(): void {
    this.sink.endInput(0);
  }

  close(): void {
    this.sink.close();
  }
}

function linesIn(folder: string): string[] {
  const files = readdirSync(join(folder, 'out')).filter((name) => !name.startsWith('.'));
  return files.sort().flatMap((name) =>
    readFileSync(join(folder, 'out', name), 'utf8')
      .trimEnd()
      .split('\n'),
  );
}

test('what is held back is written before a checkpoint, and nothing of a failed life counts', () => {
  inTemporaryFolder((folder) => {
    const first = new Life(folder, {}, null);
    first.write('a', 'b');
    const checkpoint = first.checkpoint(1);
    first.write('lost');
    first.close();
    const second = new Life(folder, {}, checkpoint);
    second.write('c');
    second.end();
    second.checkpoint(2);
    second.close();
    expect(linesIn(folder)).toEqual(['open 0 of 1', 'a+b', 'open 0 of 1', 'c', 'close']);
  });
});

test('what is held back in an operator list is written by the next life', () => {
  inTemporaryFolder((folder) => {
    const code = `function write(rows: Row[], ctx: Context) {
  for (const { word } of rows) ctx.state.held.add(word ?? "");
}
function close(ctx: Context) {
  ctx.writeLine(ctx.state.held.get().join("+"));
}`;
    const settings = { code, states: [{ name: 'held', type: 'STRING' }] };
    const first = new Life(folder, settings, null);
    first.write('a', 'b');
    const checkpoint = first.checkpoint(1);
    first.write('lost');
    first.close();
    const second = new Life(folder, settings, checkpoint);
    second.write('c');
    second.end();
    second.checkpoint(2);
    second.close();
    expect(linesIn(folder)).toEqual(['a+b+c']);
  });
});

test('the end is told once, also when the job is restored behind it', () => {
  inTemporaryFolder((folder) => {
    const first = new Life(folder, { firstLine: 'words', extension: 'dat' }, null);
    first.write('a');
    first.end();
    const checkpoint = first.checkpoint(1, false);
    first.close();
    const second = new Life(folder, { firstLine: 'words', extension: 'dat' }, checkpoint);
    second.end();
    second.checkpoint(2);
    second.close();
    expect(linesIn(folder)).toEqual(['words', 'open 0 of 1', 'a', 'close']);
    expect(readdirSync(join(folder, 'out')).filter((name) => !name.startsWith('.'))).toEqual(['part-0-0.dat']);
  });
});

test.each([
  [
    'function write(rows: Row[], ctx: Context) {\n  ctx.writeLine(rows);\n}',
    'line 2, column 7: TypeError: a line is a text, not an object',
  ],
  ['async function write() {}', 'write must be a plain function'],
  ['function write() {}\nconst flush = 7;', 'flush must be a plain function'],
])('%s is refused', (code, words) => {
  inTemporaryFolder((folder) => {
    expect(() => new Life(folder, { code }, null).write('a')).toThrow(words);
  });
});
