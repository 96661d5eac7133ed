/** What the engine said about this run, newest last, following the end. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesigner, useStore } from '../app/designer.ts';
import { formatClock } from '../strings/figures.ts';
import { classes } from '../ui/classes.ts';
import { Empty } from '../ui/Empty.tsx';
import style from './runs.module.css';

const SHOWN_MAX = 300;

export function LogList() {
  const { runs } = useDesigner();
  const { t } = useTranslation();
  const runId = useStore(runs, (state) => state.current?.runId ?? null);
  const all = useStore(runs, (state) => state.logs);
  const lines = all.filter((line) => line.runId === runId).slice(-SHOWN_MAX);
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (lines.length > 0) end.current?.scrollIntoView({ block: 'nearest' });
  }, [lines.length]);
  if (lines.length === 0) return <Empty title={t('logs.none')} text={t('logs.noneText')} />;
  return (
    <ul data-selectable="" className={style.logs} aria-label={t('dock.logs')}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only appended
        <li key={index} ref={index === lines.length - 1 ? end : undefined} className={classes(style.log, style[line.level])}>
          <time>{formatClock(line.atMs)}</time>
          <span className={style.level}>{t(`logs.${line.level}`)}</span>
          <span>{line.message}</span>
        </li>
      ))}
    </ul>
  );
}
