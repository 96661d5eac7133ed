/** Keeps unsaved work with the host, shortly after the last edit; what was not acknowledged is sent again. */

import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { isUnsaved } from '../document/store.ts';
import { documentText } from './pipeline-files.ts';

const DEBOUNCE_MS = 300;
const RETRY_MS = 2000;

export function keepDrafts(designer: Designer): () => void {
  const { documents, host, shell } = designer;
  let kept: PipelineDocument | null = documents.getState().document;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let sending = false;

  function later(ms: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void send(), ms);
  }

  async function send(): Promise<void> {
    timer = null;
    if (sending) {
      later(DEBOUNCE_MS);
      return;
    }
    const { document } = documents.getState();
    if (document === kept || !isUnsaved(documents.getState())) return;
    sending = true;
    try {
      const { savedAtMs } = await host.call('draft.save', { documentId: document.id, text: documentText(designer) });
      kept = document;
      if (isUnsaved(documents.getState())) shell.set({ draft: { state: 'kept', atMs: savedAtMs } });
    } catch {
      later(RETRY_MS);
    } finally {
      sending = false;
    }
    if (documents.getState().document !== kept && isUnsaved(documents.getState())) later(DEBOUNCE_MS);
  }

  const stop = documents.subscribe((state, previous) => {
    if (state.generation !== previous.generation) {
      kept = state.document;
      return;
    }
    if (state.document === previous.document) return;
    if (!isUnsaved(state)) return;
    if (shell.getState().draft.state !== 'pending') shell.set({ draft: { ...shell.getState().draft, state: 'pending' } });
    later(DEBOUNCE_MS);
  });
  const stopConnection = host.onConnection((connection) => {
    if (connection === 'connected') later(DEBOUNCE_MS);
  });
  return () => {
    stop();
    stopConnection();
    if (timer !== null) clearTimeout(timer);
  };
}
