/** Files and drafts of the in-memory host. */
import type { FileEntry } from '../../../engine/host/contract.ts';

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

  saveDraft(documentId: string, text: string): { savedAtMs: number } {
    const draft = { text, savedAtMs: Date.now() };
    this.area.setItem(`draft ${documentId}`, JSON.stringify(draft));
    return { savedAtMs: draft.savedAtMs };
  }

  discardDraft(documentId: string): void {
    this.area.setItem(`draft ${documentId}`, 'null');
  }

  draftFor(text: string): { text: string; savedAtMs: number } | null {
    const { id } = JSON.parse(text) as { readonly id: string };
    return JSON.parse(this.area.getItem(`draft ${id}`) ?? 'null') as { text: string; savedAtMs: number } | null;
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
