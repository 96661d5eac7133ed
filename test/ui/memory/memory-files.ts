/** Files and drafts of the in-memory host. */
import type { DraftInfo, FileEntry, KeptDraft, Params, RecentFile } from '../../../engine/host/contract.ts';

type DraftRecord = Params<'draft.save'>;
type StoredDraft = DraftRecord & { readonly savedAtMs: number };

interface StoredFile {
  readonly text: string;
  readonly modifiedMs: number;
  readonly hash: string;
}

interface Area {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const HOME = '/home/millrace';

export class MemoryFiles {
  private readonly area: Area;

  constructor(area: Area) {
    this.area = area;
  }

  roots(): readonly FileEntry[] {
    return [{ name: 'millrace', path: HOME, directory: true, sizeBytes: 0, modifiedMs: 0 }];
  }

  list(path: string): readonly FileEntry[] {
    const entries = new Map<string, FileEntry>();
    for (const [name, file] of Object.entries(this.all())) {
      if (!name.startsWith(`${path}/`)) continue;
      const [first, ...rest] = name.slice(path.length + 1).split('/');
      entries.set(first, {
        name: first,
        path: `${path}/${first}`,
        directory: rest.length > 0,
        sizeBytes: file.text.length,
        modifiedMs: file.modifiedMs,
      });
    }
    return [...entries.values()];
  }

  read(path: string): StoredFile | null {
    return this.all()[path] ?? null;
  }

  write(path: string, text: string): { modifiedMs: number; hash: string } {
    const file = { text, modifiedMs: Date.now(), hash: hashOf(text) };
    this.area.setItem('files', JSON.stringify({ ...this.all(), [path]: file }));
    return { modifiedMs: file.modifiedMs, hash: file.hash };
  }

  saveDraft(draft: DraftRecord): { savedAtMs: number } {
    const savedAtMs = Date.now();
    this.area.setItem('drafts', JSON.stringify({ ...this.drafts(), [draft.documentId]: { ...draft, savedAtMs } }));
    return { savedAtMs };
  }

  discardDraft(documentId: string): null {
    const drafts = this.drafts();
    this.area.setItem('drafts', JSON.stringify(Object.fromEntries(Object.entries(drafts).filter(([id]) => id !== documentId))));
    return null;
  }

  draftFor(text: string): KeptDraft | null {
    const { id } = JSON.parse(text) as { readonly id: string };
    return this.readDraft(id);
  }

  /** Of the launch that wrote it, unless a test says that it was another one. */
  readDraft(documentId: string): KeptDraft | null {
    const draft = this.drafts()[documentId] as StoredDraft | undefined;
    return draft === undefined ? null : { ...draft, sameLaunch: this.area.getItem('launch') !== 'another' };
  }

  listDrafts(): readonly DraftInfo[] {
    return Object.entries(this.drafts()).map(([draftId, { documentId, path, name, savedAtMs, edits }]) => {
      return { draftId, documentId, path, name, savedAtMs, edits, aside: false, sameLaunch: true };
    });
  }

  recent(): readonly RecentFile[] {
    return Object.entries(this.all()).map(([path, file]) => {
      const { name } = JSON.parse(file.text) as { readonly name: string };
      return { path, name, openedAtMs: file.modifiedMs, modifiedMs: file.modifiedMs, draft: null };
    });
  }

  private drafts(): Record<string, StoredDraft> {
    return JSON.parse(this.area.getItem('drafts') ?? '{}') as Record<string, StoredDraft>;
  }

  private all(): Record<string, StoredFile> {
    return JSON.parse(this.area.getItem('files') ?? '{}') as Record<string, StoredFile>;
  }
}

export function hashOf(text: string): string {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  return (hash >>> 0).toString(16);
}
