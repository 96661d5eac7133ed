/** Bundled templates: listed from their folders, opened as a working copy, so that running or editing one never changes the original. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { TemplateInfo } from '../contract.ts';
import { hashText, writeFileAtomically } from './atomic-file.ts';

const DOCUMENT_NAME = 'pipeline.json';
const DESCRIPTION_NAME = 'template.json';
const COPIES_MAX = 1_000;

type Language = 'en' | 'zh';

export class Templates {
  readonly copiesDirectory: string;
  private readonly directory: string;

  constructor(directory: string, stateDirectory: string) {
    this.directory = directory;
    this.copiesDirectory = path.join(stateDirectory, 'projects');
  }

  list(): readonly TemplateInfo[] {
    if (!existsSync(this.directory)) return [];
    return readdirSync(this.directory)
      .filter((name) => existsSync(path.join(this.directory, name, DOCUMENT_NAME)))
      .sort()
      .map((name) => this.describe(name));
  }

  /** Path of the document in a copy that is as the template was delivered; a copy that was edited is left alone. */
  async materialise(name: string, language: Language): Promise<string> {
    if (!this.list().some((template) => template.name === name)) {
      throw new EngineError('MR6210', `there is no template named ${JSON.stringify(name.slice(0, 80))}`, { domain: 'user' });
    }
    const text = await this.localise(name, language);
    for (let number = 1; number <= COPIES_MAX; number++) {
      const folder = path.join(this.copiesDirectory, number === 1 ? name : `${name}-${number}`);
      const document = path.join(folder, DOCUMENT_NAME);
      const present = await readFile(document, 'utf8').catch(() => null);
      if (present === null) {
        await this.copy(name, folder, document, text);
        return document;
      }
      if (hashText(present) === hashText(text)) return document;
    }
    throw new EngineError('MR6211', `there are already ${COPIES_MAX} copies of ${name} in ${this.copiesDirectory}`, {
      domain: 'user',
      remedy: 'remove some of them',
    });
  }

  /** The document comes last: a copy with a document is a complete one. */
  private async copy(name: string, folder: string, document: string, text: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await cp(path.join(this.directory, name), folder, { recursive: true, filter: (source) => path.basename(source) !== DOCUMENT_NAME });
    await writeFileAtomically(document, text);
  }

  private describe(name: string): TemplateInfo {
    const description = readObject(path.join(this.directory, name, DESCRIPTION_NAME));
    return { name, title: textOf(description['title'], name), summary: textOf(description['summary'], '') };
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

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
