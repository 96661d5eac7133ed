/**
 * Drafts: unsaved edits of open documents, kept so that neither a crash nor a closed tab loses more than the last
 * keystrokes. One journal a document and file: records are appended and synced, each on a line of its own behind its
 * checksum, so that a torn last line costs that record and nothing before it. When a journal has grown it is replaced by its last record.
 */
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../base/errors.ts';
import type { DraftInfo, FileVersion, KeptDraft } from '../contract.ts';
import { hashText, syncDirectory, writeFileAtomically } from './atomic-file.ts';
import { preparePrivateDirectory } from './state-directory.ts';

const DRAFT_BYTES_MAX = 8 * 1024 * 1024;
const JOURNAL_BYTES_MIN = 1024 * 1024;
/** A journal is replaced once it is this many times as large as its last record. */
const JOURNAL_GROWTH_MAX = 8;
const ASIDE_DAYS = 30;
const DAY_MS = 86_400_000;
const CHECKSUM_LENGTH = 16;
/** Names of journals that were put aside end in this and the time of their last record. */
const ASIDE = '~aside-';

/** What a page sends of a document with unsaved edits. */
export interface DraftRecord {
  readonly documentId: string;
  /** Empty while the document has never been saved. */
  readonly path: string;
  readonly name: string;
  readonly text: string;
  /** Undo steps since the file was read or written. */
  readonly edits: number;
  /** The file as it was when the edits began. */
  readonly base: FileVersion | null;
}

interface StoredRecord extends DraftRecord {
  readonly savedAtMs: number;
  /** The launch of Millrace that wrote it. */
  readonly launch: string;
}

export interface DraftOptions {
  readonly stateDirectory: string;
  readonly launch: string;
  readonly now: () => number;
}

export class Drafts {
  private readonly directory: string;
  private readonly launch: string;
  private readonly now: () => number;
  /** Last write per journal: writes of one follow each other, so that an older text never wins. */
  private readonly writes = new Map<string, Promise<unknown>>();

  constructor(options: DraftOptions) {
    this.directory = path.join(options.stateDirectory, 'drafts');
    this.launch = options.launch;
    this.now = options.now;
    preparePrivateDirectory(this.directory);
  }

  async save(record: DraftRecord): Promise<{ savedAtMs: number }> {
    if (Buffer.byteLength(record.text) > DRAFT_BYTES_MAX) {
      throw new EngineError('MR6203', `the draft is larger than ${DRAFT_BYTES_MAX} bytes`, { domain: 'user' });
    }
    const file = this.fileOf(record.documentId, record.path);
    const stored: StoredRecord = { ...record, savedAtMs: this.now(), launch: this.launch };
    await this.inOrder(file, () => append(file, printRecord(stored)));
    return { savedAtMs: stored.savedAtMs };
  }

  async discard(documentId: string, documentPath: string): Promise<null> {
    const file = this.fileOf(documentId, documentPath);
    await this.inOrder(file, () => rm(file, { force: true }));
    return null;
  }

  /** The person chose the saved file: the draft is not offered again by itself, but stays in the list for 30 days. */
  async putAside(documentId: string, documentPath: string): Promise<null> {
    const file = this.fileOf(documentId, documentPath);
    await this.inOrder(file, async () => {
      const record = await readJournal(file);
      if (record !== null) await rename(file, `${file}${ASIDE}${Math.round(record.savedAtMs)}`);
    });
    return null;
  }

  /** The draft of a file that says something else than the file. A draft follows a file that was moved or renamed. */
  async find(documentId: string, file: { readonly path: string; readonly text: string }): Promise<KeptDraft | null> {
    const own = await readJournal(this.fileOf(documentId, file.path));
    const record = own ?? (await this.findMoved(documentId));
    return record === null || record.text === file.text ? null : this.describe(record);
  }

  /** Newest first, those put aside included. */
  async list(): Promise<readonly DraftInfo[]> {
    const names = await readdir(this.directory);
    const found = await Promise.all(names.map((name) => this.info(name)));
    return found.filter((info) => info !== null).sort((left, right) => right.savedAtMs - left.savedAtMs);
  }

  async read(draftId: string): Promise<KeptDraft | null> {
    const record = isJournalName(draftId) ? await readJournal(path.join(this.directory, draftId)) : null;
    return record === null ? null : this.describe(record);
  }

  async forget(draftId: string): Promise<null> {
    if (isJournalName(draftId)) await rm(path.join(this.directory, draftId), { force: true });
    return null;
  }

  /** Removes what was put aside long ago. */
  async prune(): Promise<void> {
    for (const name of await readdir(this.directory)) {
      const at = Number(name.split(ASIDE)[1]);
      if (Number.isFinite(at) && this.now() - at > ASIDE_DAYS * DAY_MS) await rm(path.join(this.directory, name), { force: true });
    }
  }

  private async info(draftId: string): Promise<DraftInfo | null> {
    const record = isJournalName(draftId) ? await readJournal(path.join(this.directory, draftId)) : null;
    if (record === null) return null;
    const { documentId, path: documentPath, name, savedAtMs, edits } = record;
    const aside = draftId.includes(ASIDE);
    return { draftId, documentId, path: documentPath, name, savedAtMs, edits, aside, sameLaunch: record.launch === this.launch };
  }

  private async findMoved(documentId: string): Promise<StoredRecord | null> {
    const prefix = `${keyOf(documentId)}~`;
    const names = (await readdir(this.directory)).filter((name) => name.startsWith(prefix) && !name.includes(ASIDE));
    for (const name of names) {
      const record = await readJournal(path.join(this.directory, name));
      if (record === null || record.documentId !== documentId) continue;
      const gone = (await stat(record.path).catch(() => null)) === null;
      if (gone) return record;
    }
    return null;
  }

  private describe({ text, path: documentPath, name, savedAtMs, edits, base, launch }: StoredRecord): KeptDraft {
    return { text, path: documentPath, name, savedAtMs, edits, base, sameLaunch: launch === this.launch };
  }

  private inOrder(file: string, action: () => Promise<unknown>): Promise<unknown> {
    const before = this.writes.get(file) ?? Promise.resolve();
    const after = before.then(action, action);
    const settled = after.catch(() => null);
    this.writes.set(file, settled);
    void settled.then(() => (this.writes.get(file) === settled ? this.writes.delete(file) : undefined));
    return after;
  }

  /** A copied file has the id of its original: the place keeps their drafts apart. */
  private fileOf(documentId: string, documentPath: string): string {
    const place = documentPath === '' ? '' : `~${hashText(documentPath).slice(0, CHECKSUM_LENGTH)}`;
    return path.join(this.directory, `${keyOf(documentId)}${place}`);
  }
}

/** Document ids come from files: anything but plain names is hashed, so that no id can point elsewhere. */
function keyOf(documentId: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(documentId) ? documentId : `~${hashText(documentId)}`;
}

function isJournalName(name: string): boolean {
  return /^[A-Za-z0-9~][A-Za-z0-9_~-]{0,159}$/.test(name);
}

async function append(file: string, line: string): Promise<void> {
  const before = await stat(file).catch(() => null);
  const bytes = Buffer.byteLength(line);
  if (before !== null && before.size > Math.max(JOURNAL_BYTES_MIN, JOURNAL_GROWTH_MAX * bytes)) {
    await writeFileAtomically(file, line, 0o600);
    return;
  }
  const handle = await open(file, 'a', 0o600);
  try {
    // A torn line of before must not swallow this one.
    await handle.appendFile(before === null ? line : `\n${line}`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  if (before === null) await syncDirectory(path.dirname(file));
}

function printRecord(record: StoredRecord): string {
  const payload = JSON.stringify(record);
  return `${hashText(payload).slice(0, CHECKSUM_LENGTH)} ${payload}\n`;
}

/** The last whole record; null when there is none. */
async function readJournal(file: string): Promise<StoredRecord | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  for (let end = text.length; end > 0; ) {
    const start = text.lastIndexOf('\n', end - 1);
    const record = parseRecord(text.slice(start + 1, end));
    if (record !== null) return record;
    end = start;
  }
  return null;
}

function parseRecord(line: string): StoredRecord | null {
  const payload = line.slice(CHECKSUM_LENGTH + 1);
  if (payload === '' || hashText(payload).slice(0, CHECKSUM_LENGTH) !== line.slice(0, CHECKSUM_LENGTH)) return null;
  // The checksum says that these are our own words.
  const record: StoredRecord = JSON.parse(payload);
  return record;
}
