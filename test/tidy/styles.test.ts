/** Classes of the style sheets and the code that names them: none is written for nobody, none is named that no sheet has. */
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../support/source-files.ts';
import { isTest, readSourceFiles } from '../support/source-files.ts';

/** Where code finds a class by a value, as in `style[tone]`: what the values may be. What is not listed may be any class of the sheet. */
const BY_VALUE: Readonly<Record<string, readonly string[]>> = {
  'renderer/app/TabStrip.tsx style[state]': ['unsaved', 'running', 'failed'],
  'renderer/code/Coloured.tsx style[token.kind]': ['keyword', 'function', 'string', 'number', 'comment', 'plain'],
  'renderer/code/Coloured.tsx style[mark.severity]': ['error', 'warning'],
  'renderer/compare/ChangeBadge.tsx style[change]': ['added', 'changed', 'removed'],
  'renderer/gallery/EdgeStates.tsx style[port]': ['changelog', 'broadcast', 'late', 'hollow'],
  'renderer/palette/NodeIcon.tsx style[CATEGORY_TINTS[category]]': ['io', 'transform', 'time', 'state', 'join', 'cep', 'ml'],
  'renderer/preview/RowTable.tsx style[row.look]': ['plain', 'faint', 'failed'],
  'renderer/logs/LogRows.tsx style[level]': ['info', 'warning', 'error'],
  'renderer/ui/Banner.tsx style[tone]': ['tide', 'press', 'accent', 'err'],
  'renderer/ui/Button.tsx style[look]': ['primary', 'raised', 'ghost', 'danger'],
  'renderer/ui/ToastCard.tsx style[tone]': ['success', 'warning', 'error'],
};

interface Use {
  readonly place: string;
  readonly sheet: string;
  /** Of a class, or of a family of them: `fate-*`. */
  readonly name: string;
}

const sheets = readSourceFiles(['renderer'], ['.module.css']);
const classesOf = new Map(sheets.map((sheet) => [sheet.path, definedIn(sheet)]));
const code = readSourceFiles(['renderer'], ['.ts', '.tsx']).filter((file) => !isTest(file.path));
const named = code.flatMap(namedIn);
const uses = [...named.flatMap(resolve), ...sheets.flatMap(composedIn)];

describe('classes of the style sheets', () => {
  it('exist where they are named', () => {
    const missing = uses.filter((use) => !namesOf(use.sheet).some((name) => fits(use, name)));
    expect(missing.map(({ place, name, sheet }) => `${place}: ${name} of ${path.basename(sheet)}`)).toEqual([]);
  });

  it('are all used', () => {
    const unused = sheets.flatMap((sheet) =>
      namesOf(sheet.path)
        .filter((name) => !uses.some((use) => use.sheet === sheet.path && fits(use, name)))
        .map((name) => `${sheet.path}: ${name}`),
    );
    expect(unused).toEqual([]);
  });
});

function namesOf(sheet: string): readonly string[] {
  return [...(classesOf.get(sheet) ?? [])];
}

function fits({ name }: Use, defined: string): boolean {
  const [before, after] = name.split('*');
  return after === undefined ? name === defined : defined.startsWith(before) && defined.endsWith(after);
}

/** Selectors only; what is `:global` belongs to others. */
function definedIn({ text }: SourceFile): ReadonlySet<string> {
  const selectors = text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\{[^{}]*\}/g, '{}')
    .replace(/:global\((?:[^()]|\([^()]*\))*\)/g, '')
    .replace(/'[^']*'/g, '');
  return new Set([...selectors.matchAll(/\.([a-zA-Z_][\w-]*)/g)].map((match) => match[1]));
}

function composedIn({ path: place, text }: SourceFile): readonly Use[] {
  return [...text.matchAll(/composes:\s*([\w\s-]+?)(?:\s+from\s+'([^']+)')?;/g)].flatMap(([, names, from]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name): Use => ({ place, sheet: from === undefined ? place : besides(place, from), name })),
  );
}

/** `style.name`, `style['name']`, `style[`fate-${fate}`]`, `style[value]`. */
function namedIn({ path: place, text }: SourceFile): readonly Use[] {
  const parsed = ts.createSourceFile(place, text, ts.ScriptTarget.ES2022, true);
  const imported = new Map<string, string>();
  for (const statement of parsed.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const name = statement.importClause?.name?.text;
    const { text: from } = statement.moduleSpecifier;
    if (name !== undefined && from.endsWith('.module.css')) imported.set(name, besides(place, from));
  }
  const found: Use[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return;
    const sheet = ts.isIdentifier(node.expression) ? imported.get(node.expression.text) : undefined;
    if (sheet !== undefined) found.push({ place, sheet, name: nameIn(node) });
  };
  if (imported.size > 0) visit(parsed);
  return found;
}

function nameIn(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): string {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  const { argumentExpression: value } = node;
  if (ts.isStringLiteralLike(value)) return value.text;
  if (ts.isTemplateExpression(value)) return `${value.head.text}*${value.templateSpans.at(-1)?.literal.text ?? ''}`;
  return `[${value.getText()}]`;
}

function byValueKey({ place, name }: Use): string {
  return `${place} style${name}`;
}

function resolve(use: Use): readonly Use[] {
  if (!use.name.startsWith('[')) return [use];
  return (BY_VALUE[byValueKey(use)] ?? namesOf(use.sheet)).map((name) => ({ ...use, name }));
}

function besides(place: string, from: string): string {
  return path.posix.join(path.posix.dirname(place), from);
}
