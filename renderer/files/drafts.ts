/**
 * Keeps unsaved work with the host, soon after the first edit that it has not got; what was not acknowledged is sent again.
 * Edits of a tab that was left meanwhile are sent like those of the shown one.
 */
import type { HostClient } from '../../engine/host/contract.ts';
import { saveDocument } from '../../engine/spec/save-document.ts';
import type { Sessions } from '../app/sessions.ts';
import type { DocumentState, DocumentStore } from '../document/store.ts';
import { isUnsaved, unsavedSteps } from '../document/store.ts';

/** From the first edit on, not from the last: who types without a pause loses no more than who stops. */
const SEND_AFTER_MS = 300;
const RETRY_MS = 2000;

export interface DraftKeeper {
  /** Sends at once: the page is about to go, or another tab is shown. */
  flush(): Promise<void>;
  /** The document was saved, perhaps to another place; what was typed meanwhile stays a draft. */
  saved(before: DocumentState, after: DocumentState): Promise<void>;
  /** Nothing of this document is wanted. */
  discard(state: DocumentState): Promise<void>;
  /** The saved file was chosen; the draft stays in the host's list for a while. */
  putAside(documentId: string, path: string): Promise<void>;
  close(): void;
}

interface Parts {
  readonly host: HostClient;
  readonly documents: DocumentStore;
  readonly sessions: Sessions;
}

class HostDraftKeeper implements DraftKeeper {
  private readonly parts: Parts;
  /** What the host has not acknowledged, by document and place. */
  private readonly unsent = new Map<string, DocumentState>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private sending: Promise<void> | null = null;
  private readonly stops: readonly (() => void)[];

  constructor(parts: Parts) {
    this.parts = parts;
    this.stops = [
      parts.documents.subscribe((state, previous) => this.follow(state, previous)),
      parts.host.onConnection((connection) => {
        if (connection === 'connected' && this.unsent.size > 0) void this.flush();
      }),
    ];
  }

  async flush(): Promise<void> {
    this.cancel();
    await this.sending;
    this.sending = this.sendAll();
    await this.sending;
    this.sending = null;
    if (this.unsent.size > 0) this.later(RETRY_MS);
  }

  async saved(before: DocumentState, after: DocumentState): Promise<void> {
    this.unsent.delete(keyOf(before));
    if (before.path !== after.path) await this.forget(before);
    if (!isUnsaved(after)) await this.forget(after);
    else {
      this.unsent.set(keyOf(after), after);
      await this.flush();
    }
  }

  async discard(state: DocumentState): Promise<void> {
    this.unsent.delete(keyOf(state));
    await this.forget(state);
  }

  async putAside(documentId: string, path: string): Promise<void> {
    await this.parts.host.call('draft.putAside', { documentId, path }).catch(() => null);
  }

  close(): void {
    this.cancel();
    for (const stop of this.stops) stop();
  }

  private follow(state: DocumentState, previous: DocumentState): void {
    if (state.generation !== previous.generation || state.document === previous.document) return;
    this.unsent.set(keyOf(state), state);
    if (isUnsaved(state)) this.parts.sessions.noteDraft(state.document.id, { state: 'pending', atMs: 0 });
    this.later(SEND_AFTER_MS);
  }

  private later(ms: number): void {
    this.timer ??= setTimeout(() => void this.flush(), ms);
  }

  private cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private async sendAll(): Promise<void> {
    await Promise.all([...this.unsent].map(([key, state]) => this.send(key, state)));
  }

  private async send(key: string, state: DocumentState): Promise<void> {
    const { host, sessions } = this.parts;
    const { document, path } = state;
    try {
      if (isUnsaved(state)) {
        const base = state.saved === null ? null : { modifiedMs: state.saved.modifiedMs, hash: state.saved.hash };
        const text = saveDocument(document, state.opened);
        const draft = { documentId: document.id, path, name: document.name, text, edits: unsavedSteps(state), base };
        const { savedAtMs } = await host.call('draft.save', draft);
        if (this.unsent.get(key) === state) sessions.noteDraft(document.id, { state: 'kept', atMs: savedAtMs });
      } else {
        // Undone down to what the file says: there is nothing left to keep.
        await host.call('draft.discard', { documentId: document.id, path });
        if (this.unsent.get(key) === state) sessions.noteDraft(document.id, { state: 'none', atMs: 0 });
      }
      if (this.unsent.get(key) === state) this.unsent.delete(key);
    } catch {
      // Stays unsent, and is sent again.
    }
  }

  private async forget({ document, path }: DocumentState): Promise<void> {
    await this.parts.host.call('draft.discard', { documentId: document.id, path }).catch(() => null);
  }
}

export function createDraftKeeper(parts: Parts): DraftKeeper {
  return new HostDraftKeeper(parts);
}

function keyOf({ document, path }: DocumentState): string {
  return `${document.id} ${path}`;
}
