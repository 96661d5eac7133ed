/** Draft journals: every acknowledged record survives a torn write, stays with its file, and goes when it is told to. */
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DraftRecord } from './drafts.ts';
import { Drafts } from './drafts.ts';

let directory: string;
let nowMs: number;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'millrace-drafts-'));
  nowMs = 1_000_000;
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (launch = 'one'): Drafts => new Drafts({ stateDirectory: directory, launch, now: () => nowMs });
const folder = (): string => path.join(directory, 'drafts');
const record = (text: string, more: Partial<DraftRecord> = {}): DraftRecord => ({
  documentId: 'd',
  path: '',
  name: 'untitled',
  text,
  edits: 1,
  base: null,
  ...more,
});
const texts = async (drafts: Drafts): Promise<readonly (string | undefined)[]> =>
  await Promise.all((await drafts.list()).map(async ({ draftId }) => (await drafts.read(draftId))?.text));

it('appends to a journal nobody else can read, and the last of many quick records wins', async () => {
  const drafts = open();
  await Promise.all(Array.from({ length: 30 }, (_value, index) => drafts.save(record(`text ${index}`))));
  expect(await texts(open())).toEqual(['text 29']);
  expect(readdirSync(folder())).toEqual(['d']);
  expect(statSync(path.join(folder(), 'd')).mode & 0o777).toBe(0o600);
  expect(statSync(path.join(folder(), 'd')).size).toBeGreaterThan(30 * 'text 0'.length);
});

it('falls back to the record before a torn one at every length of what was written, and goes on from there', async () => {
  const drafts = open();
  await drafts.save(record('first'));
  const whole = statSync(path.join(folder(), 'd')).size;
  await drafts.save(record('second'));
  const both = statSync(path.join(folder(), 'd')).size;
  for (let size = both - 2; size >= whole; size -= 7) {
    truncateSync(path.join(folder(), 'd'), size);
    expect(await texts(open())).toEqual(['first']);
  }
  await drafts.save(record('third'));
  expect(await texts(open())).toEqual(['third']);
  appendFileSync(path.join(folder(), 'd'), '\0\0\0\0 garbage');
  expect(await texts(open())).toEqual(['third']);
});

it('replaces a journal that has grown by its last record', async () => {
  const drafts = open();
  const large = 'x'.repeat(300_000);
  for (let index = 0; index < 12; index++) await drafts.save(record(`${large}${index}`));
  expect(statSync(path.join(folder(), 'd')).size).toBeLessThan(9 * 300_100);
  expect(await texts(open())).toEqual([`${large}11`]);
});

it('keeps a file and its copy apart, follows a file that was moved, and tells launches apart', async () => {
  const here = path.join(directory, 'here.json');
  const copy = path.join(directory, 'copy.json');
  writeFileSync(here, '');
  const drafts = open();
  await drafts.save(record('edited here', { path: here }));
  expect(await drafts.find('d', { path: copy, text: '' })).toBeNull();
  await drafts.save(record('edited copy', { path: copy }));
  expect((await drafts.find('d', { path: here, text: '' }))?.text).toBe('edited here');
  expect((await open('two').find('d', { path: copy, text: '' }))?.sameLaunch).toBe(false);
  rmSync(here);
  await drafts.discard('d', copy);
  expect((await drafts.find('d', { path: path.join(directory, 'moved.json'), text: '' }))?.text).toBe('edited here');
});

it('lists what was put aside for 30 days without offering it, and forgets what was discarded', async () => {
  const drafts = open();
  await drafts.save(record('aside'));
  await drafts.putAside('d', '');
  expect(await drafts.find('d', { path: '', text: '' })).toBeNull();
  expect(await drafts.list()).toMatchObject([{ aside: true, documentId: 'd' }]);
  await drafts.save(record('again'));
  await drafts.discard('d', '');
  nowMs += 29 * 86_400_000;
  await drafts.prune();
  expect(await texts(drafts)).toEqual(['aside']);
  nowMs += 2 * 86_400_000;
  await drafts.prune();
  expect(await drafts.list()).toEqual([]);
});
