/** The entries of a list in a row, each with how it is joined to the one before; one of them is open. */
import type { KeyboardEvent } from 'react';
import type { StripEntry } from '../../../engine/spec/fields.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import style from './entry-strip.module.css';

interface EntryStripProps {
  readonly label: string;
  readonly entries: readonly StripEntry[];
  readonly open: number;
  /** Entries that have a problem. */
  readonly isBad: (index: number) => boolean;
  readonly onOpen: (index: number) => void;
  readonly onMove: (from: number, to: number) => void;
}

export function EntryStrip({ label, entries, open, isBad, onOpen, onMove }: EntryStripProps) {
  const { t } = useTranslation();
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>, index: number) => {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    const to = index + step;
    if (step === 0 || to < 0 || to >= entries.length) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) onMove(index, to);
    else onOpen(to);
    const strip = event.currentTarget.closest('[data-strip]');
    requestAnimationFrame(() => strip?.querySelectorAll<HTMLElement>('button')[to]?.focus());
  };
  return (
    <div className={style.strip} role="toolbar" aria-label={label} data-strip="">
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
        <span key={index} className={style.part}>
          {index === 0 ? null : (
            <span className={style.link} aria-hidden="true">
              {entry.link}
            </span>
          )}
          {entry.opens === '' ? null : <span className={style.bracket}>{entry.opens}</span>}
          <button
            type="button"
            className={style.step}
            aria-pressed={index === open}
            tabIndex={index === open ? 0 : -1}
            title={t('field.moveEntry', { name: entry.name })}
            data-bad={isBad(index)}
            data-crossed={entry.crossed}
            onClick={() => onOpen(index)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            {entry.name === '' ? '…' : entry.name}
            <span className={style.mark}>{entry.mark}</span>
          </button>
          {entry.closes === '' ? null : <span className={style.bracket}>{entry.closes}</span>}
        </span>
      ))}
    </div>
  );
}
