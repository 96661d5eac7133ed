/** Every sentence of the page is said somewhere, and keys that code puts together lead to sentences. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { en } from '../../renderer/strings/en.ts';
import { isTest, readSourceFiles } from '../support/source-files.ts';

/**
 * Keys that code puts together stand for all that is below, as the types of the code see to. Where other keys are beside them: what
 * may stand in place of the star.
 */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  // Named by lists of shortcuts, panels, languages and looks.
  'shortcuts.*': ['fit', 'clipboard', 'zoom', 'walk', 'nudge', 'push', 'reach', 'reachAll', 'problem', 'tab', 'region'],
  'dock.*': ['problems', 'data', 'plan', 'checkpoints', 'logs', 'why'],
  'rail.*': ['nodes', 'search', 'outline', 'runs'],
  'language.*': ['en', 'zh'],
  'theme.*': ['dark', 'light', 'system'],
  'title.*': ['running', 'failed', 'unsaved'],
  // What the engine says of a run.
  'checkpoints.*': ['failed', 'complete', 'in-progress', 'savepoint', 'checkpoint'],
  'figureLens.*': ['throughput', 'watermark', 'state', 'skew'],
  'lens.*': ['open', 'next', 'idle', 'ended'],
  'logs.*': ['error', 'info', 'warning'],
  // What the portable code says of a pipeline.
  'compare.*': ['added', 'removed', 'changed'],
  'inspector.*': ['append', 'upsert', 'retract'],
  'preview.*': ['new', 'changed', 'complete', 'sink', 'live', 'waiting', 'invalid', 'failed', 'off', 'late'],
  'preview.*Text': ['complete', 'sink', 'live', 'waiting', 'invalid', 'failed', 'off', 'late'],
  'results.*': ['table', 'dashboard', 'changes'],
};

const PLURAL = /_(zero|one|other)$/;

const keys = [...new Set(flatten(en).map((key) => key.replace(PLURAL, '')))];
const { literals, templates } = readCode();

describe('keys of the strings', () => {
  it('that families name exist', () => {
    const named = Object.entries(FAMILIES).flatMap(([family, values]) => values.map((value) => family.replace('*', value)));
    expect(named.filter((key) => !keys.includes(key))).toEqual([]);
  });

  it('are all used', () => {
    const members = [...templates].flatMap((family) => keys.filter((key) => isOf(family, key)));
    const used = new Set([...literals, ...members]);
    expect(keys.filter((key) => !used.has(key))).toEqual([]);
  });
});

function isOf(family: string, key: string): boolean {
  const [before, after] = family.split('*');
  if (!key.startsWith(before) || !key.endsWith(after) || key.length <= before.length + after.length) return false;
  const value = key.slice(before.length, key.length - after.length);
  return FAMILIES[family]?.includes(value) ?? !value.includes('.');
}

/** Strings of the code, and keys with one changing part. */
function readCode(): { readonly literals: ReadonlySet<string>; readonly templates: ReadonlySet<string> } {
  const areas = new Set(Object.keys(en));
  const files = readSourceFiles(['renderer', 'electron'], ['.ts', '.tsx']).filter(
    ({ path }) => !isTest(path) && !/^renderer\/strings\/(en|zh)/.test(path),
  );
  const found = { literals: new Set<string>(), templates: new Set<string>() };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.literals.add(node.text);
    if (ts.isTemplateExpression(node) && node.templateSpans.length === 1) {
      const [area, ...rest] = node.head.text.split('.');
      if (rest.length > 0 && areas.has(area)) found.templates.add(`${node.head.text}*${node.templateSpans[0].literal.text}`);
    }
    // What is read from the catalogue itself: `words().error.connect`, `en.reason[key]`.
    if (ts.isPropertyAccessExpression(node) && ts.isPropertyAccessExpression(node.expression))
      found.literals.add(`${node.expression.name.text}.${node.name.text}`);
    if (ts.isElementAccessExpression(node) && /^(en|zh)\.\w+$/.test(node.expression.getText()))
      found.templates.add(`${node.expression.getText().slice(3)}.*`);
    ts.forEachChild(node, visit);
  };
  for (const { path, text } of files) visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
  return found;
}

function flatten(value: unknown, prefix = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  return Object.entries(value).flatMap(([key, part]) => flatten(part, prefix === '' ? key : `${prefix}.${key}`));
}
