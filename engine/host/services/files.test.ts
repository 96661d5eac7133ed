/** Saving compares with what was opened, drafts outlive a crash, changes by other programs are told. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AllowedRoots } from './allowed-roots.ts';
import type { DraftRecord } from './drafts.ts';
import { Drafts } from './drafts.ts';
import { Files } from './files.ts';

let directory: string;
let files: Files;
let drafts: Drafts;
let changes: string[];

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'millrace-files-'));
  mkdirSync(path.join(directory, 'root'));
  changes = [];
  drafts = new Drafts({ stateDirectory: path.join(directory, 'state'), launch: 'this', now: () => Date.now() });
  const roots = await AllowedRoots.create([{ name: 'root', path: path.join(directory, 'root') }]);
  files = new Files(roots, drafts, (change) => changes.push(`${path.basename(change.path)} ${change.hash.slice(0, 4)}`));
});

afterEach(() => {
  files.close();
  rmSync(directory, { recursive: true, force: true });
});

const inRoot = (name: string): string => path.join(directory, 'root', name);

const draft = (text: string): DraftRecord => ({ documentId: 'd', path: inRoot('p.json'), name: 'p', text, edits: 1, base: null });

it('saves a new file, then over what it saw, and refuses to overwrite what it did not see', async () => {
  const first = await files.save(inRoot('p.json'), 'one', null);
  const second = await files.save(inRoot('p.json'), 'two', first);
  await expect(files.save(inRoot('p.json'), 'three', first)).rejects.toMatchObject({ code: 'MR6201' });
  await expect(files.save(inRoot('p.json'), 'three', null)).rejects.toMatchObject({ code: 'MR6201' });
  expect(readFileSync(inRoot('p.json'), 'utf8')).toBe('two');
  writeFileSync(inRoot('p.json'), 'other');
  await expect(files.save(inRoot('p.json'), 'three', second)).rejects.toMatchObject({ code: 'MR6201' });
  rmSync(inRoot('p.json'));
  await expect(files.save(inRoot('p.json'), 'three', second)).rejects.toMatchObject({ code: 'MR6201' });
  expect(readdirSync(path.join(directory, 'root'))).toEqual([]);
});

it('writes an export, and over an existing file only when told to', async () => {
  const written = await files.write(inRoot('p.png'), Buffer.from([0, 255, 13, 10]), false);
  expect(written).toEqual({ path: inRoot('p.png'), sizeBytes: 4 });
  await expect(files.write(inRoot('p.png'), Buffer.from('x'), false)).rejects.toMatchObject({ code: 'MR6212' });
  expect([...readFileSync(inRoot('p.png'))]).toEqual([0, 255, 13, 10]);
  await files.write(inRoot('p.png'), Buffer.from('x'), true);
  expect(readFileSync(inRoot('p.png'), 'utf8')).toBe('x');
  await expect(files.write('/etc/p.png', Buffer.from('x'), true)).rejects.toMatchObject({ code: 'MR6202' });
});

it('does not call it a conflict when only the time changed', async () => {
  const saved = await files.save(inRoot('p.json'), 'one', null);
  utimesSync(inRoot('p.json'), new Date(1_000), new Date(1_000));
  await expect(files.save(inRoot('p.json'), 'two', saved)).resolves.toBeDefined();
});

it('keeps the permissions of a file and leaves nothing beside it', async () => {
  writeFileSync(inRoot('p.json'), 'one', { mode: 0o640 });
  const opened = await files.open(inRoot('p.json'));
  await files.save(inRoot('p.json'), 'two', opened);
  expect(statSync(inRoot('p.json')).mode & 0o777).toBe(0o640);
  expect(readdirSync(path.join(directory, 'root'))).toEqual(['p.json']);
});

it('offers a draft whenever it says something else than the file, however old', async () => {
  writeFileSync(inRoot('p.json'), '{"id":"d"}');
  await drafts.save(draft('{"id":"d","edited":true}'));
  expect((await files.open(inRoot('p.json'))).draft).toMatchObject({ text: '{"id":"d","edited":true}', edits: 1, sameLaunch: true });
  utimesSync(inRoot('p.json'), new Date(), new Date(Date.now() + 60_000));
  expect((await files.open(inRoot('p.json'))).draft?.text).toBe('{"id":"d","edited":true}');
  await drafts.save(draft('{"id":"d"}'));
  expect((await files.open(inRoot('p.json'))).draft).toBeNull();
});

it('tells of a change by another program, once, and not of its own saving', async () => {
  const saved = await files.save(inRoot('p.json'), 'one', null);
  await files.save(inRoot('p.json'), 'two', saved);
  writeFileSync(inRoot('p.json'), 'three');
  await expect.poll(() => changes.length, { timeout: 5_000 }).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(changes).toHaveLength(1);
});

it('lists folders first and leaves hidden entries out', async () => {
  mkdirSync(inRoot('zeta'));
  writeFileSync(inRoot('alpha.json'), '');
  writeFileSync(inRoot('.hidden'), '');
  expect((await files.list(path.join(directory, 'root'))).map((entry) => entry.name)).toEqual(['zeta', 'alpha.json']);
});

it('does not open what is far too large for a document, nor a folder', async () => {
  writeFileSync(inRoot('large.json'), Buffer.alloc(9 * 1024 * 1024));
  await expect(files.open(inRoot('large.json'))).rejects.toMatchObject({ code: 'MR6203' });
  await expect(files.open(path.join(directory, 'root'))).rejects.toMatchObject({ code: 'MR6206' });
});
