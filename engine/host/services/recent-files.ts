/** Pipelines that were opened or saved, newest first: kept by the host with when, and asked of the disk whether they are still there. */
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { JsonValue } from '../../base/json.ts';
import { isObject } from '../../base/json.ts';
import type { RecentFile } from '../contract.ts';
import { writeFileAtomically } from './atomic-file.ts';
import type { Drafts } from './drafts.ts';

const RECENT_MAX = 50;

interface RecentEntry {
  readonly path: string;
  readonly name: string;
  readonly openedAtMs: number;
}

export class RecentFiles {
  private readonly file: string;
  private readonly drafts: Drafts;
  private readonly now: () => number;
  private entries: readonly RecentEntry[];
  private write: Promise<void> = Promise.resolve();

  constructor(stateDirectory: string, drafts: Drafts, now: () => number) {
    this.file = path.join(stateDirectory, 'recent.json');
    this.drafts = drafts;
    this.now = now;
    this.entries = readEntries(this.file);
  }

  /** `text` is the document's own, for its name. */
  async note(opened: string, text: string): Promise<void> {
    const entry = { path: opened, name: nameOf(text) ?? path.basename(opened), openedAtMs: this.now() };
    await this.replace([entry, ...this.entries.filter((other) => other.path !== opened)].slice(0, RECENT_MAX));
  }

  async forget(wanted: string): Promise<null> {
    await this.replace(this.entries.filter((entry) => entry.path !== wanted));
    return null;
  }

  async list(): Promise<readonly RecentFile[]> {
    const drafts = (await this.drafts.list()).filter((draft) => draft.path !== '');
    return await Promise.all(
      this.entries.map(async (entry): Promise<RecentFile> => {
        const found = await stat(entry.path).catch(() => null);
        const draft = drafts.find((candidate) => candidate.path === entry.path) ?? null;
        return { ...entry, modifiedMs: found === null || !found.isFile() ? null : found.mtimeMs, draft };
      }),
    );
  }

  private async replace(entries: readonly RecentEntry[]): Promise<void> {
    this.entries = entries;
    const attempt = (): Promise<void> => writeFileAtomically(this.file, `${JSON.stringify(entries, null, 2)}\n`, 0o600);
    this.write = this.write.then(attempt, attempt);
    await this.write;
  }
}

function nameOf(text: string): string | null {
  try {
    const value: JsonValue = JSON.parse(text);
    return isObject(value) && typeof value['name'] === 'string' && value['name'] !== '' ? value['name'] : null;
  } catch {
    return null;
  }
}

/** A damaged list is no reason not to start: it is empty then. */
function readEntries(file: string): readonly RecentEntry[] {
  try {
    const value: JsonValue = JSON.parse(readFileSync(file, 'utf8'));
    if (!Array.isArray(value)) return [];
    return value.slice(0, RECENT_MAX).flatMap((entry: JsonValue): RecentEntry[] => {
      if (!isObject(entry)) return [];
      const { path: place, name, openedAtMs } = entry;
      return typeof place === 'string' && typeof name === 'string' && typeof openedAtMs === 'number'
        ? [{ path: place, name, openedAtMs }]
        : [];
    });
  } catch {
    return [];
  }
}
