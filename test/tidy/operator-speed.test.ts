/** Every node of the catalogue has a row in the table of `npm run bench -- operators`, or stands among those measured elsewhere. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { catalog } from '../../engine/nodes/node-types.ts';
import { MEASURED_ELSEWHERE } from '../bench/operators/end-rows.ts';
import { BAR, CODE_BAR } from '../bench/operators/operator-row.ts';
import { OPERATOR_ROWS } from '../bench/operators/operator-rows.ts';
import { REPOSITORY } from '../support/source-files.ts';

it('measures every node of the catalogue (CONTRIBUTING.md, "Add a node", says how)', () => {
  const measured = new Set([...OPERATOR_ROWS.map(({ node }) => node), ...Object.keys(MEASURED_ELSEWHERE)]);
  expect([...catalog.keys()].filter((type) => !measured.has(type))).toEqual([]);
  expect([...measured].filter((type) => !catalog.has(type))).toEqual([]);
  expect(OPERATOR_ROWS.map(({ node }) => node).filter((node) => node in MEASURED_ELSEWHERE)).toEqual([]);
});

it('has no row twice', () => {
  const names = OPERATOR_ROWS.map(({ node, setting }) => `${node}, ${setting}`);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

it('asks of every row what is asked of all, and explains in the docs what stays below', () => {
  expect(OPERATOR_ROWS.filter(({ bar = BAR }) => bar !== BAR && bar !== CODE_BAR)).toEqual([]);
  const docs = readFileSync(path.join(REPOSITORY, 'docs/operators-speed.md'), 'utf8');
  const below = OPERATOR_ROWS.filter((row) => row.below !== undefined);
  expect(below.filter(({ node, setting }) => !docs.includes(`| ${node} | ${setting} |`)).map(({ setting }) => setting)).toEqual([]);
});
