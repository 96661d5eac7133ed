/** Reading and writing the open pipeline through the host: open, templates, save with the conflict notice, drafts. */
import i18next from 'i18next';
import type { HostClient, KeptDraft, OpenedFile } from '../../engine/host/contract.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { loadDocument } from '../../engine/spec/load-document.ts';
import { saveDocument } from '../../engine/spec/save-document.ts';
import type { Designer } from '../app/designer.ts';
import { rememberedViewports } from '../app/project-layout.ts';
import type { Opening } from '../app/sessions.ts';
import type { Recovery } from '../app/shell.ts';
import type { PipelineTab } from '../app/tab.ts';
import { createDocument, setName } from '../document/commands.ts';
import { newDocumentId } from '../document/identifiers.ts';
import type { DocumentState, OpenFile, SavedState } from '../document/store.ts';
import { isUnsaved } from '../document/store.ts';
import { currentLanguage, words } from '../strings/language.ts';
import type { ToastWay } from '../ui/ToastCard.tsx';
import { toast } from '../ui/toast.ts';
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
    if (known === null) await showFile(designer, file, (document, place, opening) => sessions.open(document, place, opening));
    else sessions.activate(known.id);
    return true;
  } catch (error) {
    if (!quiet) showFailure(i18next.t('files.cannotRead'), error);
    return false;
  }
}

/** Opens what was left of a pipeline that was never saved, or of one whose file is gone. */
export async function openDraft(designer: Designer, draftId: string): Promise<boolean> {
  const draft = await designer.host.call('draft.read', { draftId }).catch(() => null);
  const document = draft === null ? null : loadDocument(draft.text).document;
  if (draft === null || document === null) return false;
  designer.sessions.open(document, null, { draft: { state: 'kept', atMs: draft.savedAtMs } });
  return true;
}

/** Reads the tabs of an earlier launch once they are shown. */
export function readUnreadTabs(designer: Designer): void {
  const { host, sessions } = designer;
  const read = async (tab: PipelineTab) => {
    const show: Show = (document, place, opening) => sessions.fill(tab.id, document, place, opening);
    try {
      if (tab.path === '') await showNeverSaved(designer, tab, show);
      else await showFile(designer, await host.call('file.open', { path: tab.path }), show);
    } catch (error) {
      sessions.fail(tab.id, { message: messageOf(error), code: codeOf(error) });
    }
  };
  sessions.onUnread((tab) => void read(tab));
}

/** Its draft is all there is of it; without one it is as empty as it was. */
async function showNeverSaved({ host }: Designer, tab: PipelineTab, show: Show): Promise<void> {
  const drafts = await host.call('draft.list', {});
  const info = drafts.find((draft) => draft.documentId === tab.documentId && draft.path === '' && !draft.aside);
  const draft = info === undefined ? null : await host.call('draft.read', { draftId: info.draftId });
  const document = draft === null ? null : loadDocument(draft.text).document;
  if (draft === null || document === null) show(renewed(createDocument(i18next.t('app.untitled')), tab.documentId), null);
  else show(document, null, { draft: { state: 'kept', atMs: draft.savedAtMs } });
}

/** The id it had before, if any, so that its tab stays the same one. */
function renewed(document: PipelineDocument, id: string): PipelineDocument {
  return id === '' ? document : { ...document, id };
}

type Show = (document: PipelineDocument, place: OpenFile | null, opening?: Opening) => void;

/** The file's document, or its draft: after a reload of the page by itself, after the end of Millrace if the person wants it. */
async function showFile(designer: Designer, file: OpenedFile, show: Show): Promise<void> {
  const opened = loadDocument(file.text);
  const { document } = opened;
  if (document === null) throw new Error(opened.problems.map((problem) => words(problem.text)).join('\n'));
  const place = { path: file.path, modifiedMs: file.modifiedMs, hash: file.hash, opened };
  const viewports = rememberedViewports(designer.preferences, file.path);
  const { draft } = file;
  const drafted = draft === null ? null : loadDocument(draft.text).document;
  if (draft === null || drafted === null) {
    show(document, place, { viewports });
    return;
  }
  const showDraft = () => show(drafted, place, { viewports, draft: { state: 'kept', atMs: draft.savedAtMs }, base: draft.base });
  if (draft.sameLaunch) {
    showDraft();
    return;
  }
  const recovery = await describeRecovery(designer, file, draft, document.id);
  designer.shell.set({
    dialog: {
      kind: 'recovery',
      recovery: {
        ...recovery,
        openDraft: showDraft,
        openSaved: () => {
          show(document, place, { viewports });
          void designer.drafts.putAside(document.id, file.path);
        },
      },
    },
  });
}

type Findings = Omit<Recovery, 'openDraft' | 'openSaved'>;

async function describeRecovery({ host }: Designer, file: OpenedFile, draft: KeptDraft, documentId: string): Promise<Findings> {
  const [info, runs] = await Promise.all([
    host.call('app.info', {}).catch(() => null),
    host.call('launch.interruptedRuns', {}).catch(() => []),
  ]);
  const ran = runs.some((run) => run.documentId === documentId && run.path === file.path);
  const kept = ran ? await host.call('checkpoint.list', { path: file.path, text: draft.text }).catch(() => null) : null;
  return {
    name: draft.name,
    crashed: info?.crashed ?? false,
    draft: { savedAtMs: draft.savedAtMs, edits: draft.edits },
    fileModifiedMs: file.modifiedMs,
    checkpoint: kept?.checkpoints.find((each) => each.path === kept.goesOnFrom) ?? null,
  };
}

/** Takes the open file as another program left it; one undo brings back what was here. */
export async function loadFromDisk(designer: Designer): Promise<void> {
  const { host, documents, shell } = designer;
  const before = documents.getState();
  const { path } = before;
  shell.set({ dialog: null });
  try {
    const file = await host.call('file.open', { path });
    const opened = loadDocument(file.text);
    if (opened.document === null) throw new Error(opened.problems.map((problem) => words(problem.text)).join('\n'));
    if (documents.getState().path !== path) return;
    await designer.drafts.flush();
    await designer.drafts.putAside(before.document.id, path);
    documents.reload({ path, modifiedMs: file.modifiedMs, hash: file.hash, opened });
    shell.set({ changedOnDisk: null, draft: { state: 'none', atMs: 0 } });
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
  const { documents, drafts, host, sessions, shell } = designer;
  const tab = sessions.getState().active;
  const state = documents.getState();
  const document = documentFor(state, path);
  const text = saveDocument(document, state.opened);
  try {
    const expected = overwrite ? await versionNow(host, path) : path === state.path ? state.saved : null;
    const version = expected === null ? null : { modifiedMs: expected.modifiedMs, hash: expected.hash };
    const saved = await host.call('file.save', { path, text, expected: version });
    if (sessions.getState().active !== tab) return true;
    if (document !== state.document) documents.renew(state.document, document);
    documents.markSaved(document, { ...saved, path, opened: loadDocument(text) });
    shell.set({ changedOnDisk: null, draft: { state: 'none', atMs: 0 } });
    await drafts.saved(state, documents.getState());
    shell.say(i18next.t('files.savedAs', { name: fileName(path) }));
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

/**
 * A copy in another place is another pipeline with an id of its own, so that state, drafts and runs of the two are kept
 * apart; a first place names a pipeline that had no name.
 */
function documentFor({ document, path: before }: DocumentState, path: string): PipelineDocument {
  if (before !== '' && before !== path) return { ...document, id: newDocumentId() };
  const unnamed = before === '' && document.name === i18next.t('app.untitled');
  return unnamed ? setName(document, fileName(path).replace(/\.json$/, '')) : document;
}

/** Null: there is nothing. */
async function versionNow(host: HostClient, path: string): Promise<SavedState | null> {
  return await host.call('file.peek', { path }).catch(() => null);
}

/** Says what failed and why; stays until it is closed. */
export function showFailure(title: string, error: unknown, ways: readonly ToastWay[] = []): void {
  const code = codeOf(error);
  toast.error(title, {
    description: code === null ? messageOf(error) : `${messageOf(error)} (${code})`,
    ways,
  });
}
