/** Starts the designer on a host: preferences, language and theme first, then the tabs of before or Start. */
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './tokens.css';
import './base.css';
import i18next from 'i18next';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { JsonObject } from '../../engine/base/json.ts';
import type { HostClient } from '../../engine/host/contract.ts';
import { watchTheme } from '../canvas/palette-colours.ts';
import { openPath, readUnreadTabs } from '../files/pipeline-files.ts';
import { isDesktop } from '../host/desktop.ts';
import { isLive } from '../runs/run-store.ts';
import { preferredLanguage, startLanguage } from '../strings/language.ts';
import { App } from './App.tsx';
import { followRuns } from './arrange-for-run.ts';
import { listenForClipboard } from './clipboard-events.ts';
import { offerUndoOfDeletes } from './deleted-toast.ts';
import type { Designer } from './designer.ts';
import { createDesigner } from './designer.ts';
import { followDesktop } from './desktop-requests.ts';
import { followMotion } from './motion.ts';
import { keepProjectLayout } from './project-layout.ts';
import { keepFocus, rememberRegions } from './regions.ts';
import { listenForShortcuts } from './shortcuts.ts';
import type { TabRecord } from './tab.ts';
import { tabRecord } from './tab.ts';
import { followTheme } from './theme.ts';

export async function startDesigner(host: HostClient, root: HTMLElement): Promise<Designer> {
  const preferences: JsonObject = await host.call('preferences.get', {}).catch(() => ({}));
  const language =
    preferences['language'] === 'zh' || preferences['language'] === 'en' ? preferences['language'] : preferredLanguage(navigator.languages);
  startLanguage(language);
  const designer = createDesigner(host, preferences, i18next.t('app.untitled'));
  followTheme(designer.preferences);
  followMotion(designer.preferences);
  followRuns(designer);
  rememberRegions();
  watchTheme();
  const keepLayout = keepProjectLayout(designer);
  window.addEventListener('pagehide', () => {
    keepLayout();
    designer.preferences.flush();
    void designer.drafts.flush();
  });
  keepFocus(designer);
  listenForShortcuts(designer);
  offerUndoOfDeletes(designer);
  listenForClipboard(designer);
  watchFiles(designer);
  void host
    .call('app.info', {})
    .then(({ workers }) => designer.shell.set({ workers }))
    .catch(() => null);
  await openFirst(designer);
  rememberTabs(designer);
  if (isDesktop()) followDesktop(designer);
  createRoot(root).render(createElement(App, { designer }));
  document.title = i18next.t('app.name');
  return designer;
}

/** The tabs of before with unsaved work that none of them shows, and beside them what is running; Start when there is nothing. */
async function openFirst(designer: Designer): Promise<void> {
  const { host, preferences, sessions } = designer;
  const { tabs, activeTab } = preferences.getState();
  readUnreadTabs(designer);
  const [drafts, runs] = await Promise.all([host.call('draft.list', {}).catch(() => []), host.call('run.list', {}).catch(() => [])]);
  const lost = drafts.filter(
    (draft) => draft.path === '' && !draft.aside && !draft.sameLaunch && !tabs.some((tab) => tab.documentId === draft.documentId),
  );
  const records = [...tabs, ...lost.map(({ documentId, name }): TabRecord => ({ kind: 'pipeline', path: '', documentId, name }))];
  if (records.length === 0) sessions.restore([{ kind: 'start', path: '', documentId: '', name: '' }], 0);
  else sessions.restore(records, activeTab);
  const running = runs.filter(isLive).sort((a, b) => b.startedAtMs - a.startedAtMs)[0];
  if (running !== undefined && sessions.find(running.pipelinePath) === null) await openPath(designer, running.pipelinePath, true);
}

/** The host keeps the list of open tabs. */
function rememberTabs({ sessions, preferences }: Designer): void {
  sessions.subscribe(({ tabs, active }) => {
    const records = tabs.map(tabRecord);
    const activeTab = tabs.findIndex((tab) => tab.id === active);
    const before = preferences.getState();
    if (before.activeTab === activeTab && JSON.stringify(before.tabs) === JSON.stringify(records)) return;
    preferences.set({ tabs: records, activeTab });
  });
}

/** Another program wrote an open file. */
function watchFiles({ host, sessions }: Designer): void {
  host.listen('file.changed', ({ path, modifiedMs, hash }) => sessions.noteChange(path, { modifiedMs, hash }));
}
