/** Drafts: unsaved edits of open documents, kept so that neither a crash nor a closed tab loses more than the last keystrokes. */
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../base/errors.ts';
import { hashText, writeFileAtomically } from './atomic-file.ts';
import { preparePrivateDirectory } from './state-directory.ts';

const DRAFT_BYTES_MAX = 8 * 1024 * 1024;

export interface Draft {
  readonly text: string;
  readonly savedAtMs: number;
}

export class Drafts {
  private readonly directory: string;
  /** Last write per document: writes of one document follow each other, so that an older text never wins. */
  private readonly writes = new Map<string, Promise<unknown>>();

  constructor(stateDirectory: string) {
    this.directory = path.join(stateDirectory, 'drafts');
    preparePrivateDirectory(this.directory);
  }

  async save(documentId: string, text: string): Promise<{ savedAtMs: number }> {
    if (Buffer.byteLength(text) > DRAFT_BYTES_MAX) {
      throw new EngineError('MR6203', `the draft is larger than ${DRAFT_BYTES_MAX} bytes`, { domain: 'user' });
    }
    const file = this.fileOf(documentId);
    await this.inOrder(file, () => writeFileAtomically(file, text, 0o600));
    const written = await stat(file);
    return { savedAtMs: written.mtimeMs };
  }

  async discard(documentId: string): Promise<null> {
    const file = this.fileOf(documentId);
    await this.inOrder(file, () => rm(file, { force: true }));
    return null;
  }

  /** The draft of a document if it says something else than the file and is not older. */
  async findNewer(documentId: string, file: { readonly text: string; readonly modifiedMs: number }): Promise<Draft | null> {
    const draftFile = this.fileOf(documentId);
    const written = await stat(draftFile).catch(() => null);
    if (written === null || written.mtimeMs < file.modifiedMs) return null;
    const text = await readFile(draftFile, 'utf8');
    return text === file.text ? null : { text, savedAtMs: written.mtimeMs };
  }

  private inOrder(file: string, action: () => Promise<unknown>): Promise<unknown> {
    const before = this.writes.get(file) ?? Promise.resolve();
    const after = before.then(action, action);
    this.writes.set(
      file,
      after.catch(() => null),
    );
    return after;
  }

  /** Document ids come from files: anything but plain names is hashed, so that no id can point elsewhere. */
  private fileOf(documentId: string): string {
    const plain = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(documentId);
    return path.join(this.directory, plain ? documentId : `~${hashText(documentId)}`);
  }
}
