/** What every file of the tree owes its reader: a sentence that says what it is for, a fitting name, a bearable length, no leftovers. */
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../support/source-files.ts';
import { isTest, readSourceFiles } from '../support/source-files.ts';

const FILE_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 70;

const sources = readSourceFiles(['engine', 'renderer', 'electron', 'test'], ['.ts', '.tsx']);
const generated = (file: SourceFile): boolean => file.path.endsWith('.generated.ts');
/** Tables of cases and of words are data and may be long. */
const isTable = (file: SourceFile): boolean =>
  generated(file) || file.path.endsWith('/cases.ts') || file.path.startsWith('renderer/strings/');
const findAll = (offends: (file: SourceFile) => boolean): readonly string[] => sources.filter(offends).map((file) => file.path);

describe('every file', () => {
  it('opens with one sentence that says what it is for', () => {
    expect(findAll((file) => !/^(#!.*\n)?\/\*\*[\s\S]{15,}?\*\//.test(file.text))).toEqual([]);
  });

  it('is named in kebab-case, or PascalCase for a component', () => {
    const fits = (file: SourceFile): boolean => {
      const name = path.basename(file.path);
      return name.endsWith('.tsx')
        ? /^([A-Z][A-Za-z0-9]*|main)(\.test)?\.tsx$/.test(name)
        : /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|bench|spec|capture|config|generated|worker|d))?\.ts$/.test(name);
    };
    expect(findAll((file) => !fits(file))).toEqual([]);
  });

  it('is not a drawer for odds and ends, nor a barrel', () => {
    expect(findAll((file) => /\/(utils?|helpers?|misc|common|index)\.tsx?$/.test(file.path))).toEqual([]);
  });

  it(`has at most ${FILE_LINES_MAX} lines`, () => {
    expect(findAll((file) => !isTable(file) && !isTest(file.path) && file.text.split('\n').length > FILE_LINES_MAX + 1)).toEqual([]);
  });

  it(`has functions of at most ${FUNCTION_LINES_MAX} lines`, () => {
    expect(sources.filter((file) => !isTable(file) && !isTest(file.path)).flatMap(findLongFunctions)).toEqual([]);
  });
});

describe('no file keeps', () => {
  it('a test that runs alone or never', () => {
    expect(findAll((file) => /\b(describe|it|test)\.(only|skip|todo|fixme)\(/.test(file.text) && isTest(file.path))).toEqual([]);
  });

  it('notes to self', () => {
    expect(findAll((file) => !file.path.startsWith('test/tidy/') && /\b(TODO|FIXME|XXX|HACK)\b|\bdebugger;/.test(file.text))).toEqual([]);
  });

  it('commented-out code', () => {
    expect(sources.flatMap(findDeadCode)).toEqual([]);
  });

  it('an escape from the types', () => {
    expect(findAll((file) => !file.path.startsWith('test/tidy/') && /@ts-(ignore|nocheck)|eslint-disable/.test(file.text))).toEqual([]);
  });
});

describe('style sheets', () => {
  it('use only what the oldest supported browser draws, and no foreign fonts', () => {
    const sheets = readSourceFiles(['renderer'], ['.css']);
    const offences = sheets.filter((file) =>
      /\b(oklch|oklab|color-mix|light-dark)\(|@(import|layer|container)\b|https?:\/\/(?!www\.w3\.org)|^\s+&/m.test(file.text),
    );
    expect(offences.map((file) => file.path)).toEqual([]);
  });
});

/** Own lines: those of functions nested inside count for the nested ones. */
function findLongFunctions(file: SourceFile): readonly string[] {
  const kind = file.path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const parsed = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2022, true, kind);
  const found: string[] = [];
  const visit = (node: ts.Node): number => {
    let nested = 0;
    ts.forEachChild(node, (child) => {
      nested += visit(child);
    });
    if (!ts.isFunctionLike(node) || ts.isTypeNode(node)) return nested;
    const start = parsed.getLineAndCharacterOfPosition(node.getStart(parsed)).line;
    const lines = parsed.getLineAndCharacterOfPosition(node.end).line - start + 1;
    if (lines - nested > FUNCTION_LINES_MAX) found.push(`${file.path}:${start + 1} has ${lines - nested} own lines`);
    return lines === 1 ? 0 : lines;
  };
  visit(parsed);
  return found;
}

/** A line comment that would be a statement: prose does not end in a semicolon or an open brace. */
function findDeadCode(file: SourceFile): readonly string[] {
  return file.text.split('\n').flatMap((line, index) => {
    const comment = /^\s*\/\/\s?(.*)$/.exec(line)?.[1];
    const looksLikeCode =
      comment !== undefined &&
      /^(const|let|var|return|if|for|while|import|export|await|throw|[\w.]+\(.*\))\b.*[;{]$|^[\w.[\]]+ = .*;$|^\}[);,]*$/.test(comment);
    return looksLikeCode ? [`${file.path}:${index + 1}`] : [];
  });
}
