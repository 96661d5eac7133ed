/** Tabs: what is put aside comes back as it was, and every change of tabs leaves one that is shown. */
import { describe, expect, it } from 'vitest';
import { loadDocument } from '../../engine/spec/load-document.ts';
import { saveDocument } from '../../engine/spec/save-document.ts';
import { createDocument, setName } from '../document/commands.ts';
import { createSelectionStore } from '../document/selection.ts';
import type { OpenFile } from '../document/store.ts';
import { createDocumentStore, isUnsaved } from '../document/store.ts';
import { createSessions } from './sessions.ts';
import { createShellStore } from './shell.ts';
import { createViewports } from './viewports.ts';

function start() {
  const documents = createDocumentStore(() => 0, 'untitled');
  const selection = createSelectionStore();
  const shell = createShellStore();
  const viewports = createViewports();
  documents.subscribe((state, previous) => {
    if (state.generation !== previous.generation) selection.select([]);
  });
  return { documents, selection, shell, viewports, sessions: createSessions({ documents, selection, shell, viewports }) };
}

function file(name: string, hash = name): OpenFile {
  const text = saveDocument(createDocument(name), null);
  return { path: `/flows/${name}.json`, modifiedMs: 1, hash, opened: loadDocument(text) };
}

function documentOf(place: OpenFile) {
  const { document } = place.opened;
  if (document === null) throw new Error('the test file cannot be read');
  return document;
}

describe('sessions', () => {
  it('brings back document, history, selection, viewport and draft mark of a tab', () => {
    const { documents, selection, shell, viewports, sessions } = start();
    const first = sessions.open(documentOf(file('one')), file('one'));
    documents.commit('rename', (document) => setName(document, 'changed'));
    selection.select(['a', 'b']);
    viewports.keep(null, { x: 1, y: 2, zoom: 0.5 });
    shell.set({ draft: { state: 'kept', atMs: 7 } });
    const second = sessions.open(documentOf(file('two')), file('two'));
    expect(documents.getState()).toMatchObject({ path: '/flows/two.json', past: [] });
    expect([...selection.getState().nodes]).toEqual([]);
    expect(viewports.get(null)).toBeNull();
    expect(shell.getState().draft.state).toBe('none');
    sessions.activate(first);
    expect(documents.getState().document.name).toBe('changed');
    expect(isUnsaved(documents.getState())).toBe(true);
    expect([...selection.getState().nodes]).toEqual(['a', 'b']);
    expect(viewports.get(null)).toEqual({ x: 1, y: 2, zoom: 0.5 });
    expect(shell.getState().draft).toEqual({ state: 'kept', atMs: 7 });
    documents.undo();
    expect(documents.getState().document.name).toBe('one');
    expect(sessions.getState().active).toBe(first);
    expect(sessions.documentOf(second)?.document.name).toBe('two');
  });

  it('opens a file in the place of an untouched new pipeline only', () => {
    const { documents, sessions } = start();
    sessions.open(documentOf(file('one')), file('one'));
    expect(sessions.getState().tabs).toHaveLength(1);
    sessions.open(createDocument('untitled'), null);
    documents.commit('rename', (document) => setName(document, 'mine'));
    sessions.open(documentOf(file('two')), file('two'));
    expect(sessions.getState().tabs.map((tab) => (tab.kind === 'pipeline' ? tab.name : tab.kind))).toEqual(['one', 'mine', 'two']);
  });

  it('shows the neighbour of a closed tab, and Start after the last', () => {
    const { documents, sessions } = start();
    const one = sessions.open(documentOf(file('one')), file('one'));
    const two = sessions.open(documentOf(file('two')), file('two'));
    sessions.close(two);
    expect(sessions.getState().active).toBe(one);
    expect(documents.getState().path).toBe('/flows/one.json');
    sessions.close(one);
    expect(sessions.active().kind).toBe('start');
    expect(documents.getState().document.nodes).toEqual([]);
  });

  it('steps around the ends and moves tabs', () => {
    const { sessions } = start();
    const one = sessions.open(documentOf(file('one')), file('one'));
    const two = sessions.open(documentOf(file('two')), file('two'));
    sessions.step(1);
    expect(sessions.getState().active).toBe(one);
    sessions.step(-1);
    expect(sessions.getState().active).toBe(two);
    sessions.move(two, 0);
    expect(sessions.getState().tabs.map((tab) => tab.id)).toEqual([two, one]);
  });

  it('reads tabs of an earlier launch when they are first shown', () => {
    const { documents, sessions } = start();
    const asked: string[] = [];
    sessions.onUnread((tab) => asked.push(tab.path));
    const record = (name: string) => ({ kind: 'pipeline', path: `/flows/${name}.json`, documentId: name, name }) as const;
    sessions.restore([record('one'), record('two')], 1);
    expect(asked).toEqual(['/flows/two.json']);
    const { tabs, active } = sessions.getState();
    sessions.fill(active, documentOf(file('two')), file('two'));
    expect(documents.getState().path).toBe('/flows/two.json');
    sessions.activate(tabs[0].id);
    sessions.fail(tabs[0].id, { message: 'gone', code: 'MR6202' });
    expect(sessions.active()).toMatchObject({ content: 'failed', failure: { code: 'MR6202' } });
    sessions.activate(active);
    expect(documents.getState().path).toBe('/flows/two.json');
  });

  it('tells a change on disk to the tab of the file, shown or not, and a draft that began from another file', () => {
    const { shell, sessions } = start();
    const one = sessions.open(documentOf(file('one')), file('one'));
    sessions.open(documentOf(file('two')), file('two'));
    sessions.noteChange('/flows/one.json', { modifiedMs: 9, hash: 'other' });
    expect(shell.getState().changedOnDisk).toBeNull();
    sessions.activate(one);
    expect(shell.getState().changedOnDisk).toEqual({ modifiedMs: 9, hash: 'other' });
    sessions.open(createDocument('draft'), file('three'), { draft: { state: 'kept', atMs: 1 }, base: { modifiedMs: 1, hash: 'older' } });
    expect(shell.getState().changedOnDisk?.hash).toBe('three');
  });
});
