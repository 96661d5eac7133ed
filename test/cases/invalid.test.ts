/** Bad configs of every node give exactly the problems its cases name, in both languages; good ones give none. */
import { describe, expect, it } from 'vitest';
import { catalog } from '../../engine/nodes/catalog.ts';
import type { Problem } from '../../engine/spec/problem.ts';
import { resolvePipeline } from '../../engine/spec/resolve-pipeline.ts';
import { casePipeline, NODE_ID } from './case-pipeline.ts';
import { loadCases } from './load-cases.ts';

const loaded = await loadCases();

function errorsOf(problems: readonly Problem[]): [string, string][] {
  return problems
    .filter((problem) => problem.severity === 'error' && problem.nodeId === NODE_ID)
    .map((problem) => [problem.code, problem.field ?? '']);
}

describe.each(loaded)('$definition.type', ({ definition, cases }) => {
  it.each(cases.invalid)('refuses: $name', ({ config, inputs, problems }) => {
    const found = resolvePipeline(casePipeline(definition, config, inputs, []), catalog).problems;
    expect(errorsOf(found)).toEqual(problems);
    for (const problem of found) {
      expect(problem.text.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(`${problem.text.en}${problem.text.zh}`).not.toMatch(/\{\w+\}|undefined|\[object/);
    }
  });

  it.each(cases.rows)('accepts: $name', ({ config, inputs, outputs }) => {
    const { problems } = resolvePipeline(casePipeline(definition, config, inputs, Object.keys(outputs)), catalog);
    expect(problems.filter((problem) => problem.severity === 'error').map((problem) => problem.text.en)).toEqual([]);
  });

  it('has a case for what every node must show', () => {
    const shown = new Set(cases.rows.flatMap((one) => one.shows));
    // Sockets need a server; their rows are tested beside their operators.
    if (cases.rows.length === 0) expect(definition.type).toContain('socket');
    else
      for (const theme of definition.type === 'nexmark-source'
        ? (['ordinary', 'empty'] as const)
        : (['ordinary', 'empty', 'nulls'] as const))
        expect(shown).toContain(theme);
    if (definition.inputs.some((port) => port.needs === 'watermark')) {
      for (const theme of ['late', 'out-of-order'] as const) expect(shown).toContain(theme);
    }
  });

  it('describes itself in one line, in both languages, whatever the config', () => {
    for (const { config } of [...cases.rows, ...cases.invalid, { config: {} }]) {
      const { graph } = resolvePipeline(casePipeline(definition, config, undefined, []), catalog);
      const node = graph.nodes.find((candidate) => candidate.id === NODE_ID);
      for (const language of ['en', 'zh'] as const) {
        const line = node === undefined ? '-' : definition.describe(node.config, language);
        expect(line).toMatch(/^[^\n]+$/);
        expect(line).not.toMatch(/undefined|NaN|\[object/);
      }
    }
  });
});
