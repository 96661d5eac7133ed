/** Waits for the new keys of an action, and names the action that has them already. */
import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { Action } from '../actions/action.ts';
import { chordOf, formatChord, isReservedByBrowsers, systemAtHand } from '../actions/chord.ts';
import { conflictsOf } from '../actions/keymap.ts';
import type { OwnKeys } from '../actions/own-keys.ts';
import { isDesktop } from '../host/desktop.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Keys } from '../ui/Keys.tsx';
import style from './settings.module.css';

interface KeyRecorderProps {
  readonly action: Action;
  readonly own: OwnKeys;
  readonly onKeep: (chord: string) => void;
  readonly onCancel: () => void;
}

export function KeyRecorder({ action, own, onKeep, onCancel }: KeyRecorderProps) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const [chord, setChord] = useState<string | null>(null);
  const conflicts = chord === null ? [] : conflictsOf(chord, action.id, own);
  const reserved = chord !== null && isReservedByBrowsers(chord) && !isDesktop();
  const onKey = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape' && !event.ctrlKey && !event.altKey && !event.shiftKey && !event.metaKey) {
      onCancel();
      return;
    }
    const pressed = chordOf(event, systemAtHand());
    if (pressed === null) return;
    if (conflictsOf(pressed, action.id, own).length === 0 && (isDesktop() || !isReservedByBrowsers(pressed))) onKeep(pressed);
    else setChord(pressed);
  };
  const shown = chord === null ? null : formatChord(chord, systemAtHand());
  return (
    <span className={style.recorder}>
      {shown === null ? null : (
        <span className={style.conflict} role="alert">
          {reserved
            ? t('settings.reserved', { keys: shown })
            : t('settings.taken', { keys: shown, action: conflicts.map((other) => t(`action.${other.id}`)).join(', ') })}
        </span>
      )}
      <button
        type="button"
        ref={button}
        data-owns-escape=""
        className={style.recording}
        aria-label={t('settings.press')}
        onKeyDown={onKey}
        onBlur={() => (chord === null ? onCancel() : undefined)}
      >
        {shown === null ? t('settings.press') : <Keys keys={shown} />}
      </button>
      {chord === null || reserved ? (
        <span className={style.hint}>{t('settings.pressHint')}</span>
      ) : (
        <>
          <Button small look="primary" onClick={() => onKeep(chord)}>
            {t('settings.take')}
          </Button>
          <Button small look="ghost" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        </>
      )}
    </span>
  );
}
