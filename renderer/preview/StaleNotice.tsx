/** In the tool bar, after an edit during or after a run: how many nodes show what is from before, and the ways out. */
import { History } from 'lucide-react';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { startRun, stopRun } from '../runs/control.ts';
import { isLive } from '../runs/run-store.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Menu } from '../ui/Menu.tsx';
import style from './preview.module.css';

export function StaleNotice() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const count = useStore(designer.stale, (state) => state.nodes.size);
  const live = useStore(designer.runs, (state) => isLive(state.current));
  if (count === 0) return null;
  const run = live
    ? { id: 'restart', label: t('stale.restart'), note: t('stale.restartNote'), run: () => void runTheEdit(designer) }
    : { id: 'run', label: t('stale.runAgain'), note: t('stale.runAgainNote'), run: () => void startRun(designer, 'unfinished') };
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className={style.staleButton}>
          <History size={13} strokeWidth={1.75} />
          {t('stale.count', { count })}
        </button>
      }
      groups={[
        {
          label: t('stale.explain'),
          items: [run, { id: 'revert', label: t('stale.revert'), note: t('stale.revertNote'), run: () => takeBack(designer) }],
        },
      ]}
    />
  );
}

/** Stops with a savepoint and goes on from it with the pipeline as it is now. */
export async function runTheEdit(designer: Designer): Promise<void> {
  const { runs } = designer;
  await stopRun(designer, 'keep-state');
  if (isLive(runs.getState().current)) await stopped(designer);
  await startRun(designer, 'unfinished');
}

/** The status follows the answer by an event. */
function stopped({ runs }: Designer): Promise<void> {
  return new Promise((resolve) => {
    const end = runs.subscribe((state) => {
      if (isLive(state.current) && state.connection === 'connected') return;
      end();
      resolve();
    });
  });
}

function takeBack({ documents, stale }: Designer): void {
  const { ran } = stale.getState();
  if (ran !== null) documents.commit('revert', (document) => ({ ...ran, name: document.name }));
}
