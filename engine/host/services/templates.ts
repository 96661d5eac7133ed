/** Bundled templates: listed from their folders, opened as a working copy, so that running or editing one never changes the original. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isObject } from '../../base/json.ts';
import { HISTORY_FOLDER } from '../../runtime/history/stored-run.ts';
import { DEFAULT_CHECKPOINT_FOLDER } from '../../runtime/job-folder-of.ts';
import type { TemplateCard, TemplateGroup, TemplateInfo } from '../contract.ts';
import { hashText, writeFileAtomically } from './atomic-file.ts';

const DOCUMENT_NAME = 'pipeline.json';
const DESCRIPTION_NAME = 'template.json';
const COPIES_MAX = 1_000;
/** Inside a copy: the process of the host that runs it by itself. */
const OWNER_NAME = '.millrace-owner';
/** What makes and checks a template is no part of a project. */
const NOT_COPIED: ReadonlySet<string> = new Set([DOCUMENT_NAME, DESCRIPTION_NAME, 'expected']);

const GROUPS: readonly TemplateGroup[] = ['etl', 'analysis', 'monitoring', 'reports'];

type Language = 'en' | 'zh';

export class Templates {
  readonly copiesDirectory: string;
  private readonly directory: string;

  constructor(directory: string, stateDirectory: string) {
    this.directory = directory;
    this.copiesDirectory = path.join(stateDirectory, 'projects');
  }

  /** By group, then in the order that their descriptions ask for, then by name. */
  list(): readonly TemplateInfo[] {
    if (!existsSync(this.directory)) return [];
    const found = readdirSync(this.directory)
      .filter((name) => existsSync(path.join(this.directory, name, DOCUMENT_NAME)))
      .map((name) => ({ place: this.placeOf(name), info: this.describe(name) }));
    return found.sort(comparePlaces).map(({ info }) => info);
  }

  /** What the gallery draws its cards from. */
  async cards(): Promise<readonly TemplateCard[]> {
    return Promise.all(
      this.list().map(async (info) => ({ ...info, document: await readFile(path.join(this.directory, info.name, DOCUMENT_NAME), 'utf8') })),
    );
  }

  /**
   * Path of the document in a copy that is as the template was delivered; a copy that was edited is left alone. `fresh`
   * throws away what earlier runs left in such a copy, but for their history, unless another host runs it now.
   */
  async materialise(name: string, language: Language, fresh = false): Promise<string> {
    if (!this.list().some((template) => template.name === name)) {
      throw new EngineError('MR6210', `there is no template named ${JSON.stringify(name.slice(0, 80))}`, { domain: 'user' });
    }
    const original = await this.localise(name, language);
    for (let number = 1; number <= COPIES_MAX; number++) {
      const text = number === 1 ? original : renumber(original, number);
      const folder = path.join(this.copiesDirectory, number === 1 ? name : `${name}-${number}`);
      const document = path.join(folder, DOCUMENT_NAME);
      const present = await readFile(document, 'utf8').catch(() => null);
      if (present !== null && hashText(present) !== hashText(text)) continue;
      if (fresh && (await isOwnedByAnother(folder))) continue;
      if (fresh) await removeTraces(folder);
      if (fresh || present === null) await this.copy(name, folder, document, text);
      if (fresh) await writeFileAtomically(path.join(folder, OWNER_NAME), String(process.pid), 0o600);
      return document;
    }
    throw new EngineError('MR6211', `there are already ${COPIES_MAX} copies of ${name} in ${this.copiesDirectory}`, {
      domain: 'user',
      remedy: 'remove some of them',
    });
  }

  /** The document comes last: a copy with a document is a complete one. */
  private async copy(name: string, folder: string, document: string, text: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const wanted = (source: string): boolean => !NOT_COPIED.has(path.basename(source)) && !source.endsWith('.mjs');
    await cp(path.join(this.directory, name), folder, { recursive: true, filter: wanted });
    await writeFileAtomically(document, text);
  }

  private describe(name: string): TemplateInfo {
    const description = readObject(path.join(this.directory, name, DESCRIPTION_NAME));
    const document = readObject(path.join(this.directory, name, DOCUMENT_NAME));
    const documentName = typeof document['name'] === 'string' ? document['name'] : name;
    return {
      name,
      group: GROUPS.find((group) => group === description['group']) ?? GROUPS[0],
      title: textOf(description['title'], documentName),
      hint: textOf(description['hint'], ''),
      summary: textOf(description['summary'], ''),
    };
  }

  private placeOf(name: string): number {
    const { order } = readObject(path.join(this.directory, name, DESCRIPTION_NAME));
    return typeof order === 'number' ? order : Number.MAX_SAFE_INTEGER;
  }

  /** Templates carry their labels per language; the file that is opened has one language, like any other. */
  private async localise(name: string, language: Language): Promise<string> {
    const text = await readFile(path.join(this.directory, name, DOCUMENT_NAME), 'utf8');
    const labels = readObject(path.join(this.directory, name, DESCRIPTION_NAME))['labels'];
    const wanted = isObject(labels) ? labels[language] : undefined;
    if (language === 'en' || !isObject(wanted)) return text;
    return relabel(text, wanted);
  }
}

interface PlacedTemplate {
  readonly place: number;
  readonly info: TemplateInfo;
}

function comparePlaces(left: PlacedTemplate, right: PlacedTemplate): number {
  const group = GROUPS.indexOf(left.info.group) - GROUPS.indexOf(right.info.group);
  if (group !== 0) return group;
  return left.place - right.place || (left.info.name < right.info.name ? -1 : 1);
}

/** What was drawn, written and checkpointed; that there were runs, and how they ended, may be asked later. */
async function removeTraces(folder: string): Promise<void> {
  const checkpoints = path.join(folder, DEFAULT_CHECKPOINT_FOLDER);
  await removeAllBut(folder, DEFAULT_CHECKPOINT_FOLDER);
  for (const job of await readdir(checkpoints).catch(() => [])) await removeAllBut(path.join(checkpoints, job), HISTORY_FOLDER);
}

async function removeAllBut(folder: string, kept: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(names.filter((name) => name !== kept).map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
}

/** Copies are pipelines of their own: state, drafts and runs go by the id. */
function renumber(text: string, number: number): string {
  const document: JsonValue = JSON.parse(text);
  const id = isObject(document) ? document['id'] : undefined;
  return typeof id === 'string' ? text.replace(`"id": ${JSON.stringify(id)}`, `"id": ${JSON.stringify(`${id}-${number}`)}`) : text;
}

async function isOwnedByAnother(folder: string): Promise<boolean> {
  const owner = Number(await readFile(path.join(folder, OWNER_NAME), 'utf8').catch(() => '0'));
  if (!Number.isInteger(owner) || owner <= 0 || owner === process.pid) return false;
  try {
    process.kill(owner, 0);
    return true;
  } catch {
    return false;
  }
}

/** Node labels by node id; `name` is the pipeline's own. */
function relabel(text: string, labels: JsonObject): string {
  const document: JsonValue = JSON.parse(text);
  if (!isObject(document) || !Array.isArray(document['nodes'])) return text;
  const nodes = document['nodes'].map((node: JsonValue): JsonValue => {
    const id = isObject(node) ? node['id'] : undefined;
    const label = typeof id === 'string' ? labels[id] : undefined;
    return isObject(node) && typeof label === 'string' ? { ...node, label } : node;
  });
  const pipelineName = labels['name'];
  return `${JSON.stringify({ ...document, ...(typeof pipelineName === 'string' ? { name: pipelineName } : {}), nodes }, null, 2)}\n`;
}

function readObject(file: string): JsonObject {
  if (!existsSync(file)) return {};
  const value: JsonValue = JSON.parse(readFileSync(file, 'utf8'));
  return isObject(value) ? value : {};
}

function textOf(value: JsonValue | undefined, fallback: string): { readonly en: string; readonly zh: string } {
  const en = isObject(value) && typeof value['en'] === 'string' ? value['en'] : fallback;
  const zh = isObject(value) && typeof value['zh'] === 'string' ? value['zh'] : en;
  return { en, zh };
}
