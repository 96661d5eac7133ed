/** Which fix a key applies: the nearest one. */
import { expect, test } from 'vitest';
import type { Problem } from '../../engine/spec/problem.ts';
import { nearestFix } from './fix-problem.ts';

function problem(nodeId: string, field: string, label: string | null): Problem {
  const text = { en: label ?? '', zh: label ?? '' };
  const fixes = label === null ? [] : [{ label: text, edit: { kind: 'remove-node' as const, nodeId } }];
  return { nodeId, field, code: 'MR0000', severity: 'error', parameters: {}, text, fixes };
}

const problems = [problem('a', 'x', 'first'), problem('b', 'x', null), problem('b', 'keys[0]', 'key'), problem('b', 'size', 'size')];

test.each([
  ['b', 'size', 'size'],
  ['b', 'keys', 'key'],
  ['b', null, 'key'],
  ['c', 'size', 'first'],
  [null, null, 'first'],
])('node %s, field %s: %s', (node, field, label) => {
  expect(nearestFix(problems, node, field)?.label.en).toBe(label);
});

test('none where there is none', () => {
  expect(nearestFix([problems[1]], 'b', 'x')).toBeNull();
});
