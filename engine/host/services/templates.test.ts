/** A template is opened as a copy; edited copies are kept, the copy of a launch starts clean, two hosts do not share one. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Templates } from './templates.ts';

let directory: string;
let templates: Templates;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'millrace-templates-'));
  mkdirSync(path.join(directory, 'templates/demo/data'), { recursive: true });
  mkdirSync(path.join(directory, 'templates/demo/expected'));
  writeFileSync(path.join(directory, 'templates/demo/pipeline.json'), '{"id":"demo","name":"Demo","nodes":[]}\n');
  writeFileSync(path.join(directory, 'templates/demo/data/rows.csv'), 'a\n1\n');
  writeFileSync(path.join(directory, 'templates/demo/make.mjs'), '');
  templates = new Templates(path.join(directory, 'templates'), path.join(directory, 'state'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const folderOf = (document: string): string => path.basename(path.dirname(document));

it('copies data and document, and nothing that only makes or checks the template', async () => {
  const document = await templates.materialise('demo', 'en');
  const folder = path.dirname(document);
  expect(['data/rows.csv', 'pipeline.json', 'expected', 'make.mjs'].map((name) => existsSync(path.join(folder, name)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(templates.list()).toEqual([
    { name: 'demo', group: 'etl', title: { en: 'Demo', zh: 'Demo' }, hint: { en: '', zh: '' }, summary: { en: '', zh: '' } },
  ]);
});

it('lists templates by group, then by their order, each with its document', async () => {
  const add = (name: string, description: object) => {
    mkdirSync(path.join(directory, 'templates', name));
    writeFileSync(path.join(directory, 'templates', name, 'pipeline.json'), `{"id":"${name}"}`);
    writeFileSync(path.join(directory, 'templates', name, 'template.json'), JSON.stringify(description));
  };
  add('b', { group: 'reports' });
  add('a', { group: 'reports' });
  add('z', { group: 'reports', order: 1 });
  add('m', { group: 'monitoring', hint: { en: 'thresholds', zh: '阈值' } });
  const cards = await templates.cards();
  expect(cards.map((card) => `${card.group}/${card.name}`)).toEqual(['etl/demo', 'monitoring/m', 'reports/z', 'reports/a', 'reports/b']);
  expect(cards[1]).toMatchObject({ document: '{"id":"m"}', hint: { en: 'thresholds', zh: '阈值' } });
});

it('opens the same copy again, but another once it was edited', async () => {
  const document = await templates.materialise('demo', 'en');
  writeFileSync(path.join(path.dirname(document), 'output.txt'), 'kept');
  expect(await templates.materialise('demo', 'en')).toBe(document);
  expect(existsSync(path.join(path.dirname(document), 'output.txt'))).toBe(true);
  writeFileSync(document, '{"id":"demo","edited":true}');
  expect(folderOf(await templates.materialise('demo', 'en'))).toBe('demo-2');
  expect(readFileSync(document, 'utf8')).toContain('edited');
});

it('starts a launch without the traces of the one before but with its history, and away from another running host', async () => {
  const document = await templates.materialise('demo', 'en', true);
  const folder = path.dirname(document);
  writeFileSync(path.join(folder, 'output.txt'), 'old');
  for (const name of ['chk-000001', 'runs']) mkdirSync(path.join(folder, '.millrace/demo', name), { recursive: true });
  expect(await templates.materialise('demo', 'en', true)).toBe(document);
  expect(existsSync(path.join(folder, 'output.txt'))).toBe(false);
  expect(readdirSync(path.join(folder, '.millrace/demo'))).toEqual(['runs']);
  // The parent process is certainly alive and not this one.
  writeFileSync(path.join(folder, '.millrace-owner'), String(process.ppid));
  expect(folderOf(await templates.materialise('demo', 'en', true))).toBe('demo-2');
});
