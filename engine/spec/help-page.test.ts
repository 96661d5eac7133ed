/** Both languages of a help page come out whole. */
import { expect, test } from 'vitest';
import { readHelpPage } from './help-page.ts';

const page = '# Filter\n\nKeeps rows.\n\n- `a # b`\n\n# 过滤\n\n保留行。\n';

test.each([
  ['en', page, { title: 'Filter', text: 'Keeps rows.\n\n- `a # b`' }],
  ['zh', page, { title: '过滤', text: '保留行。' }],
  ['zh', '# Only\n\nOne.', { title: 'Only', text: 'One.' }],
  ['en', 'no heading', { title: 'no heading', text: '' }],
] as const)('%s of %j', (language, markdown, expected) => {
  expect(readHelpPage(markdown, language)).toEqual(expected);
});
