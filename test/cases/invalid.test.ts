/** Bad configs of every node give exactly the problems its cases name, in both languages; good ones give none. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../engine/nodes/node-types.ts';
import type { CaseTheme } from '../../engine/spec/node-cases.ts';
import { nodeFolder } from '../../engine/spec/node-folder.ts';
import type { Problem } from '../../engine/spec/problem.ts';
import { resolvePipeline } from '../../engine/spec/resolve-pipeline.ts';
import { REPOSITORY } from '../support/source-files.ts';
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
    const required: CaseTheme[] = ['ordinary', 'empty', 'nulls'];
    if (definition.inputs.some((port) => port.needs === 'watermark')) required.push('late', 'out-of-order');
    expect(required.filter((theme) => !shown.has(theme) && cases.cannotShow?.[theme] === undefined)).toEqual([]);
  });

  it('has a bad config for each of its own problem codes', () => {
    const named = new Set(cases.invalid.flatMap((one) => one.problems.map(([code]) => code)));
    const folder = path.join(REPOSITORY, 'engine/nodes', nodeFolder(definition));
    const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    const codes = sources.flatMap((name) => [
      ...readFileSync(path.join(folder, name), 'utf8').matchAll(/defineProblem\(\s*'(MR\d+)',\s*'error'/g),
    ]);
    expect(codes.map(([, code]) => code).filter((code) => !named.has(code))).toEqual([]);
    if (Object.keys(definition.fields).length > 0) expect(cases.invalid.length).toBeGreaterThan(0);
  });

  it('has a help page whose examples are cases', () => {
    const help = readFileSync(path.join(REPOSITORY, 'engine/nodes', nodeFolder(definition), 'help.md'), 'utf8');
    const examples = help.split('\n').filter((line) => /^(Examples|示例)/.test(line));
    const named = examples.flatMap((line) => [...line.matchAll(/“([^”]+)”/g)].map((match) => match[1]));
    const known = new Set([...cases.rows, ...cases.invalid].map((one) => one.name));
    expect(named.filter((name) => !known.has(name))).toEqual([]);
    if (cases.rows.length > 0) expect(named.length).toBeGreaterThan(0);
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
