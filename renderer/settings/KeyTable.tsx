/** Every action with its key: searched by either, given another key by pressing it, set back one by one or all at once. */
import { RotateCcw, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Action, ActionArea, ActionId } from '../actions/action.ts';
import { searchWords } from '../actions/action-words.ts';
import { formatChord, systemAtHand } from '../actions/chord.ts';
import { chordsOf, remap, resetKeys } from '../actions/keymap.ts';
import type { OwnKeys } from '../actions/own-keys.ts';
import { allActions } from '../actions/registry.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { isDesktop } from '../host/desktop.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Keys } from '../ui/Keys.tsx';
import { KeyRecorder } from './KeyRecorder.tsx';
import style from './settings.module.css';

const AREAS: readonly ActionArea[] = ['file', 'edit', 'canvas', 'run', 'view', 'help'];

export function KeyTable() {
  const { preferences, shell } = useDesigner();
  const { t, language } = useTranslation();
  const own = useStore(preferences, (state) => state.keys);
  const [query, setQuery] = useState('');
  const [recording, setRecording] = useState<ActionId | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: names are in the page's language
  const found = useMemo(() => allActions.filter((action) => matches(action, own, query)), [own, query, language]);
  const keep = (id: ActionId, chord: string) => {
    preferences.set({ keys: remap(own, id, chord) });
    shell.say(t('settings.kept', { action: t(`action.${id}`), keys: formatChord(chord, systemAtHand()) }));
    setRecording(null);
  };
  return (
    <>
      <div className={style.keyHead}>
        <label className={style.search}>
          <Search size={14} strokeWidth={1.75} aria-hidden="true" />
          <input
            type="text"
            value={query}
            spellCheck={false}
            aria-label={t('settings.searchKeys')}
            placeholder={t('settings.searchKeys')}
            onChange={(event) => setQuery(event.target.value)}
          />
        </label>
        <Button disabled={Object.keys(own).length === 0} onClick={() => preferences.set({ keys: {} })}>
          {t('settings.resetAll')}
        </Button>
      </div>
      <div className={style.keyList}>
        {found.length === 0 ? <p className={style.none}>{t('settings.noMatch', { query })}</p> : null}
        {AREAS.map((area) => {
          const actions = found.filter((action) => action.area === area);
          if (actions.length === 0) return null;
          return (
            <section key={area} aria-label={t(`area.${area}`)}>
              <h3 className={style.area}>{t(`area.${area}`)}</h3>
              <ul>
                {actions.map((action) => (
                  <li key={action.id} className={style.keyRow}>
                    <Row
                      action={action}
                      own={own}
                      recording={recording === action.id}
                      onRecord={() => setRecording(action.id)}
                      onCancel={() => setRecording(null)}
                      onKeep={(chord) => keep(action.id, chord)}
                      onReset={() => preferences.set({ keys: resetKeys(own, action.id) })}
                    />
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </>
  );
}

interface RowProps {
  readonly action: Action;
  readonly own: OwnKeys;
  readonly recording: boolean;
  readonly onRecord: () => void;
  readonly onCancel: () => void;
  readonly onKeep: (chord: string) => void;
  readonly onReset: () => void;
}

function Row({ action, own, recording, onRecord, onCancel, onKeep, onReset }: RowProps) {
  const { t } = useTranslation();
  const name = t(`action.${action.id}`);
  const Icon = action.icon;
  const chords = chordsOf(action, own, isDesktop()).map((chord) => formatChord(chord, systemAtHand()));
  return (
    <>
      <span className={style.keyIcon}>{Icon === undefined ? null : <Icon size={14} strokeWidth={1.75} />}</span>
      <span className={style.keyName}>{name}</span>
      {recording ? (
        <KeyRecorder action={action} own={own} onKeep={onKeep} onCancel={onCancel} />
      ) : (
        <>
          <button type="button" className={style.keyButton} aria-label={t('settings.change', { action: name })} onClick={onRecord}>
            {chords.length === 0 ? <span className={style.noKey}>{t('settings.noKey')}</span> : null}
            {chords.map((keys) => (
              <Keys key={keys} keys={keys} />
            ))}
            <span className="visually-hidden">{chords.join(', ')}</span>
          </button>
          {own[action.id] === undefined ? (
            <span className={style.noReset} />
          ) : (
            <IconButton
              small
              side="left"
              label={t('settings.reset', { action: name })}
              icon={<RotateCcw size={13} strokeWidth={1.75} />}
              onClick={onReset}
            />
          )}
        </>
      )}
    </>
  );
}

function matches(action: Action, own: OwnKeys, query: string): boolean {
  const typed = query.trim().toLowerCase();
  if (typed === '') return true;
  const chords = (own[action.id] ?? action.keys).map((chord) => formatChord(chord, systemAtHand()).toLowerCase());
  return (
    searchWords(action.id).some((words) => words.includes(typed)) ||
    chords.some((chord) => chord.replaceAll(' ', '').includes(typed.replace(/[\s+]/g, '')))
  );
}
