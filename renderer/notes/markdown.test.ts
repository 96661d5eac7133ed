/** Notes are read into plain values; whatever they say, nothing in them becomes an element or an address of another kind. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Inline } from './markdown.ts';
import { parseInline, parseMarkdown } from './markdown.ts';

const text = (value: string): Inline => ({ kind: 'text', text: value });

test.each<[string, readonly Inline[]]>([
  ['plain', [text('plain')]],
  ['a **b** c', [text('a '), { kind: 'strong', children: [text('b')] }, text(' c')]],
  ['*a* _b_', [{ kind: 'emphasis', children: [text('a')] }, text(' '), { kind: 'emphasis', children: [text('b')] }]],
  ['snake_case_name', [text('snake_case_name')]],
  ['2 * 3 * 4', [text('2 * 3 * 4')]],
  ['`a*b*`', [{ kind: 'code', text: 'a*b*' }]],
  ['\\*a\\*', [text('*'), text('a'), text('*')]],
  ['[x](https://example.org)', [{ kind: 'link', address: 'https://example.org', children: [text('x')] }]],
  ['[x](javascript:alert(1))', [text('[x](javascript:alert(1))')]],
  ['[x](data:text/html,y)', [text('[x](data:text/html,y)')]],
  ['[x](//example.org)', [text('[x](//example.org)')]],
  ['<b>x</b>', [text('<b>x</b>')]],
  ['**never closed', [text('**never closed')]],
])('%s', (source, expected) => {
  expect(parseInline(source)).toEqual(expected);
});

test('blocks: headings, lists, code and paragraphs', () => {
  const source = '# One\nfirst\nsecond\n\n- a\n- b\n  more\n1. x\n```\n<raw> **not bold**\n```\n#no heading';
  expect(parseMarkdown(source)).toEqual([
    { kind: 'heading', level: 1, children: [text('One')] },
    { kind: 'paragraph', lines: [[text('first')], [text('second')]] },
    { kind: 'list', ordered: false, items: [[text('a')], [text('b more')], [text('x')]] },
    { kind: 'code', text: '<raw> **not bold**' },
    { kind: 'paragraph', lines: [[text('#no heading')]] },
  ]);
});

test('hostile lengths end soon', () => {
  const start = performance.now();
  for (const unit of ['*', '_a', '[', '`', '**a', '](', '- ']) parseMarkdown(unit.repeat(5000));
  expect(performance.now() - start).toBeLessThan(4000);
});

test('this file reads itself without losing a line that is text', () => {
  const source = readFileSync(import.meta.filename, 'utf8');
  expect(JSON.stringify(parseMarkdown(source))).toContain('nothing in them becomes an element');
});
