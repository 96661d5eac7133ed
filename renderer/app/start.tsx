/** Starts the designer on a host: preferences, language and theme first, then the last file or a running pipeline. */
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './tokens.css';
import './base.css';
import i18next from 'i18next';
import { Tooltip } from 'radix-ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Toaster } from 'sonner';
import type { JsonObject } from '../../engine/base/json.ts';
import type { HostClient } from '../../engine/host/contract.ts';
import { watchTheme } from '../canvas/palette-colours.ts';
import { keepDrafts } from '../document/drafts.ts';
import { openPath } from '../document/files.ts';
import { isLive } from '../runs/run-store.ts';
import { preferredLanguage, startLanguage } from '../strings/language.ts';
import type { Designer } from './designer.ts';
import { createDesigner, DesignerContext } from './designer.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Frame } from './Frame.tsx';
import { listenForShortcuts } from './shortcuts.ts';
import { followTheme } from './theme.ts';
import toastStyle from './toast.module.css';

const TOOLTIP_DELAY_MS = 500;
const TOAST_MS = 4000;

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
  watchFile(designer);
  await openFirst(designer);
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <DesignerContext value={designer}>
          <Tooltip.Provider delayDuration={TOOLTIP_DELAY_MS} skipDelayDuration={200}>
            <Frame />
            <Toaster
              position="bottom-right"
              visibleToasts={3}
              duration={TOAST_MS}
              closeButton
              toastOptions={{
                unstyled: true,
                classNames: {
                  toast: toastStyle.toast,
                  title: toastStyle.title,
                  description: toastStyle.description,
                  error: toastStyle.error,
                  success: toastStyle.success,
                  closeButton: toastStyle.close,
                },
              }}
            />
          </Tooltip.Provider>
        </DesignerContext>
      </ErrorBoundary>
    </StrictMode>,
  );
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
