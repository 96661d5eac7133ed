/** Starts the designer on a host: preferences, language and theme first, then the last file or a running pipeline. */
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
import { keepDrafts } from '../files/drafts.ts';
import { openPath } from '../files/pipeline-files.ts';
import { isLive } from '../runs/run-store.ts';
import { preferredLanguage, startLanguage } from '../strings/language.ts';
import { App } from './App.tsx';
import { listenForClipboard } from './clipboard-events.ts';
import type { Designer } from './designer.ts';
import { createDesigner } from './designer.ts';
import { listenForShortcuts } from './shortcuts.ts';
import { followTheme } from './theme.ts';

export async function startDesigner(host: HostClient, root: HTMLElement): Promise<Designer> {
  const preferences: JsonObject = await host.call('preferences.get', {}).catch(() => ({}));
  const language =
    preferences['language'] === 'zh' || preferences['language'] === 'en' ? preferences['language'] : preferredLanguage(navigator.languages);
  startLanguage(language);
  const designer = createDesigner(host, preferences, i18next.t('app.untitled'));
  followTheme(designer.preferences);
  watchTheme();
  keepDrafts(designer);
  listenForShortcuts(designer);
  listenForClipboard(designer);
  watchFile(designer);
  await openFirst(designer);
  createRoot(root).render(createElement(App, { designer }));
  document.title = i18next.t('app.name');
  return designer;
}

/** The file that was open last, else the pipeline that is running, else an empty one. */
async function openFirst(designer: Designer): Promise<void> {
  const { lastPath } = designer.preferences.getState();
  if (lastPath !== '' && (await openPath(designer, lastPath, true))) return;
  const runs = await designer.host.call('run.list', {}).catch(() => []);
  const running = runs.filter(isLive).sort((a, b) => b.startedAtMs - a.startedAtMs)[0];
  if (running !== undefined) await openPath(designer, running.pipelinePath, true);
}

/** Another program wrote the open file. */
function watchFile({ host, documents, shell }: Designer): void {
  host.listen('file.changed', ({ path, modifiedMs, hash }) => {
    const state = documents.getState();
    if (path === state.path && state.saved !== null && hash !== state.saved.hash) shell.set({ changedOnDisk: { modifiedMs } });
  });
}
