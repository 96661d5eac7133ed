/** The list of everything that can be put on the canvas: grouped, searchable, dragged or added with Enter. */
import { ChevronDown, ChevronRight, GripVertical, PanelLeftClose, Search, Star, X } from 'lucide-react';
import type { DragEvent } from 'react';
import { useMemo, useState } from 'react';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { addEntry, centredAt } from '../app/editing.ts';
import { PinPanel } from '../app/PinPanel.tsx';
import { useLeftPanel } from '../app/use-left-panel.ts';
import type { PaletteEntry } from '../document/definitions.ts';
import { paletteCategories, paletteEntries } from '../document/definitions.ts';
import { words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Keys } from '../ui/Keys.tsx';
import { DRAG_TYPE, setDraggedEntry } from './drag.ts';
import { NodeIcon } from './NodeIcon.tsx';
import style from './palette.module.css';
import { searchPalette, suggestEntries } from './search.ts';

/** `search`: what it looks for at first. */
export function Palette({ search = '' }: { readonly search?: string }) {
  const { preferences } = useDesigner();
  const { t } = useTranslation();
  const { close } = useLeftPanel();
  const [query, setQuery] = useState(search);
  const closed = useStore(preferences, (state) => state.closedCategories);
  const favourites = useStore(preferences, (state) => state.favourites);
  const onlyFavourites = useStore(preferences, (state) => state.onlyFavourites);
  const found = useMemo(() => searchPalette(query), [query]);
  const shown = (category: string) =>
    paletteEntries.filter((entry) => entry.category === category && (!onlyFavourites || favourites.includes(entry.key)));
  const toggle = (category: string) => {
    preferences.set({ closedCategories: closed.includes(category) ? closed.filter((name) => name !== category) : [...closed, category] });
  };
  return (
    <div className={style.palette}>
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
          type="text"
          value={query}
          aria-label={t('palette.searchLabel')}
          placeholder={t('palette.search', { count: paletteEntries.length })}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setQuery('');
          }}
        />
        {query === '' ? (
          <Keys keys="Tab" />
        ) : (
          <button type="button" className={style.clear} aria-label={t('palette.clear')} onClick={() => setQuery('')}>
            <X size={13} strokeWidth={1.75} />
          </button>
        )}
      </div>
      <div className={style.list}>
        {query === '' && onlyFavourites && favourites.length === 0 ? (
          <Empty title={t('palette.noFavourites')} text={t('palette.noFavouritesText')} />
        ) : query !== '' ? (
          <Results entries={found} query={query} />
        ) : (
          paletteCategories.map((category) => {
            const entries = shown(category);
            if (entries.length === 0) return null;
            const open = !closed.includes(category);
            return (
              <section key={category} aria-label={t(`category.${category}`)}>
                <button type="button" className={style.category} aria-expanded={open} onClick={() => toggle(category)}>
                  {open ? <ChevronDown size={14} strokeWidth={1.75} /> : <ChevronRight size={14} strokeWidth={1.75} />}
                  <span>{t(`category.${category}`)}</span>
                  <span className={style.count}>{entries.length}</span>
                </button>
                {open ? <Items entries={entries} /> : null}
              </section>
            );
          })
        )}
      </div>
    </div>
  );
}

function Results({ entries, query }: { readonly entries: readonly PaletteEntry[]; readonly query: string }) {
  const { t } = useTranslation();
  const designer = useDesigner();
  if (entries.length === 0) {
    return (
      <Empty title={t('palette.noMatch', { query })} text={t('palette.noMatchText')}>
        {suggestEntries(query).map((entry) => (
          <Button key={entry.key} small onClick={() => addToMiddle(designer, entry)}>
            {words(entry.label)}
          </Button>
        ))}
      </Empty>
    );
  }
  return <Items entries={entries} />;
}

function Items({ entries }: { readonly entries: readonly PaletteEntry[] }) {
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.key}>
          <Item entry={entry} />
        </li>
      ))}
    </ul>
  );
}

function Item({ entry }: { readonly entry: PaletteEntry }) {
  const designer = useDesigner();
  const drag = (event: DragEvent) => {
    event.dataTransfer.setData(DRAG_TYPE, entry.key);
    event.dataTransfer.effectAllowed = 'copy';
    setDraggedEntry(entry.key);
  };
  const { t } = useTranslation();
  const favourites = useStore(designer.preferences, (state) => state.favourites);
  const favourite = favourites.includes(entry.key);
  const label = words(entry.label);
  return (
    <div className={style.itemRow}>
      <button
        type="button"
        draggable
        className={style.item}
        title={words(entry.summary)}
        data-entry={entry.key}
        onDragStart={drag}
        onDragEnd={() => setDraggedEntry(null)}
        onClick={() => addToMiddle(designer, entry)}
      >
        <NodeIcon type={entry.type} category={entry.category} icon={entry.icon} />
        <span className={style.label}>{label}</span>
        <GripVertical size={13} strokeWidth={1.75} className={style.grip} />
      </button>
      <button
        type="button"
        className={classes(style.star, favourite && style.starred)}
        aria-label={t('palette.favourite', { label })}
        aria-pressed={favourite}
        onClick={() =>
          designer.preferences.set({ favourites: favourite ? favourites.filter((key) => key !== entry.key) : [...favourites, entry.key] })
        }
      >
        <Star size={13} strokeWidth={1.75} fill={favourite ? 'currentColor' : 'none'} />
      </button>
    </div>
  );
}

/** In the middle of what is visible, below what stands there already. */
function addToMiddle(designer: Designer, entry: PaletteEntry): void {
  if (designer.canvas === null) return;
  designer.canvas.focusNode(addEntry(designer, entry, centredAt(designer.canvas.centre())));
}
