/** Strings that break careless programs, typed into every text field: they come back as text, in the page and in the file; nothing runs, nothing complains. */
import type { Locator, Page } from '@playwright/test';
import { naughtyStrings } from '../bad-input/corpora.ts';
import { cardPipeline } from './support/card-pipeline.ts';
import { beginWith, savedFile } from './support/memory-designer.ts';
import type { ServedPage } from './support/memory-page.ts';
import { serveMemoryPage } from './support/memory-page.ts';
import type { Person } from './support/person.ts';
import { expect, test } from './support/watched-page.ts';

/** Of the big list, where it is at hand, a sample; of our own all that a field can hold. */
const SHOWN_MAX = 48;
const LENGTH_MAX = 200;

const HOSTILE = [
  '<script>window.hurt = true</script>',
  '<img src=x onerror="window.hurt = true">',
  '"><svg onload="window.hurt = true">',
  '[click](javascript:window.hurt=true)',
  '{{constructor.constructor("window.hurt = true")()}}',
  "javascript:window.hurt=true//';",
];

function texts(): readonly string[] {
  const whole = naughtyStrings().filter(
    (text) =>
      text.trim() !== '' && text.length < LENGTH_MAX && !/[\r\n\0]/.test(text) && Buffer.from(text, 'utf8').toString('utf8') === text,
  );
  const step = Math.ceil(whole.length / SHOWN_MAX);
  return [...HOSTILE, ...whole.filter((_text, index) => index % step === 0)];
}

let served: ServedPage;

test.beforeAll(async () => {
  served = await serveMemoryPage();
});
test.afterAll(() => served.close());

interface Opened {
  readonly person: Person;
  /** Everything that would be wrong at the end. */
  harm(): Promise<readonly string[]>;
}

async function open(page: Page): Promise<Opened> {
  const drawing = {
    ...cardPipeline.drawing,
    positions: { ...cardPipeline.drawing.positions, box: { x: 0, y: 390 } },
    groups: [{ id: 'box', label: 'Box', members: ['print'] }],
    notes: [{ id: 'note', text: 'words', x: 270, y: 270, width: 180, height: 90 }],
  };
  const person = await beginWith(page, served.url, { 'cards.json': { ...cardPipeline, drawing } });
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const scripts = await page.evaluate(() => document.scripts.length);
  const harm = async () => {
    const found = await page.evaluate(() => ({ hurt: 'hurt' in window, scripts: document.scripts.length }));
    return [
      ...person.complaints,
      ...dialogs,
      ...(found.hurt ? ['a script ran'] : []),
      ...(found.scripts === scripts ? [] : ['a script was added']),
    ];
  };
  return { person, harm };
}

async function holds(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  expect(await field.inputValue(), JSON.stringify(text)).toBe(text);
}

/** Pasted as people do it: what is typed has its brackets closed by the editor. */
async function pasteExpression(person: Person, text: string): Promise<void> {
  const { page } = person;
  const condition = person.field('Keep rows where');
  await condition.click();
  await expect(page.locator('[data-code-live]')).toHaveCount(1);
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+v');
  await person.field('Name').focus();
  await expect(condition, JSON.stringify(text)).toHaveValue(text);
}

test('what is kept in the file: names, notes, group labels and purposes, expressions, paths, texts', async ({ page, context }) => {
  test.setTimeout(300_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { person, harm } = await open(page);
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  for (const text of texts()) {
    await person.node('source').dispatchEvent('click');
    await holds(person.field('Name'), text);
    await holds(person.field('File'), text);
    await person.node('large').dispatchEvent('click');
    await pasteExpression(person, text);
    await page.locator('button[data-group="box"]').dispatchEvent('click');
    await holds(inspector.getByLabel('Name'), text);
    await holds(inspector.getByLabel('What it is for'), text);
    await page.locator('[data-note]').dispatchEvent('click');
    await holds(inspector.getByLabel('Text'), text);
    const file = await savedFile(page, 'cards');
    const node = (id: string) => file.nodes.find((candidate) => candidate.id === id);
    expect(node('source')).toMatchObject({ label: text, config: { path: text } });
    expect(node('large')?.config).toEqual({ condition: text });
    expect(file.drawing.groups?.[0]).toMatchObject({ label: text, description: text });
    expect(file.drawing.notes?.[0].text).toBe(text);
    expect(await page.locator('[data-card] :is(script, iframe, object, embed, a[href^="javascript"])').count()).toBe(0);
  }
  expect(await harm()).toEqual([]);
});

test('what is only looked for: palette of nodes, outline, quick-add, find, command palette, keys, and names of files', async ({ page }) => {
  test.setTimeout(300_000);
  const { person, harm } = await open(page);
  const all = texts();
  const through = async (field: Locator) => {
    for (const text of all) await holds(field, text);
    await field.fill('');
  };
  await through(page.getByLabel('Search nodes', { exact: true }));
  const panels = page.getByRole('navigation', { name: 'Panels' });
  await panels.getByRole('button', { name: 'Outline' }).click();
  await through(page.getByLabel('Filter the outline'));
  await page.keyboard.press('Control+f');
  await through(page.getByLabel('Find nodes, settings, columns, expressions'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await through(page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox'));
  await page.keyboard.press('Escape');
  await person.node('large').focus();
  await page.keyboard.press('Insert');
  await through(page.getByRole('dialog', { name: 'Add a node' }).getByRole('combobox'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+,');
  await page.getByRole('dialog', { name: 'Settings' }).getByRole('tab', { name: 'Keyboard' }).click();
  await through(page.getByLabel('Search actions and keys'));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await person.node('large').focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('>save as');
  await page.keyboard.press('Enter');
  await through(page.getByLabel('File name'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('>rename pipeline');
  await page.keyboard.press('Enter');
  const rename = page.getByRole('dialog').getByRole('textbox').first();
  await through(rename);
  await rename.fill(HOSTILE[1]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect((await savedFile(page, 'cards')).name).toBe(HOSTILE[1]);
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  expect(await harm()).toEqual([]);
});
