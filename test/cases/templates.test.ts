/** The templates: well formed, without problems, the same rows as an independent computation, late rows included. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createJobManager } from '../../engine/runtime/job-manager.ts';
import { computeGuarantee } from '../../engine/spec/guarantee.ts';
import { printDocument } from '../../engine/spec/save-document.ts';
import { describeDifference, readJsonLines } from '../differential/compare-rows.ts';
import { readTemplate, TEMPLATES } from '../differential/templates.ts';
import { REPOSITORY } from '../support/source-files.ts';

const manager = createJobManager({ bundleFolder: path.join(REPOSITORY, 'build/engine') });
afterAll(() => manager.close());

/** Parallelism and rows of a batch. */
const PLANS = [
  [1, 4096],
  [1, 7],
  [2, 4096],
  [2, 1],
  [3, 7],
] as const;

describe.each(TEMPLATES)('$name', (template) => {
  const folder = path.join(REPOSITORY, 'templates', template.name);
  const { text, document, resolution } = readTemplate(REPOSITORY, template);

  it('has no problems, promises exactly once, and stands as we write files', () => {
    expect(resolution.problems).toEqual([]);
    expect(computeGuarantee(resolution.graph).guarantee).toBe('exactly-once');
    expect(printDocument(document)).toBe(text);
  });

  it('has words in both languages for itself and a Chinese label for every node', () => {
    const words: { title: object; summary: object; labels: { zh: object } } = JSON.parse(
      readFileSync(path.join(folder, 'template.json'), 'utf8'),
    );
    expect(Object.keys(words.title)).toEqual(['en', 'zh']);
    expect(Object.keys(words.summary)).toEqual(['en', 'zh']);
    expect(Object.keys(words.labels.zh).sort()).toEqual(['name', ...document.nodes.map((node) => node.id)].sort());
  });

  // Late rows depend on the order of the rows, so: one subtask, one split.
  it.each([4096, 7, 1])('gives the expected rows with batches of %i', async (batchRows) => {
    const work = mkdtempSync(path.join(tmpdir(), 'millrace-template-'));
    try {
      cpSync(path.join(folder, 'data'), path.join(work, 'data'), { recursive: true });
      const overrides = { [`${template.pacedNode}.rowsPerSecond`]: null };
      const options = {
        restore: 'none',
        parallelism: 1,
        batchRows,
        checkpointDirectory: path.join(work, 'checkpoints'),
        overrides,
      } as const;
      const status = await manager.start({ trusted: true, path: path.join(work, 'pipeline.json'), text, options });
      expect((await manager.whenEnded(status.runId)).error).toBeNull();
      for (const [out, file] of Object.entries(template.outputs)) {
        const expected = readJsonLines(path.join(folder, 'expected', file));
        expect(describeDifference(expected, readJsonLines(path.join(work, 'out', out))), out).toBeNull();
        expect(expected.length).toBeGreaterThan(10);
      }
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });

  // Which row is late depends on the order of arrival, so: a bound that holds for every row.
  it('gives the same rows at every parallelism and batch size when no row is late', { timeout: 60_000 }, async () => {
    const node = document.nodes.find(({ type }) => type === 'watermark');
    const time = { ...Object(node?.config.time), delay: '100 d' };
    const work = mkdtempSync(path.join(tmpdir(), 'millrace-template-'));
    try {
      cpSync(path.join(folder, 'data'), path.join(work, 'data'), { recursive: true });
      const patient = node === undefined ? {} : { [`${node.id}.time`]: time };
      const overrides = { [`${template.pacedNode}.rowsPerSecond`]: null, ...patient };
      const answers: (readonly string[])[] = [];
      for (const [parallelism, batchRows] of PLANS) {
        rmSync(path.join(work, 'out'), { recursive: true, force: true });
        const options = {
          restore: 'none',
          parallelism,
          batchRows,
          checkpointDirectory: path.join(work, 'checkpoints'),
          overrides,
        } as const;
        const status = await manager.start({ trusted: true, path: path.join(work, 'pipeline.json'), text, options });
        expect((await manager.whenEnded(status.runId)).error).toBeNull();
        answers.push(Object.keys(template.outputs).flatMap((out) => [...readJsonLines(path.join(work, 'out', out))].sort()));
        expect(describeDifference(answers[0], answers[answers.length - 1]), `${parallelism} × ${batchRows}`).toBeNull();
      }
      expect(answers[0].length).toBeGreaterThan(10);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
});
