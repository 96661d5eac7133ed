/** The product with the story of the pictures: a host of its own with files, recent work and a draft, a page in one look. */
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { Drafts } from '../../../engine/host/services/drafts.ts';
import type { Language } from '../../../engine/spec/text.ts';
import type { RunningHost } from '../../support/running-host.ts';
import { startHost } from '../../support/running-host.ts';
import { REPOSITORY } from '../../support/source-files.ts';
import { Person } from '../support/person.ts';
import type { FixedClock } from './clock.ts';
import { fixedClock } from './clock.ts';
import { fraudPipeline } from './fraud-story.ts';
import { storyPipeline } from './story.ts';

export interface Look {
  readonly theme: 'dark' | 'light';
  readonly language: Language;
}

export interface Stage {
  readonly host: RunningHost;
  readonly look: Look;
  /** The link of a host is good for one page. */
  readonly page: Page;
  readonly person: Person;
  readonly clock: FixedClock;
  close(): Promise<void>;
}

/** Flight delays; Start alone; card payments made as fast as it goes, or read from files that grow; two templates with results. */
export type Scene = 'story' | 'start' | 'generated' | 'followed' | 'board' | 'monitoring';

export interface StageOptions {
  readonly shows: Scene;
  /** With the error and the warning of the pictures; without them it runs. */
  readonly flaws?: boolean;
}

const DAY_MS = 86_400_000;
const TEMPLATES = ['nexmark-bids', 'server-monitoring', 'sensor-drift', 'mask-customers'] as const;
const NAMES: Readonly<Record<(typeof TEMPLATES)[number], string>> = {
  'nexmark-bids': 'nexmark-bids',
  'server-monitoring': 'server-monitoring',
  'sensor-drift': 'sea-temperature',
  'mask-customers': 'customers-masking',
};

export async function openStage(page: Page, look: Look, { shows, flaws = true }: StageOptions): Promise<Stage> {
  const directory = mkdtempSync(path.join(tmpdir(), 'millrace-screens-'));
  const files = writeFiles(directory, look, flaws);
  const opened = shows === 'start' ? [] : shows === 'story' ? files.slice(0, 3) : writeRunning(directory, look, shows);
  const tabs = opened.length === 0 ? [{ kind: 'start' }] : opened.map((file) => ({ kind: 'pipeline', path: file, name: nameOf(file) }));
  writeState(directory, {
    theme: look.theme,
    language: look.language,
    tourSeen: true,
    closedCategories: shows === 'story' ? ['transforms'] : [],
    tabs: tabs.map((tab) => ({ path: '', documentId: '', name: '', ...tab })),
    activeTab: shows === 'board' ? 1 : shows === 'monitoring' ? 2 : 0,
  });
  const clock = fixedClock();
  writeRecent(directory, files, clock);
  if (shows === 'start') await leaveDraft(directory, files[4], clock);
  const host = await startAt(directory, clock);
  const person = new Person(page);
  await clock.install(page);
  await page.goto(host.link);
  await expect(page.locator(shows === 'start' ? '[data-template]' : '[data-node]').first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  return {
    host,
    look,
    page,
    person,
    clock,
    close: async () => {
      // First, so that it does not look for a host that has ended.
      await page.close();
      await host.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The host believes that the workspace is the person's home, so that paths are short and the same on every machine. */
async function startAt(directory: string, clock: FixedClock): Promise<RunningHost> {
  const { HOME, NODE_OPTIONS } = process.env;
  process.env['HOME'] = path.join(directory, 'workspace');
  process.env['NODE_OPTIONS'] = clock.nodeOptions;
  try {
    return await startHost({ directory });
  } finally {
    restore('HOME', HOME);
    restore('NODE_OPTIONS', NODE_OPTIONS);
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/** Answers the pipelines, the story first. */
function writeFiles(directory: string, look: Look, flaws: boolean): readonly string[] {
  const folder = path.join(directory, 'workspace', 'flights');
  mkdirSync(path.join(folder, 'data'), { recursive: true });
  copyFileSync(path.join(REPOSITORY, 'templates/flights/data/flights.csv'), path.join(folder, 'data/flights.csv'));
  const story = path.join(folder, 'flight-delays.json');
  writeFileSync(story, `${JSON.stringify(storyPipeline(look.language, flaws), null, 2)}\n`);
  const others = TEMPLATES.map((template) => {
    const place = path.join(directory, 'workspace', 'streams', `${NAMES[template]}.json`);
    mkdirSync(path.dirname(place), { recursive: true });
    const document = JSON.parse(readFileSync(path.join(REPOSITORY, 'templates', template, 'pipeline.json'), 'utf8')) as object;
    writeFileSync(place, `${JSON.stringify({ ...document, id: template, name: NAMES[template] }, null, 2)}\n`);
    return place;
  });
  return [story, ...others];
}

interface TemplateDocument {
  readonly nodes: readonly { readonly id: string; readonly label?: string }[];
  readonly drawing: object;
}

interface TemplateDescription {
  readonly labels?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** As the pictures call them. */
const RESULT_NAMES: Readonly<Record<Language, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  en: { 'nexmark-bids': { watch: 'Hot items' }, 'server-monitoring': { history: 'Server monitoring' } },
  zh: { 'nexmark-bids': { watch: '热门商品' }, 'server-monitoring': { history: '服务器监控' } },
};

/** Card payments, hot items and servers, each in a folder of its own with its data. */
function writeRunning(directory: string, look: Look, shows: Scene): readonly string[] {
  const place = (name: string) => path.join(directory, 'workspace', name, `${name}.json`);
  const fraud = place('fraud-detection');
  mkdirSync(path.join(path.dirname(fraud), 'data'), { recursive: true });
  writeFileSync(fraud, `${JSON.stringify(fraudPipeline(look.language, shows === 'followed' ? 'followed' : 'generated'), null, 2)}\n`);
  const templates = [
    ['nexmark-bids', 'nexmark-hot-items'],
    ['server-monitoring', 'server-monitoring'],
  ] as const;
  const others = templates.map(([template, name]) => {
    const file = place(name);
    const from = path.join(REPOSITORY, 'templates', template);
    cpSync(path.join(from, 'data'), path.join(path.dirname(file), 'data'), { recursive: true });
    const document = JSON.parse(readFileSync(path.join(from, 'pipeline.json'), 'utf8')) as TemplateDocument;
    const { labels } = JSON.parse(readFileSync(path.join(from, 'template.json'), 'utf8')) as TemplateDescription;
    const words = { ...labels?.[look.language], ...RESULT_NAMES[look.language][template] };
    const nodes = document.nodes.map((node) => ({ ...node, label: words[node.id] ?? node.label }));
    const drawing =
      template === 'nexmark-bids' ? { ...document.drawing, results: { watch: { value: 'highest_price' } } } : document.drawing;
    writeFileSync(file, `${JSON.stringify({ ...document, nodes, drawing, id: `running-${template}`, name }, null, 2)}\n`);
    return file;
  });
  return [fraud, ...others];
}

function writeState(directory: string, preferences: object): void {
  mkdirSync(path.join(directory, 'state'), { recursive: true });
  writeFileSync(path.join(directory, 'state', 'preferences.json'), JSON.stringify(preferences));
}

function writeRecent(directory: string, files: readonly string[], clock: FixedClock): void {
  const recent = files.map((file, index) => ({ path: file, name: nameOf(file), openedAtMs: clock.now() - index * DAY_MS }));
  writeFileSync(path.join(directory, 'state', 'recent.json'), JSON.stringify(recent));
}

/** As a launch that ended with unsaved work leaves it. */
async function leaveDraft(directory: string, file: string, clock: FixedClock): Promise<void> {
  const drafts = new Drafts({ stateDirectory: path.join(directory, 'state'), launch: 'before', now: clock.now });
  const text = readFileSync(file, 'utf8');
  const document = JSON.parse(text) as { id: string };
  const edited = JSON.stringify({ ...document, job: { parallelism: 3 } });
  await drafts.save({ documentId: document.id, path: file, name: nameOf(file), text: edited, edits: 2, base: null });
}

function nameOf(file: string): string {
  return path.basename(file, '.json');
}
