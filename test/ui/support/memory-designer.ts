/** Opens the page of the in-memory host with or without a pipeline, and reads back what was saved there. */
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { PipelineDocument } from '../../../engine/spec/document.ts';
import { Person } from './person.ts';

const FOLDER = '/home/millrace';

/** An empty new pipeline. */
export async function beginEmpty(page: Page, url: string): Promise<Person> {
  const person = new Person(page);
  await page.goto(url);
  await expect(page.getByText(/Nothing flows yet|还没有数据流动/)).toBeVisible();
  return person;
}

/** Pipelines by file name, opened in tabs; the first one is shown. */
export async function beginWith(page: Page, url: string, files: Readonly<Record<string, object>>): Promise<Person> {
  const person = new Person(page);
  const texts = Object.entries(files).map(([name, document]) => [`${FOLDER}/${name}`, JSON.stringify(document)] as const);
  await page.addInitScript((entries) => {
    if (sessionStorage.getItem('files') !== null) return;
    const stored = entries.map(([path, text]) => [path, { text, modifiedMs: 1, hash: 'a' }]);
    sessionStorage.setItem('files', JSON.stringify(Object.fromEntries(stored)));
    const tabs = entries.map(([path]) => ({ kind: 'pipeline', path, documentId: '', name: '' }));
    sessionStorage.setItem('preferences', JSON.stringify({ tabs, activeTab: 0 }));
  }, texts);
  await page.goto(url);
  await expect(page.locator('[data-node]').first()).toBeVisible();
  return person;
}

/** Saves with the key, under this name when it has none yet, and reads the file. */
export async function savedFile(page: Page, name: string): Promise<PipelineDocument> {
  await page.keyboard.press('Control+s');
  const box = page.getByLabel('File name');
  const done = page.locator('[data-save-state="saved"]');
  await expect(box.or(done)).toBeVisible();
  if (await box.isVisible()) {
    await box.fill(name);
    await page.keyboard.press('Enter');
  }
  await expect(done).toBeVisible();
  const text = await page.evaluate((path) => {
    const files = JSON.parse(sessionStorage.getItem('files') ?? '{}') as Record<string, { readonly text: string }>;
    return files[path]?.text ?? '';
  }, `${FOLDER}/${name}.json`);
  return JSON.parse(text) as PipelineDocument;
}
