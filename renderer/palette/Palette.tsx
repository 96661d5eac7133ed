/** The list of everything that can be put on the canvas: grouped, searchable, dragged or added with Enter. */
import { PanelLeftClose, Search, Star, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useMemo, useRef, useState } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { PinPanel } from '../app/PinPanel.tsx';
import { useLeftPanel } from '../app/use-left-panel.ts';
import { paletteEntries } from '../document/definitions.ts';
import { words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Keys } from '../ui/Keys.tsx';
import { addToMiddle, PaletteTree } from './PaletteTree.tsx';
import style from './palette.module.css';
import { paletteRows } from './palette-rows.ts';
import { suggestEntries } from './search.ts';

/** `search`: what it looks for at first. */
export function Palette({ search = '' }: { readonly search?: string }) {
  const designer = useDesigner();
  const { preferences } = designer;
  const { t } = useTranslation();
  const { close } = useLeftPanel();
  const [query, setQuery] = useState(search);
  const field = useRef<HTMLInputElement>(null);
  const closed = useStore(preferences, (state) => state.closedCategories);
  const favourites = useStore(preferences, (state) => state.favourites);
  const onlyFavourites = useStore(preferences, (state) => state.onlyFavourites);
  const rows = useMemo(
    () => paletteRows({ query: query.trim(), closed, favourites: onlyFavourites ? favourites : null }),
    [query, closed, favourites, onlyFavourites],
  );
  const onSearchKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const found = rows.find((row) => row.kind === 'entry');
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') setQuery('');
    else if (event.key === 'Enter' && query.trim() !== '' && found !== undefined) addToMiddle(designer, found.entry);
    else if (event.key === 'ArrowDown') {
      event.preventDefault();
      const row = query.trim() === '' ? '[role="treeitem"][tabindex="0"]' : '[role="treeitem"]';
      event.currentTarget.closest('[data-palette]')?.querySelector<HTMLElement>(row)?.focus();
    }
  };
  return (
    <div className={style.palette} data-palette="">
      <div className={style.head}>
        <h2 className={style.title}>{t('palette.title')}</h2>
        <IconButton
          small
          label={t('palette.onlyFavourites')}
          pressed={onlyFavourites}
          icon={<Star size={15} strokeWidth={1.75} fill={onlyFavourites ? 'currentColor' : 'none'} />}
          onClick={() => preferences.set({ onlyFavourites: !onlyFavourites })}
        />
        <PinPanel />
        <IconButton small label={t('palette.hide')} icon={<PanelLeftClose size={15} strokeWidth={1.75} />} onClick={close} />
      </div>
      <div className={style.search}>
        <Search size={14} strokeWidth={1.75} />
        <input
          ref={field}
          type="text"
          value={query}
          aria-label={t('palette.searchLabel')}
          placeholder={t('palette.search', { count: paletteEntries.length })}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onSearchKey}
        />
        {query === '' ? (
          <Keys keys="Tab" />
        ) : (
          <button type="button" className={style.clear} aria-label={t('palette.clear')} onClick={() => setQuery('')}>
            <X size={13} strokeWidth={1.75} />
          </button>
        )}
      </div>
      {rows.length > 0 ? (
        <PaletteTree
          rows={rows}
          onFold={({ category }, open) =>
            preferences.set({ closedCategories: open ? closed.filter((name) => name !== category) : [...closed, category] })
          }
          onSearch={() => field.current?.focus()}
        />
      ) : (
        <div className={style.list}>
          {query.trim() === '' ? (
            <Empty title={t('palette.noFavourites')} text={t('palette.noFavouritesText')} />
          ) : (
            <Empty title={t('palette.noMatch', { query })} text={t('palette.noMatchText')}>
              {suggestEntries(query).map((entry) => (
                <Button key={entry.key} small onClick={() => addToMiddle(designer, entry)}>
                  {words(entry.label)}
                </Button>
              ))}
            </Empty>
          )}
        </div>
      )}
    </div>
  );
}
