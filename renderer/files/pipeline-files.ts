/** Reading and writing the open pipeline through the host: open, templates, save with the conflict notice, drafts. */
import i18next from 'i18next';
import type { OpenedFile } from '../../engine/host/contract.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { loadDocument } from '../../engine/spec/load-document.ts';
import { saveDocument } from '../../engine/spec/save-document.ts';
import type { Designer } from '../app/designer.ts';
import type { Opening } from '../app/sessions.ts';
import type { PipelineTab } from '../app/tab.ts';
import { createDocument, setName } from '../document/commands.ts';
import type { OpenFile } from '../document/store.ts';
import { isUnsaved } from '../document/store.ts';
import { currentLanguage, words } from '../strings/language.ts';
import type { ToastWay } from '../ui/toast.tsx';
import { toast } from '../ui/toast.tsx';
import { codeOf, messageOf } from './failure.ts';

const CONFLICT = 'MR6201';

export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** In a tab of its own. */
export function newPipeline(designer: Designer): void {
  designer.shell.set({ dialog: null });
  designer.sessions.open(createDocument(i18next.t('app.untitled')), null);
}

/** Shows the tab of this file; opens one if there is none. */
export async function openPath(designer: Designer, path: string, quiet = false): Promise<boolean> {
  const known = designer.sessions.find(path);
  if (known !== null) {
    designer.shell.set({ dialog: null });
    designer.sessions.activate(known.id);
    return true;
  }
  return openInTab(designer, () => designer.host.call('file.open', { path }), quiet);
}

export async function openTemplate(designer: Designer, name: string): Promise<boolean> {
  return openInTab(designer, () => designer.host.call('template.open', { name, language: currentLanguage() }), false);
}

async function openInTab(designer: Designer, read: () => Promise<OpenedFile>, quiet: boolean): Promise<boolean> {
  const { sessions, shell } = designer;
  try {
    const file = await read();
    shell.set({ dialog: null });
    const known = sessions.find(file.path);
    if (known === null) showFile(designer, file, (document, place, opening) => sessions.open(document, place, opening));
    else sessions.activate(known.id);
    return true;
  } catch (error) {
    if (!quiet) showFailure(i18next.t('files.cannotRead'), error);
    return false;
  }
}

/** Reads the tabs of an earlier launch once they are shown. */
export function readUnreadTabs(designer: Designer): void {
  const { host, sessions } = designer;
  const read = async (tab: PipelineTab) => {
    const show = (document: PipelineDocument, place: OpenFile | null, opening?: Opening) => sessions.fill(tab.id, document, place, opening);
    try {
      if (tab.path === '') show({ ...createDocument(i18next.t('app.untitled')), id: tab.documentId }, null);
      else showFile(designer, await host.call('file.open', { path: tab.path }), show);
    } catch (error) {
      sessions.fail(tab.id, { message: messageOf(error), code: codeOf(error) });
    }
  };
  sessions.onUnread((tab) => void read(tab));
}

type Show = (document: PipelineDocument, place: OpenFile | null, opening?: Opening) => void;

/** The file's document, or its draft if the person wants that one. */
function showFile(designer: Designer, file: OpenedFile, show: Show): void {
  const opened = loadDocument(file.text);
  const { document } = opened;
  if (document === null) throw new Error(opened.problems.map((problem) => words(problem.text)).join('\n'));
  const place = { path: file.path, modifiedMs: file.modifiedMs, hash: file.hash, opened };
  const { draft } = file;
  const drafted = draft === null || draft.text === file.text ? null : loadDocument(draft.text).document;
  if (draft === null || drafted === null) {
    show(document, place);
    return;
  }
  designer.shell.set({
    dialog: {
      kind: 'draft',
      name: fileName(file.path),
      savedAtMs: draft.savedAtMs,
      openDraft: () => {
        designer.shell.set({ dialog: null });
        show(drafted, place, { draft: { state: 'kept', atMs: draft.savedAtMs } });
      },
      openSaved: () => {
        designer.shell.set({ dialog: null });
        show(document, place);
      },
    },
  });
}

/** Takes the open file as another program left it; one undo brings back what was here. */
export async function loadFromDisk(designer: Designer): Promise<void> {
  const { host, documents, shell } = designer;
  const { path, document } = documents.getState();
  shell.set({ dialog: null });
  try {
    const file = await host.call('file.open', { path });
    const opened = loadDocument(file.text);
    if (opened.document === null) throw new Error(opened.problems.map((problem) => words(problem.text)).join('\n'));
    if (documents.getState().path !== path) return;
    documents.reload({ path, modifiedMs: file.modifiedMs, hash: file.hash, opened });
    shell.set({ changedOnDisk: null, draft: { state: 'none', atMs: 0 } });
    await host.call('draft.discard', { documentId: document.id }).catch(() => null);
  } catch (error) {
    showFailure(i18next.t('files.cannotRead'), error);
  }
}

/** The next save may overwrite what another program wrote. */
export function keepMine(designer: Designer): void {
  const { changedOnDisk } = designer.shell.getState();
  if (changedOnDisk === null) return;
  designer.documents.keepMine(changedOnDisk);
  designer.shell.set({ changedOnDisk: null });
}

/** Asks about changes that would be lost, with their pipeline in view. */
export function closeTab(designer: Designer, id: string): void {
  const { sessions, shell } = designer;
  const state = sessions.documentOf(id);
  if (state === null || !isUnsaved(state) || (state.path === '' && state.document.nodes.length === 0)) {
    sessions.close(id);
    return;
  }
  sessions.activate(id);
  shell.set({ dialog: { kind: 'unsaved', proceed: () => sessions.close(id) } });
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
    designer.shell.set({ changedOnDisk: null, draft: { state: 'none', atMs: 0 } });
    await designer.host.call('draft.discard', { documentId: document.id }).catch(() => null);
    designer.shell.say(i18next.t('files.savedAs', { name: fileName(path) }));
    return true;
  } catch (error) {
    if (codeOf(error) === CONFLICT) designer.shell.set({ dialog: { kind: 'conflict', path } });
    else {
      const elsewhere = { label: i18next.t('action.saveAs'), run: () => designer.shell.set({ dialog: { kind: 'save' } }) };
      showFailure(i18next.t('files.saveTitle'), error, [elsewhere]);
    }
    return false;
  }
}

/** Says what failed and why; stays until it is closed. */
export function showFailure(title: string, error: unknown, ways: readonly ToastWay[] = []): void {
  const code = codeOf(error);
  toast.error(title, {
    description: code === null ? messageOf(error) : `${messageOf(error)} (${code})`,
    ways,
  });
}
