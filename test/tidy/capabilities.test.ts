/** docs/capabilities.md says of every capability whether it is there; a yes names tests, and the tests it names exist. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { REPOSITORY } from '../support/source-files.ts';

const COUNT = 101;

interface Row {
  readonly number: number;
  readonly state: string;
  readonly words: string;
  readonly tests: readonly { readonly file: string; readonly title: string }[];
}

const page = readFileSync(path.join(REPOSITORY, 'docs/capabilities.md'), 'utf8');
const rows = page.split('\n').flatMap(readRow);

function readRow(line: string): readonly Row[] {
  const [, number, , state, words] = /^\| (\d+) \| ([^|]+) \| (\w+) \| ([^|]*) \|$/.exec(line) ?? [];
  if (number === undefined || state === undefined || words === undefined) return [];
  const tests = [...words.matchAll(/`([^`]+)` “([^”]+)”/g)].map(([, file = '', title = '']) => ({ file, title }));
  return [{ number: Number(number), state, words, tests }];
}

it('has every capability once, in order, and counts them right', () => {
  expect(rows.map((row) => row.number)).toEqual(Array.from({ length: COUNT }, (_row, index) => index + 1));
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  expect(page).toContain(`${count('yes')} yes, ${count('part')} part, ${count('no')} no.`);
  expect(count('yes') + count('part') + count('no')).toBe(COUNT);
});

it('names a test for every yes, and says what is missing from the rest', () => {
  expect(rows.filter((row) => row.state === 'yes' && row.tests.length === 0).map((row) => row.number)).toEqual([]);
  expect(rows.filter((row) => row.state !== 'yes' && !/[a-z]{3}/.test(row.words)).map((row) => row.number)).toEqual([]);
});

it('names only tests that exist', () => {
  const missing = rows.flatMap(({ number, tests }) =>
    tests.filter((test) => !exists(test.file, test.title)).map(({ title }) => `${number}: ${title}`),
  );
  expect(missing).toEqual([]);
});

function exists(file: string, title: string): boolean {
  const whole = path.join(REPOSITORY, file);
  if (!existsSync(whole)) return false;
  return new RegExp(`\\b(test|it)\\('${title.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&')}'`).test(readFileSync(whole, 'utf8'));
}
