/** Findings of TypeScript's checker: they stand beside those of the portable check, go along with edits, and end with what is newer. */
import { expect, test } from 'vitest';
import type { NodeSpec, PipelineDocument } from '../../engine/spec/document.ts';
import { defineProblem } from '../../engine/spec/problem.ts';
import { createCheckStore } from './checks.ts';
import { createDocument } from './commands.ts';

const CODE = 'function processElement(row: Row) {\n  row.gone;\n}';
const mistake = defineProblem('MR9999', 'warning', { en: 'wrong', zh: '错误' });

function documentWith(code: string): PipelineDocument {
  const schema = [{ name: 'id', type: 'BIGINT' }];
  const nodes: readonly NodeSpec[] = [
    { id: 'in', type: 'collection-source', config: { schema, rows: [] } },
    { id: 'code', type: 'process', config: { code } },
  ];
  const edges = [{ id: 'e', from: { node: 'in', port: 'out' }, to: { node: 'code', port: 'in' } }];
  return { ...createDocument('coded'), id: 'coded', nodes, edges };
}

function findingsIn(code: string) {
  const start = code.indexOf('gone');
  return {
    nodeId: 'code',
    field: 'code',
    code,
    problems: [mistake({}, { nodeId: 'code', field: 'code', range: { start, end: start + 4 } })],
  };
}

/** What is marked in the code of the moment. */
function markedAfter(code: string): readonly string[] {
  const checks = createCheckStore();
  checks.ensure(documentWith(CODE));
  checks.putFindings(findingsIn(CODE));
  checks.ensure(documentWith(code));
  return checks
    .problemsOf('code')
    .filter((problem) => problem.code === mistake.code)
    .map(({ range }) => code.slice(range?.start, range?.end));
}

test('until the code is checked again they stay where they belong', () => {
  expect(markedAfter(CODE)).toEqual(['gone']);
  expect(markedAfter(`// first\n${CODE}`)).toEqual(['gone']);
  expect(markedAfter(`${CODE}\n// last`)).toEqual(['gone']);
  expect(markedAfter(CODE.replace('row.gone', 'let x;\n  row.gone'))).toEqual(['gone']);
});

test('wrong syntax is told alone', () => {
  expect(markedAfter(`${CODE}(`)).toEqual([]);
});

test('what is found later takes the place of what was found before, and another pipeline has none of it', () => {
  const checks = createCheckStore();
  checks.ensure(documentWith(CODE));
  checks.putFindings(findingsIn(CODE));
  expect(checks.getState().problems.map(({ code }) => code)).toContain(mistake.code);
  checks.putFindings({ ...findingsIn(CODE), problems: [] });
  expect(checks.getState().problems.map(({ code }) => code)).not.toContain(mistake.code);
  checks.putFindings(findingsIn(CODE));
  checks.ensure({ ...documentWith(CODE), id: 'another' });
  expect(checks.getState().problems.map(({ code }) => code)).not.toContain(mistake.code);
});
