/** Opening, listing and saving of files for a page, inside the allowed roots, and telling it when an open file changed under it. */
import { type FSWatcher, watch } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../base/errors.ts';
import type { FileEntry, OpenedFile } from '../contract.ts';
import type { AllowedRoots } from './allowed-roots.ts';
import { hashText, writeFileAtomically } from './atomic-file.ts';
import type { Drafts } from './drafts.ts';

/** A pipeline document is far smaller; data files are read by sources, not opened. */
const OPEN_BYTES_MAX = 8 * 1024 * 1024;
/** Images of large drawings; as base64 one still fits into a frame of the transport. */
const EXPORT_BYTES_MAX = 11 * 1024 * 1024;
const LIST_ENTRIES_MAX = 5_000;
const WATCHED_FOLDERS_MAX = 64;
/** Several events come for one change. */
const WATCH_SETTLE_MS = 150;

interface FileState {
  readonly modifiedMs: number;
  readonly hash: string;
}

export type FileChanged = (change: { readonly path: string; readonly modifiedMs: number; readonly hash: string }) => void;

export class Files {
  private readonly roots: AllowedRoots;
  private readonly drafts: Drafts;
  private readonly changed: FileChanged;
  private readonly watchers = new Map<string, FSWatcher>();
  /** What the page last saw of each open file. */
  private readonly known = new Map<string, string>();
  private readonly settling = new Map<string, NodeJS.Timeout>();

  constructor(roots: AllowedRoots, drafts: Drafts, changed: FileChanged) {
    this.roots = roots;
    this.drafts = drafts;
    this.changed = changed;
  }

  listRoots(): readonly FileEntry[] {
    return this.roots.roots.map((root) => ({ name: root.name, path: root.path, directory: true, sizeBytes: 0, modifiedMs: 0 }));
  }

  /** Folders first, then by name; hidden entries are left out. */
  async list(wanted: string): Promise<readonly FileEntry[]> {
    const folder = await this.roots.resolveExisting(wanted);
    const names = await readdir(folder).catch(() => null);
    if (names === null)
      throw new EngineError('MR6205', `${folder} cannot be listed`, { domain: 'external', remedy: 'choose another folder' });
    const visible = names.filter((name) => !name.startsWith('.')).slice(0, LIST_ENTRIES_MAX);
    const entries = await Promise.all(visible.map((name) => this.describeEntry(folder, name)));
    return entries.filter((entry) => entry !== null).sort(compareEntries);
  }

  async open(wanted: string): Promise<OpenedFile> {
    const file = await this.roots.resolveExisting(wanted);
    const { text, modifiedMs } = await readText(file);
    const hash = hashText(text);
    const documentId = documentIdOf(text);
    const draft = documentId === null ? null : await this.drafts.find(documentId, { path: file, text });
    this.watchFile(file, hash);
    return { path: file, text, modifiedMs, hash, draft };
  }

  /** As it is now, for comparing and for lists; nothing is watched. */
  async peek(wanted: string): Promise<FileState & { readonly text: string }> {
    const found = await readText(await this.roots.resolveExisting(wanted));
    return { ...found, hash: hashText(found.text) };
  }

  /** Refuses with MR6201 when the file is not what the editor last saw; a new file must not exist yet. */
  async save(wanted: string, text: string, expected: FileState | null): Promise<FileState> {
    if (Buffer.byteLength(text) > OPEN_BYTES_MAX)
      throw new EngineError('MR6203', `a document larger than ${OPEN_BYTES_MAX} bytes is not saved`, { domain: 'user' });
    const file = await this.roots.resolveForWriting(wanted);
    const current = await readText(file).catch(() => null);
    // Equal content is not a conflict even when another program touched the file.
    const conflict = current === null ? expected !== null : expected === null || hashText(current.text) !== expected.hash;
    if (conflict) {
      throw new EngineError(
        'MR6201',
        `${file} was changed ${current === null ? '(it is gone)' : 'by another program'} since it was opened`,
        {
          domain: 'user',
          remedy: 'open it again to see the change, or save under another name',
        },
      );
    }
    const hash = hashText(text);
    this.watchFile(file, hash);
    await writeFileAtomically(file, text);
    const written = await stat(file);
    return { modifiedMs: written.mtimeMs, hash };
  }

  /** What was exported: nobody has it open, so only an existing file is asked about. */
  async write(wanted: string, content: Uint8Array, replace: boolean): Promise<{ path: string; sizeBytes: number }> {
    if (content.byteLength > EXPORT_BYTES_MAX)
      throw new EngineError('MR6203', `an export larger than ${EXPORT_BYTES_MAX} bytes is not written`, { domain: 'user' });
    const file = await this.roots.resolveForWriting(wanted);
    const existing = await stat(file).catch(() => null);
    if (existing?.isDirectory() === true) throw new EngineError('MR6206', `${file} is not a file`, { domain: 'user' });
    if (existing !== null && !replace)
      throw new EngineError('MR6212', `${file} exists already`, { domain: 'user', remedy: 'replace it, or choose another folder' });
    await writeFileAtomically(file, content);
    return { path: file, sizeBytes: content.byteLength };
  }

  close(): void {
    for (const watcher of this.watchers.values()) watcher.close();
    for (const timer of this.settling.values()) clearTimeout(timer);
    this.watchers.clear();
    this.settling.clear();
  }

  private async describeEntry(folder: string, name: string): Promise<FileEntry | null> {
    const entryPath = path.join(folder, name);
    const found = await stat(entryPath).catch(() => null);
    if (found === null || !(found.isFile() || found.isDirectory())) return null;
    return { name, path: entryPath, directory: found.isDirectory(), sizeBytes: found.size, modifiedMs: found.mtimeMs };
  }

  /** Editors replace files by renaming: the folder is watched, not the file. */
  private watchFile(file: string, hash: string): void {
    this.known.set(file, hash);
    const folder = path.dirname(file);
    if (this.watchers.has(folder) || this.watchers.size >= WATCHED_FOLDERS_MAX) return;
    try {
      const watcher = watch(folder, { persistent: false }, (_kind, name) => {
        if (name !== null) this.settle(path.join(folder, name));
      });
      watcher.on('error', () => watcher.close());
      this.watchers.set(folder, watcher);
    } catch {
      // A folder that cannot be watched (network drive, out of watches) only loses the early notice: saving compares anyway.
    }
  }

  private settle(file: string): void {
    if (!this.known.has(file)) return;
    clearTimeout(this.settling.get(file));
    this.settling.set(
      file,
      setTimeout(() => void this.compare(file), WATCH_SETTLE_MS),
    );
  }

  private async compare(file: string): Promise<void> {
    this.settling.delete(file);
    const current = await readText(file).catch(() => null);
    if (current === null) return;
    const hash = hashText(current.text);
    if (hash === this.known.get(file)) return;
    this.known.set(file, hash);
    this.changed({ path: file, modifiedMs: current.modifiedMs, hash });
  }
}

async function readText(file: string): Promise<{ readonly text: string; readonly modifiedMs: number }> {
  const found = await stat(file);
  if (!found.isFile()) throw new EngineError('MR6206', `${file} is not a file`, { domain: 'user' });
  if (found.size > OPEN_BYTES_MAX) {
    throw new EngineError('MR6203', `${file} has ${found.size} bytes; documents of at most ${OPEN_BYTES_MAX} bytes are opened`, {
      domain: 'user',
    });
  }
  return { text: await readFile(file, 'utf8'), modifiedMs: found.mtimeMs };
}

/** Only the name of its draft is looked up here: a document that is no JSON has none. */
export function documentIdOf(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('id' in value)) return null;
    return typeof value.id === 'string' ? value.id : null;
  } catch {
    return null;
  }
}

function compareEntries(left: FileEntry, right: FileEntry): number {
  if (left.directory !== right.directory) return left.directory ? -1 : 1;
  return left.name < right.name ? -1 : 1;
}
