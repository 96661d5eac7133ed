/** Hostile pipelines in a preview: each is refused by name or answered in part, in bounded time, and the next one is answered all the same. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createPreviewer } from '../../engine/runtime/preview/previewer.ts';
import { REPOSITORY } from '../support/source-files.ts';
import { edge, filterNode, HOSTILE, pipelineText } from './hostile-pipelines.ts';

/** The preview's own two seconds, the grace of its last step, and a machine that is busy with other tests. */
const ANSWERED_MS_MAX = 12_000;

const previewer = createPreviewer(path.join(REPOSITORY, 'build/engine'));
const folder = mkdtempSync(path.join(tmpdir(), 'millrace-hostile-preview-'));
afterAll(async () => {
  await previewer.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (text: string, rowsMax = 100) => previewer.preview({ text, baseDirectory: folder, rowsMax });

const ROWS = {
  id: 'rows',
  type: 'collection-source',
  config: { schema: [{ name: 'text', type: 'STRING' }], rows: Array.from({ length: 100 }, (_row, n) => ({ text: `row ${n}` })) },
};

function derive(id: string, expression: string) {
  return { id, type: 'select', config: { keep: 'all', columns: [{ name: id, expression }] } };
}

/** One that is fine, to see that the thread still answers. */
const FINE = pipelineText([ROWS, filterNode('some', "text LIKE '%7'")], [edge('e', 'rows', 'some')]);

async function answersFine(): Promise<void> {
  const { nodes } = await ask(FINE);
  expect(nodes.map(({ nodeId, state, outputs }) => [nodeId, state, outputs[0].total])).toEqual([
    ['rows', 'complete', 100],
    ['some', 'complete', 10],
  ]);
}

it.each(HOSTILE.map((make) => [make().name, make] as const))('%s', { timeout: 30_000 }, async (_name, make) => {
  const before = performance.now();
  try {
    await ask(make().text);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'EngineError') throw error;
  }
  expect(performance.now() - before).toBeLessThan(ANSWERED_MS_MAX);
  expect(readdirSync(folder)).toEqual([]);
});

it('goes on after all of them', answersFine, 30_000);

it.each([
  ['text without end', [derive('a', 'REPEAT(text, 100000)'), derive('b', 'REPEAT(a, 1000)'), derive('c', 'REPEAT(b, 1000)')]],
  ['a pattern that backtracks', [derive('a', "REPEAT('a', 40000)"), derive('b', "REGEXP(a, '(a*)*(a*)*(a|aa)+$b')")]],
])('%s', { timeout: 30_000 }, async (_name, nodes) => {
  const before = performance.now();
  const all = [ROWS, ...nodes];
  const { nodes: answers } = await ask(
    pipelineText(
      all,
      all.slice(1).map((node, index) => edge(`e${index}`, all[index].id, node.id)),
    ),
  );
  expect(performance.now() - before).toBeLessThan(ANSWERED_MS_MAX);
  expect(answers.find(({ nodeId }) => nodeId === 'rows')).toMatchObject({ state: 'complete', outputs: [{ total: 100 }] });
  await answersFine();
});

it('a newer request supersedes the one before', { timeout: 30_000 }, async () => {
  const first = ask(FINE);
  const second = ask(FINE, 5);
  await expect(first).rejects.toMatchObject({ code: 'MR5030' });
  expect((await second).nodes[0].outputs[0].total).toBe(5);
});
