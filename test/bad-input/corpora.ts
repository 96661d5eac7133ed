/** Bad input from outside, where it is at hand, and our own of the same kinds, which always is. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { REPOSITORY } from '../support/source-files.ts';

const CORPORA = path.resolve(REPOSITORY, '../shared/corpora');

export interface BytesCase {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Null, with a line that says so, when the corpora are not beside the repository. */
export function corpusFolder(name: string): string | null {
  const folder = path.join(CORPORA, name);
  if (existsSync(folder)) return folder;
  console.log(`skipped: ${name} is not at ../shared/corpora; the project's own hostile input is used alone`);
  return null;
}

export function corpusFiles(name: string, ending: string): readonly BytesCase[] {
  const folder = corpusFolder(name);
  if (folder === null) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(ending));
  return files.sort().map((file) => ({ name: file, bytes: new Uint8Array(readFileSync(path.join(folder, file))) }));
}

const OWN_NAUGHTY: readonly string[] = [
  '',
  ' ',
  'undefined',
  'NULL',
  'NaN',
  '-0',
  '1e999',
  '0x1F',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  "'; DROP TABLE users; --",
  "''",
  '`',
  '"',
  '\\',
  "\\'",
  '*/ x /*',
  '-- x\nDROP TABLE x',
  '$\u007b1+1}',
  '{{7*7}}',
  '%s%n%d',
  '../../etc/passwd',
  'C:\\con\\nul',
  '<script>alert(1)</script>',
  '\u0000',
  '\u0007\u001b[31mred',
  '\r\n',
  '\u2028\u2029',
  '\u202ereversed',
  '\ufeffmark',
  '\ud800',
  '\udc00\ud800',
  '\u{1f469}\u200d\u{1f4bb}',
  '田中さんにあげて下さい',
  'İı ß ﬃ',
  'Z\u0351\u036b\u0343\u0329',
  '=1+1',
  '@SUM(A1)',
  'a'.repeat(10_000),
];

export function naughtyStrings(): readonly string[] {
  const folder = corpusFolder('naughty-strings');
  if (folder === null) return OWN_NAUGHTY;
  return [...OWN_NAUGHTY, ...(JSON.parse(readFileSync(path.join(folder, 'blns.json'), 'utf8')) as readonly string[])];
}
