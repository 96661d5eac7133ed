/** Trust is kept by real path, outside of the project, and is not inherited by copies. */
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { TrustedFiles, trustedFileOf } from './trusted-files.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'millrace-trust-'));
const place = (name: string): string => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what was trusted is found again by whoever reads the list; a copy and a missing file are not', async () => {
  const trusted = new TrustedFiles(trustedFileOf(folder));
  writeFileSync(place('one.json'), '{}');
  expect(trusted.has(place('one.json'))).toBe(false);
  expect(await trusted.add(place('one.json'))).toBe(true);
  copyFileSync(place('one.json'), place('copy.json'));
  symlinkSync(place('one.json'), place('link.json'));
  const reader = new TrustedFiles(trustedFileOf(folder));
  expect(['one.json', 'link.json', 'copy.json', 'gone.json'].map((name) => reader.has(place(name)))).toEqual([true, true, false, false]);
  expect(await trusted.add(place('gone.json'))).toBe(false);
});

test('a damaged list trusts nothing', () => {
  writeFileSync(trustedFileOf(folder), '{ "not": "a list"');
  expect(new TrustedFiles(trustedFileOf(folder)).has(place('one.json'))).toBe(false);
});
