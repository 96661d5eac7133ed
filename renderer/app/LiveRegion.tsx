/** The polite live region: additions, moves, deletions, connections, undo; beside it how many problems there are. */
import { useEffect, useState } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { useDesigner, useStore } from './designer.ts';

/** An edit often makes a problem that the next one takes away; only what stays is said. */
const SETTLED_AFTER_MS = 800;

export function LiveRegion() {
  const { shell } = useDesigner();
  const spoken = useStore(shell, (state) => state.spoken);
  return (
    <>
      <div className="visually-hidden" role="status" aria-live="polite" data-live-region="">
        {spoken}
      </div>
      <ProblemCount />
    </>
  );
}

/** Says nothing of the problems that a file brings along: the dock shows them. */
function ProblemCount() {
  const { checks, documents } = useDesigner();
  const { t } = useTranslation();
  const [said, setSaid] = useState('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let known = checks.getState().problems.length;
    let { generation } = documents.getState();
    const settle = () => {
      const count = checks.getState().problems.length;
      if (count !== known) setSaid(count === 0 ? t('canvas.noProblems') : t('canvas.problemCount', { count }));
      known = count;
    };
    const stop = checks.subscribe(({ problems }) => {
      clearTimeout(timer);
      if (documents.getState().generation === generation) {
        timer = setTimeout(settle, SETTLED_AFTER_MS);
        return;
      }
      ({ generation } = documents.getState());
      known = problems.length;
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [checks, documents, t]);
  return (
    <div className="visually-hidden" aria-live="polite" data-live-problems="">
      {said}
    </div>
  );
}
