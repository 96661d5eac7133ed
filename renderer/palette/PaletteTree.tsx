/** The rows of the list of nodes as one Tab stop: arrows walk, letters search, Enter adds; Tab comes back to the row used last. */
import { ChevronDown, ChevronRight, GripVertical, Star } from 'lucide-react';
import type { DragEvent, KeyboardEvent } from 'react';
import { useRef } from 'react';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { addEntry, centredAt } from '../app/editing.ts';
import type { PaletteEntry } from '../document/definitions.ts';
import { words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { treeStep } from '../ui/tree-step.ts';
import { DRAG_TYPE, setDraggedEntry } from './drag.ts';
import { NodeIcon } from './NodeIcon.tsx';
import style from './palette.module.css';
import type { PaletteRow } from './palette-rows.ts';

/** What is typed on a row is searched for. */
const TYPED = /^[\p{L}\p{N}]$/u;

type Category = Extract<PaletteRow, { readonly kind: 'category' }>;
type Entry = Extract<PaletteRow, { readonly kind: 'entry' }>;

interface PaletteTreeProps {
  readonly rows: readonly PaletteRow[];
  readonly onFold: (row: Category, open: boolean) => void;
  /** Moves the focus to where one types what to look for. */
  readonly onSearch: () => void;
}

export function PaletteTree({ rows, onFold, onSearch }: PaletteTreeProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const last = useStore(designer.shell, (state) => state.paletteRow);
  const current = rows.find((row) => row.key === last) ?? rows[0];
  const use = (row: PaletteRow) => designer.shell.set({ paletteRow: row.key });
  const act = (row: PaletteRow) => {
    use(row);
    if (row.kind === 'category') onFold(row, !row.open);
    else addToMiddle(designer, row.entry);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    if (onStar(event, event.target)) return;
    const at = rows.indexOf(current);
    const step = treeStep(event.key, rows.map(shapeOf), at);
    if (step !== null) {
      if ('open' in step) {
        if (current.kind === 'category') onFold(current, step.open);
      } else if (event.key === 'ArrowRight' && current.kind === 'entry') starOf(event.target)?.focus();
      else list.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[step.to]?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') act(current);
    else if (TYPED.test(event.key)) {
      // The letter itself goes on to where the focus is by then.
      onSearch();
      event.stopPropagation();
      return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={list} className={style.list} role="tree" aria-label={t('palette.title')} onKeyDown={onKeyDown}>
      {rows.map((row) => {
        const shared = { active: row === current, onFocus: () => use(row), onAct: () => act(row) };
        return row.kind === 'category' ? (
          <CategoryRow key={row.key} row={row} {...shared} />
        ) : (
          <EntryRow key={row.key} row={row} {...shared} />
        );
      })}
    </div>
  );
}

/** Beside its row; true: the key was for it. */
function onStar(event: KeyboardEvent, target: HTMLElement): boolean {
  if (target.getAttribute('role') === 'treeitem') return false;
  if (event.key === 'Enter' || event.key === ' ') return true;
  if (event.key !== 'ArrowLeft') return false;
  target.closest<HTMLElement>('[role="treeitem"]')?.focus();
  event.preventDefault();
  event.stopPropagation();
  return true;
}

function starOf(row: HTMLElement): HTMLElement | null {
  return row.querySelector<HTMLElement>('[aria-pressed]');
}

function shapeOf(row: PaletteRow) {
  return { level: row.level, open: row.kind === 'category' ? row.open : null };
}

interface RowProps<Row> {
  readonly row: Row;
  readonly active: boolean;
  readonly onFocus: () => void;
  readonly onAct: () => void;
}

function CategoryRow({ row, active, onFocus, onAct }: RowProps<Category>) {
  const { t } = useTranslation();
  const Chevron = row.open ? ChevronDown : ChevronRight;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it listens for the keys of all its rows
    <div
      role="treeitem"
      className={style.category}
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.count}
      aria-expanded={row.open}
      aria-label={t('palette.category', { name: t(`category.${row.category}`), count: row.inside })}
      tabIndex={active ? 0 : -1}
      onFocus={onFocus}
      onClick={onAct}
    >
      <Chevron size={14} strokeWidth={1.75} />
      <span>{t(`category.${row.category}`)}</span>
      <span className={style.count}>{row.inside}</span>
    </div>
  );
}

function EntryRow({ row, active, onFocus, onAct }: RowProps<Entry>) {
  const { entry } = row;
  const label = words(entry.label);
  const drag = (event: DragEvent) => {
    event.dataTransfer.setData(DRAG_TYPE, entry.key);
    event.dataTransfer.effectAllowed = 'copy';
    setDraggedEntry(entry.key);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it listens for the keys of all its rows
    <div
      role="treeitem"
      draggable
      className={style.item}
      title={words(entry.summary)}
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.count}
      aria-label={label}
      tabIndex={active ? 0 : -1}
      data-entry={entry.key}
      onFocus={onFocus}
      onDragStart={drag}
      onDragEnd={() => setDraggedEntry(null)}
      onClick={onAct}
    >
      <NodeIcon type={entry.type} category={entry.category} icon={entry.icon} />
      <span className={style.label}>{label}</span>
      <FavouriteStar entry={entry} />
      <GripVertical size={13} strokeWidth={1.75} className={style.grip} />
    </div>
  );
}

function FavouriteStar({ entry }: { readonly entry: PaletteEntry }) {
  const { preferences } = useDesigner();
  const { t } = useTranslation();
  const favourites = useStore(preferences, (state) => state.favourites);
  const favourite = favourites.includes(entry.key);
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes(style.star, favourite && style.starred)}
      aria-label={t('palette.favourite', { label: words(entry.label) })}
      aria-pressed={favourite}
      onClick={(event) => {
        event.stopPropagation();
        preferences.set({ favourites: favourite ? favourites.filter((key) => key !== entry.key) : [...favourites, entry.key] });
      }}
    >
      <Star size={13} strokeWidth={1.75} fill={favourite ? 'currentColor' : 'none'} />
    </button>
  );
}

/** In the middle of what is visible, below what stands there already. */
export function addToMiddle(designer: Designer, entry: PaletteEntry): void {
  if (designer.canvas === null) return;
  designer.canvas.focusNode(addEntry(designer, entry, centredAt(designer.canvas.centre())));
}
