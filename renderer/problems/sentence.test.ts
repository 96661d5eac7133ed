/** Names stand out in sentences, without their quotation marks; the list has an order and keys of its own. */
import { expect, test } from 'vitest';
import { defineProblem } from '../../engine/spec/problem.ts';
import { keysOf, listProblems } from './problem-view.ts';
import { sentenceParts } from './sentence.ts';

const unknown = defineProblem('MR2119', 'error', {
  en: 'No column "{column}" here; there are {columns}',
  zh: '没有列“{column}”；现有 {columns}',
});
const open = defineProblem('MR2309', 'warning', { en: 'Nothing takes the rows', zh: '没有节点接收' });

const bold = (parts: ReturnType<typeof sentenceParts>) => parts.map(({ text, name }) => (name ? `*${text}*` : text)).join('');

test('names are set apart, in both languages', () => {
  const problem = unknown({ column: 'cardid', columns: 'card_id, amount' });
  expect(bold(sentenceParts(problem, 'en'))).toBe('No column *cardid* here; there are card_id, amount');
  expect(bold(sentenceParts(problem, 'zh'))).toBe('没有列*cardid*；现有 card_id, amount');
});

test('a sentence without names stays whole, and long lists are no names', () => {
  expect(bold(sentenceParts(open({}), 'en'))).toBe('Nothing takes the rows');
  const many = unknown({ column: 'x1', columns: 'c, '.repeat(40) });
  expect(sentenceParts(many, 'en').filter(({ name }) => name)).toEqual([{ text: 'x1', name: true }]);
});

test('errors come first, and twins keep apart', () => {
  const problems = [open({}, { nodeId: 'a' }), unknown({ column: 'x', columns: '' }), open({}, { nodeId: 'a' })];
  expect(listProblems(problems, 'all').map(({ severity }) => severity)).toEqual(['error', 'warning', 'warning']);
  expect(listProblems(problems, 'error')).toHaveLength(1);
  expect(new Set(keysOf(problems)).size).toBe(3);
});
