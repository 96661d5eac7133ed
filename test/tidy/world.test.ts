/** The engine touches time, randomness and disk only through base, so that a test can own them; secrets and machines stay out of the tree. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isTest, REPOSITORY, readSourceFiles } from '../support/source-files.ts';

interface Rule {
  readonly pattern: RegExp;
  readonly instead: string;
}

const RULES: readonly Rule[] = [
  { pattern: /\bDate\.now\(|\bnew Date\(\)/, instead: 'the injected Clock' },
  { pattern: /\bperformance\.now\(|\bhrtime\b/, instead: 'the injected Clock' },
  { pattern: /\bMath\.random\(|\brandomUUID\(|\brandomBytes\(/, instead: 'the injected Random' },
  { pattern: /from '(node:)?fs(\/promises)?'/, instead: 'the injected Storage' },
];

/** The edges where the world comes in: base's own implementations, the host, processes and threads that inject them. */
const EDGES = /^engine\/(base\/node-|host\/|runtime\/job-manager\.ts$|runtime\/workers\/[a-z-]*main\.ts$)/;

describe('engine code', () => {
  const engine = readSourceFiles(['engine'], ['.ts']).filter((file) => !isTest(file.path) && !EDGES.test(file.path));
  it.each(RULES)('uses $instead instead of $pattern', ({ pattern }) => {
    expect(engine.filter((file) => pattern.test(stripComments(file.text))).map((file) => file.path)).toEqual([]);
  });
});

describe('the tree', () => {
  const everything = readSourceFiles(
    ['engine', 'renderer', 'electron', 'test', 'scripts', 'templates', '.ci'],
    ['.ts', '.tsx', '.mjs', '.cjs', '.json', '.md', '.css', '.html', 'run'],
  ).filter((file) => !file.path.startsWith('test/tidy/'));

  it('names no folder of a machine', () => {
    expect(
      everything.filter((file) => /\/(work|root|home\/[a-z]+)\/(main|shared|\.cache)/.test(file.text)).map((file) => file.path),
    ).toEqual([]);
  });

  it('pins every package exactly, and the lock names no registry', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(REPOSITORY, 'package.json'), 'utf8'));
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, wanted]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(wanted)),
    );
    expect(loose).toEqual([]);
    const lock = readFileSync(path.join(REPOSITORY, 'package-lock.json'), 'utf8');
    expect(lock.match(/"resolved": "https?:\/\/(?!registry\.npmjs\.org\/)[^"]*"/g)).toBeNull();
  });
});

function stripComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
