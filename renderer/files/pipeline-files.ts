/** Reading and writing the open pipeline through the host: open, templates, save with the conflict notice, drafts. */
import i18next from 'i18next';
import { toast } from 'sonner';
import type { OpenedFile } from '../../engine/host/contract.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { loadDocument } from '../../engine/spec/load-document.ts';
import { saveDocument } from '../../engine/spec/save-document.ts';
import type { Designer } from '../app/designer.ts';
import { createDocument, setName } from '../document/commands.ts';
import { isUnsaved } from '../document/store.ts';
import { currentLanguage, words } from '../strings/language.ts';
import { codeOf, messageOf } from './failure.ts';

const CONFLICT = 'MR6201';

export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** Runs `then` at once, or after the person has decided about unsaved changes. */
export function leaving(designer: Designer, then: () => void): void {
  const state = designer.documents.getState();
  if (isUnsaved(state) && state.document.nodes.length > 0) designer.shell.set({ dialog: { kind: 'unsaved', then } });
  else then();
}

export function newPipeline(designer: Designer): void {
  designer.documents.open(createDocument(i18next.t('app.untitled')), null);
  designer.preferences.set({ lastPath: '' });
  designer.shell.set({ dialog: null, jobSettingsOpen: false });
}

export async function openPath(designer: Designer, path: string, quiet = false): Promise<boolean> {
  try {
    show(designer, await designer.host.call('file.open', { path }));
    return true;
  } catch (error) {
    if (!quiet) showFailure(i18next.t('files.cannotRead'), error);
    return false;
  }
}

export async function openTemplate(designer: Designer, name: string): Promise<void> {
  try {
    show(designer, await designer.host.call('template.open', { name, language: currentLanguage() }));
  } catch (error) {
    showFailure(i18next.t('files.cannotRead'), error);
  }
}

function show(designer: Designer, file: OpenedFile): void {
  const opened = loadDocument(file.text);
  const { document } = opened;
  if (document === null) {
    toast.error(i18next.t('files.cannotRead'), {
      description: opened.problems.map((problem) => words(problem.text)).join('\n'),
      duration: Number.POSITIVE_INFINITY,
    });
    return;
  }
  const place = { path: file.path, modifiedMs: file.modifiedMs, hash: file.hash, opened };
  const open = (shown: PipelineDocument, draftAtMs: number | null) => {
    designer.documents.open(shown, place);
    designer.preferences.set({ lastPath: file.path });
    designer.shell.set({
      dialog: null,
      jobSettingsOpen: false,
      draft: draftAtMs === null ? { state: 'none', atMs: 0 } : { state: 'kept', atMs: draftAtMs },
    });
  };
  const { draft } = file;
  const drafted = draft === null || draft.text === file.text ? null : loadDocument(draft.text).document;
  if (draft === null || drafted === null) {
    open(document, null);
    return;
  }
  designer.shell.set({
    dialog: {
      kind: 'draft',
      name: fileName(file.path),
      savedAtMs: draft.savedAtMs,
      openDraft: () => open(drafted, draft.savedAtMs),
      openSaved: () => open(document, null),
    },
  });
}

/** The text of the open pipeline as it would be saved now. */
export function documentText(designer: Designer): string {
  const { document, opened } = designer.documents.getState();
  return saveDocument(document, opened);
}

/** Saves where the file is; asks for a place when there is none yet. */
export async function save(designer: Designer): Promise<boolean> {
  const { path, opened } = designer.documents.getState();
  // What a newer version wrote is never saved over: it may say things this one would lose.
  if (path === '' || opened?.readOnly === true) {
    designer.shell.set({ dialog: { kind: 'save' } });
    return false;
  }
  return saveAt(designer, path, false);
}

export async function saveAt(designer: Designer, path: string, overwrite: boolean): Promise<boolean> {
  const state = designer.documents.getState();
  const renamed = state.path === '' ? setName(state.document, fileName(path).replace(/\.json$/, '')) : state.document;
  const document = state.document.name === i18next.t('app.untitled') ? renamed : state.document;
  const expected =
    overwrite || path !== state.path || state.saved === null ? null : { modifiedMs: state.saved.modifiedMs, hash: state.saved.hash };
  const text = saveDocument(document, state.opened);
  try {
    const saved = await designer.host.call('file.save', { path, text, expected });
    if (document !== state.document) designer.documents.commit('rename', () => document);
    designer.documents.markSaved(document, { ...saved, path, opened: loadDocument(text) });
    designer.preferences.set({ lastPath: path });
    designer.shell.set({ changedOnDisk: null, draft: { state: 'none', atMs: 0 } });
    await designer.host.call('draft.discard', { documentId: document.id }).catch(() => null);
    designer.shell.say(i18next.t('files.savedAs', { name: fileName(path) }));
    return true;
  } catch (error) {
    if (codeOf(error) === CONFLICT) designer.shell.set({ dialog: { kind: 'conflict', path } });
    else showFailure(i18next.t('files.saveTitle'), error);
    return false;
  }
}

/** Says what failed and why; stays until it is closed. */
export function showFailure(title: string, error: unknown): void {
  const code = codeOf(error);
  toast.error(title, {
    description: code === null ? messageOf(error) : `${messageOf(error)} (${code})`,
    duration: Number.POSITIVE_INFINITY,
  });
}
