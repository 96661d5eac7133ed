/** Groups, stacks and notes by mouse and keyboard on the in-memory host; what was done is read from the saved file. */
import type { Page } from '@playwright/test';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { ServedPage } from './support/memory-page.ts';
import { serveMemoryPage } from './support/memory-page.ts';
import { Person } from './support/person.ts';
import { SAMPLE_PATH, samplePipeline } from './support/sample-pipeline.ts';
import { expect, test } from './support/watched-page.ts';

let served: ServedPage;

test.beforeAll(async () => {
  served = await serveMemoryPage();
});

test.afterAll(() => served.close());

async function open(page: Page): Promise<Person> {
  const person = new Person(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.addInitScript(
    ({ text, file }) => {
      if (sessionStorage.getItem('files') !== null) return;
      sessionStorage.setItem('files', JSON.stringify({ [file]: { text, modifiedMs: 1, hash: 'a' } }));
      const tabs = [{ kind: 'pipeline', path: file, documentId: '', name: '' }];
      sessionStorage.setItem('preferences', JSON.stringify({ theme: 'dark', language: 'en', tabs, activeTab: 0 }));
    },
    { text: JSON.stringify(samplePipeline), file: SAMPLE_PATH },
  );
  await page.goto(served.url);
  await expect(person.node('velocity')).toBeVisible();
  return person;
}

async function save(page: Page): Promise<PipelineDocument> {
  await page.keyboard.press('Control+s');
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  return JSON.parse(await savedText(page));
}

function savedText(page: Page): Promise<string> {
  return page.evaluate((file) => JSON.parse(sessionStorage.getItem('files') ?? '{}')[file].text, SAMPLE_PATH);
}

const logicOf = ({ drawing: _drawing, ...logic }: PipelineDocument) => logic;
const group = (page: Page) => page.locator('button[data-group]');

async function selectTwo(person: Person): Promise<void> {
  await person.node('hide').click();
  await person.node('all').click({ modifiers: ['Shift'] });
}

test('a selection is grouped, opened by mouse, edited inside, left and ungrouped, each as one step', async ({ page }) => {
  const person = await open(page);
  await selectTwo(person);
  await page.keyboard.press('Control+g');
  await expect(group(page)).toHaveAccessibleName(/^Group, group, group of 2 nodes/);
  await expect(person.node('hide')).toHaveCount(0);
  const grouped = await save(page);
  expect(logicOf(grouped)).toMatchObject(JSON.parse(JSON.stringify(logicOf(samplePipeline as unknown as PipelineDocument))));
  expect(grouped.drawing.groups).toMatchObject([{ label: 'Group', members: ['hide', 'all'] }]);

  await page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Name').fill('Masked copy');
  await page.getByRole('complementary', { name: 'Inspector' }).getByLabel('What it is for').fill('For the people who may not see e-mail.');
  await group(page).dblclick();
  const places = page.getByRole('navigation', { name: 'Place in the pipeline' });
  await expect(places.getByRole('button', { name: 'Masked copy' })).toBeVisible();
  await expect(page.locator('[data-pill]')).toHaveAccessibleName(/Rows of Large amounts come into the group/);
  await person.drag('Filter', 420, 380);
  await page.getByRole('button', { name: /^Back to Main/ }).click();
  await expect(group(page)).toHaveAccessibleName(/^Masked copy, group, group of 3 nodes/);
  const edited = await save(page);
  expect(edited.drawing.groups).toMatchObject([{ label: 'Masked copy', description: 'For the people who may not see e-mail.' }]);
  expect(edited.drawing.groups?.[0].members).toHaveLength(3);

  await group(page).click();
  await page.keyboard.press('Control+Shift+g');
  await expect(group(page)).toHaveCount(0);
  await expect(person.node('hide')).toBeVisible();
  expect((await save(page)).drawing.groups).toBeUndefined();
  await page.keyboard.press('Control+z');
  await expect(group(page)).toHaveCount(1);
  await page.keyboard.press('Control+Shift+z');
  await expect(group(page)).toHaveCount(0);
  expect(person.complaints).toEqual([]);
});

test('the keyboard alone makes a group, looks into it, walks there and comes back to its card', async ({ page }) => {
  const person = await open(page);
  await person.node('velocity').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+g');
  await expect(group(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(person.node('velocity')).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.locator('[data-pill^="pill in"]')).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(person.node('velocity')).toBeFocused();
  await page.keyboard.press('d');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(group(page)).toBeFocused();
  await expect(group(page)).toHaveAccessibleName(/switched off/);
  expect((await save(page)).nodes.find((node) => node.id === 'velocity')?.disabled).toBe(true);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(group(page)).toHaveCount(0);
  expect(person.complaints).toEqual([]);
});

test('an undo that takes the open group away shows what is around it', async ({ page }) => {
  const person = await open(page);
  await selectTwo(person);
  await page.keyboard.press('Control+g');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Back to Main/ })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: /^Back to Main/ })).toHaveCount(0);
  await expect(person.node('velocity')).toBeVisible();
  expect(person.complaints).toEqual([]);
});

test('a deleted group goes with its nodes; moved nodes leave for another group', async ({ page }) => {
  const person = await open(page);
  await selectTwo(person);
  await page.keyboard.press('Control+g');
  await person.node('late').click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('>move to group');
  await page.keyboard.press('Enter');
  await page
    .getByRole('dialog', { name: /^Move to group/ })
    .getByRole('button', { name: 'Group' })
    .click();
  await expect(person.node('late')).toHaveCount(0);
  expect((await save(page)).drawing.groups).toMatchObject([{ members: ['hide', 'all', 'late'] }]);
  await group(page).click();
  await page.keyboard.press('Delete');
  await expect(group(page)).toHaveCount(0);
  const deleted = await save(page);
  expect(deleted.nodes.map((node) => node.id)).toEqual(['source', 'time', 'large', 'velocity', 'activity', 'bad', 'open']);
  expect(deleted.drawing.groups).toBeUndefined();
  await page.keyboard.press('Control+z');
  await expect(group(page)).toHaveAccessibleName(/group of 3 nodes/);
  expect(person.complaints).toEqual([]);
});

test('what the engine chains is stacked by key and by dropping; what it does not is refused with the reason', async ({ page }) => {
  const person = await open(page);
  await person.node('hide').click();
  await page.keyboard.press('Control+l');
  await expect(page.getByText('Another node reads from Large amounts too.').first()).toBeVisible();
  await person.node('all').click();
  await person.node('hide').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+l');
  await expect(page.locator('[data-card="hide"]')).toContainText('All rows');
  const stacked = await save(page);
  expect(stacked.drawing.stacks).toEqual([
    ['source', 'time'],
    ['hide', 'all'],
  ]);
  expect(logicOf(stacked)).toMatchObject(JSON.parse(JSON.stringify(logicOf(samplePipeline as unknown as PipelineDocument))));
  await page.keyboard.press('Control+Shift+l');
  await expect(page.locator('[data-card="all"]')).toBeVisible();
  expect((await save(page)).drawing.stacks).toEqual([['source', 'time']]);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.locator('[data-card="all"]')).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(page.locator('[data-card="all"]')).toHaveCount(0);
  expect(person.complaints).toEqual([]);
});

test('a node dropped on the lower border of the one it reads from is stacked; its grip drags it out again', async ({ page }) => {
  const person = await open(page);
  const sink = await person.centre(person.node('activity'));
  const above = await person.node('velocity').boundingBox();
  if (above === null) throw new Error('not drawn');
  await page.mouse.move(sink.x, sink.y);
  await page.mouse.down();
  await page.mouse.move(sink.x - 60, sink.y + 60, { steps: 4 });
  await page.mouse.move(above.x + above.width / 2, above.y + above.height * 1.5, { steps: 8 });
  await page.mouse.up();
  await expect(page.locator('[data-card="velocity"]')).toContainText('Card activity');
  expect((await save(page)).drawing.stacks).toContainEqual(['velocity', 'activity']);
  await person.node('activity').hover();
  const grip = await person.centre(person.node('activity').getByTitle('Drag out of the stack'));
  await page.mouse.move(grip.x, grip.y);
  await page.mouse.down();
  await page.mouse.move(grip.x + 120, grip.y + 60, { steps: 6 });
  await page.mouse.up();
  await expect(page.locator('[data-card="activity"]')).toBeVisible();
  expect((await save(page)).drawing.stacks).toEqual([['source', 'time']]);
  await page.keyboard.press('Control+z');
  await expect(page.locator('[data-card="activity"]')).toHaveCount(0);
  expect(person.complaints).toEqual([]);
});

const NAUGHTY = [
  '<script>window.hurt = true</script>',
  '<img src=x onerror="window.hurt = true">',
  '[click](javascript:window.hurt=true)',
  '{{constructor.constructor("window.hurt = true")()}}',
  '田中さん 🏳️‍🌈 \u202etest\u202d I\u0317\u0318n\u0347v o\u0332k',
  '**never closed `code [link](',
];

test('notes are written in place with Markdown, tied, resized and coloured; naughty strings come back as text', async ({ page }) => {
  const person = await open(page);
  await person.node('velocity').click();
  await page.keyboard.press('n');
  await page
    .getByRole('textbox', { name: 'Text of the note' })
    .fill('# Why\nTwo **small** buys, then `large`.\n- one\n- [site](https://example.org)');
  await page.keyboard.press('Escape');
  const note = page.locator('[data-note]');
  await expect(note).toBeFocused();
  const card = page.locator('[data-card]').filter({ has: note });
  await expect(card.locator('strong')).toHaveText('small');
  await expect(card.getByRole('link', { name: 'site' })).toHaveAttribute('rel', 'noopener noreferrer');
  const [first] = (await save(page)).drawing.notes ?? [];
  expect(first).toMatchObject({ node: 'velocity', text: '# Why\nTwo **small** buys, then `large`.\n- one\n- [site](https://example.org)' });
  await card.getByRole('button', { name: 'Resize the note' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  expect((await save(page)).drawing.notes?.[0]).toMatchObject({ width: first.width + 9, height: first.height + 9 });
  await note.click();
  await page.getByRole('radio', { name: 'Rose' }).click();
  expect((await save(page)).drawing.notes?.[0].colour).toBe('rose');
  await expect(card).toHaveAttribute('data-tint', 'rose');
  await page.keyboard.press('Control+z');
  expect((await save(page)).drawing.notes?.[0].colour).toBeUndefined();
  for (const text of NAUGHTY) {
    await note.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Text of the note' }).fill(text);
    await page.keyboard.press('Escape');
    expect((await save(page)).drawing.notes?.[0].text).toBe(text);
    await expect(card.locator('script, img, a')).toHaveCount(0);
  }
  expect(await page.evaluate(() => 'hurt' in window)).toBe(false);
  await page.keyboard.press('Delete');
  await expect(note).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(note).toHaveCount(1);
  expect(person.complaints).toEqual([]);
});
