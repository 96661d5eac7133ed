/**
 * What stands where something is being fetched: nothing for a moment, then its shape in grey, and after two seconds a line
 * that says what is awaited, with a way out.
 */
import { useEffect, useState } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from './Button.tsx';
import style from './states.module.css';

const SKELETON_AFTER_MS = 150;
const WORDS_AFTER_MS = 2000;
/** Widths of the two lines of a row, in percent, so that it looks like text. */
const LINES = [
  [86, 52],
  [79, 47],
  [83, 50],
  [66, 39],
  [85, 51],
  [58, 35],
] as const;

interface LoadingProps {
  /** What is awaited, as a sentence. */
  readonly what: string;
  readonly rows?: number;
  readonly onCancel?: () => void;
}

export function Loading({ what, rows = LINES.length, onCancel }: LoadingProps) {
  const { t } = useTranslation();
  const shown = useLater(SKELETON_AFTER_MS);
  const late = useLater(WORDS_AFTER_MS);
  return (
    <div className={style.loading} role="status" aria-busy="true" data-loading={late ? 'late' : shown ? 'skeleton' : 'quiet'}>
      {shown ? <Skeleton rows={rows} /> : null}
      <p className={late ? style.loadingWords : 'visually-hidden'}>
        {what}
        {late && onCancel !== undefined ? (
          <Button small onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        ) : null}
      </p>
    </div>
  );
}

export function Skeleton({ rows }: { readonly rows: number }) {
  return (
    <div className={style.skeleton} aria-hidden="true">
      {Array.from({ length: rows }, (_row, index) => LINES[index % LINES.length]).map(([first, second], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey rows have no identity but their place
        <div key={index} className={style.skeletonRow}>
          <i className={style.skeletonTile} />
          <span>
            <i style={{ width: `${first}%` }} />
            <i style={{ width: `${second}%` }} />
          </span>
        </div>
      ))}
    </div>
  );
}

function useLater(ms: number): boolean {
  const [reached, setReached] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setReached(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return reached;
}
