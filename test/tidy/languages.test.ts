/** Every sentence exists in English and Chinese, with the same placeholders. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { isTest, readSourceFiles } from '../support/source-files.ts';

interface Pair {
  readonly place: string;
  readonly en: string;
  readonly zh: string;
}

/** Object literals with an `en` and a `zh` sentence, wherever they stand. */
const pairs = readSourceFiles(['engine', 'renderer', 'electron'], ['.ts', '.tsx'])
  .filter((file) => !isTest(file.path))
  .flatMap((file) => {
    const parsed = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2022, true);
    const found: Pair[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isObjectLiteralExpression(node)) {
        const en = sentenceOf(node, 'en');
        const zh = sentenceOf(node, 'zh');
        if (en !== null && zh !== null)
          found.push({ place: `${file.path}:${parsed.getLineAndCharacterOfPosition(node.pos).line + 1}`, en, zh });
      }
      ts.forEachChild(node, visit);
    };
    visit(parsed);
    return found;
  });

function sentenceOf(node: ts.ObjectLiteralExpression, language: string): string | null {
  for (const property of node.properties) {
    if (ts.isPropertyAssignment(property) && property.name.getText() === language && ts.isStringLiteralLike(property.initializer)) {
      return property.initializer.text;
    }
  }
  return null;
}

const placeholders = (sentence: string): string => [...new Set(sentence.match(/\{+\s*\w+\s*\}+/g) ?? [])].sort().join(' ');

describe('sentences in the code', () => {
  it('were found', () => expect(pairs.length).toBeGreaterThan(50));

  it('use the same placeholders in both languages', () => {
    expect(pairs.filter(({ en, zh }) => placeholders(en) !== placeholders(zh)).map(({ place }) => place)).toEqual([]);
  });

  it('are not empty', () => {
    expect(pairs.filter(({ en, zh }) => (en.trim() === '') !== (zh.trim() === '')).map(({ place }) => place)).toEqual([]);
  });
});

describe('strings of the page', () => {
  it('exist in both languages, with the same placeholders', async () => {
    const modules: readonly Record<string, unknown>[] = await Promise.all([
      import('../../renderer/strings/en.ts'),
      import('../../renderer/strings/zh.ts'),
    ]);
    const [en, zh] = modules.map((module) => flatten(Object.values(module).find((value) => typeof value === 'object')));
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort());
    const different = [...en].filter(([key, sentence]) => placeholders(sentence) !== placeholders(zh.get(key) ?? ''));
    expect(different.map(([key]) => key)).toEqual([]);
  });
});

function flatten(value: unknown, prefix = ''): ReadonlyMap<string, string> {
  if (typeof value === 'string') return new Map([[prefix, value]]);
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(Object.entries(value).flatMap(([key, part]) => [...flatten(part, prefix === '' ? key : `${prefix}.${key}`)]));
}
