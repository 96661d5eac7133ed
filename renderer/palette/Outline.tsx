/** The drawing as a tree: the linear twin of the canvas, where everything can be chosen, connected, renamed, switched off and deleted. */
import { ChevronDown, ChevronRight, Layers, Link2, PanelLeftClose, Search } from 'lucide-react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useMemo, useRef, useState } from 'react';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { PinPanel } from '../app/PinPanel.tsx';
import { useLeftPanel } from '../app/use-left-panel.ts';
import { nodeLabel, nodeShape } from '../document/definitions.ts';
import { groupIndex } from '../document/group-index.ts';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { NodeIcon } from './NodeIcon.tsx';
import outline from './outline.module.css';
import type { OutlineItem } from './outline-items.ts';
import { outlineItems, visibleItems } from './outline-items.ts';
import { chooseItem, idsOf, openItem, openItemMenu, outlineKey } from './outline-keys.ts';
import style from './palette.module.css';

export function Outline() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const { close } = useLeftPanel();
  const document_ = useStore(designer.documents, (state) => state.document);
  const [query, setQuery] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const tree = useMemo(() => outlineItems(document_), [document_]);
  const words = query.trim().toLowerCase();
  const keeps = words === '' ? null : (item: OutlineItem) => labelOf(document_, item).toLowerCase().includes(words);
  const shown = visibleItems(tree, closed, keeps);
  const fold = (key: string, open: boolean) => {
    const next = new Set(closed);
    if (open) next.delete(key);
    else next.add(key);
    setClosed(next);
  };
  return (
    <div className={style.palette}>
      <div className={style.head}>
        <h2 className={style.title}>{t('outline.title')}</h2>
        <PinPanel />
        <IconButton small label={t('palette.hide')} icon={<PanelLeftClose size={15} strokeWidth={1.75} />} onClick={close} />
      </div>
      {tree.length === 0 ? (
        <Empty title={t('outline.empty')} />
      ) : (
        <>
          <div className={style.search}>
            <Search size={14} strokeWidth={1.75} />
            <input
              type="text"
              value={query}
              aria-label={t('outline.filter')}
              placeholder={t('outline.filter')}
              onChange={(event) => setQuery(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') setQuery('');
              }}
            />
          </div>
          {shown.length === 0 ? <Empty title={t('outline.none', { query })} /> : <Tree shown={shown} closed={closed} fold={fold} />}
        </>
      )}
    </div>
  );
}

interface TreeProps {
  readonly shown: readonly OutlineItem[];
  readonly closed: ReadonlySet<string>;
  readonly fold: (key: string, open: boolean) => void;
}

function Tree({ shown, closed, fold }: TreeProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const [active, setActive] = useState<string | null>(null);
  const anchor = useRef<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const current = shown.find((item) => item.key === active) ?? shown[0];
  const focus = (item: OutlineItem) => {
    setActive(item.key);
    list.current?.querySelector<HTMLElement>(`[data-outline="${CSS.escape(item.key)}"]`)?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (current !== undefined && outlineKey(designer, event, { shown, current, closed, focus, fold })) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const onClick = (event: MouseEvent, item: OutlineItem) => {
    setActive(item.key);
    const mode = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'one';
    chooseItem(designer, item, mode, mode === 'range' ? rangeOf(shown, anchor.current, item) : []);
    if (mode !== 'range') anchor.current = item.key;
  };
  return (
    <div ref={list} className={style.list} role="tree" aria-label={t('outline.title')} aria-multiselectable="true" onKeyDown={onKey}>
      {shown.map((item) => (
        <TreeRow
          key={item.key}
          item={item}
          open={!closed.has(item.key)}
          active={item === current}
          onFocus={() => setActive(item.key)}
          onClick={(event) => onClick(event, item)}
          onFold={(open) => fold(item.key, open)}
        />
      ))}
    </div>
  );
}

interface TreeRowProps {
  readonly item: OutlineItem;
  readonly open: boolean;
  readonly active: boolean;
  readonly onFocus: () => void;
  readonly onClick: (event: MouseEvent) => void;
  readonly onFold: (open: boolean) => void;
}

function TreeRow({ item, open, active, onFocus, onClick, onFold }: TreeRowProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const document_ = useStore(designer.documents, (state) => state.document);
  const selected = useStore(designer.selection, (state) => idsOf(item).every((id) => state.nodes.has(id) || state.drawn.has(id)));
  const problems = useStore(designer.checks, () => countProblems(designer, item));
  const node = document_.nodes.find((candidate) => candidate.id === item.id);
  const folder = item.children.length > 0;
  const label = labelOf(document_, item);
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it listens for the keys of all its rows
    <div
      role="treeitem"
      className={classes(outline.row, selected && outline.selected, node?.disabled === true && item.kind === 'node' && outline.off)}
      style={{ paddingLeft: 4 + item.level * 12 }}
      aria-level={item.level}
      aria-selected={selected}
      aria-expanded={folder ? open : undefined}
      aria-label={[label, node?.disabled === true ? t('canvas.off') : '', problems > 0 ? t('canvas.problemCount', { count: problems }) : '']
        .filter(Boolean)
        .join(', ')}
      tabIndex={active ? 0 : -1}
      data-outline={item.key}
      onFocus={onFocus}
      onClick={onClick}
      onDoubleClick={() => openItem(designer, item)}
      onContextMenu={(event) => {
        event.preventDefault();
        openItemMenu(designer, item, { x: event.clientX, y: event.clientY });
      }}
    >
      {folder ? (
        <button
          type="button"
          className={outline.fold}
          tabIndex={-1}
          aria-label={open ? t('outline.close') : t('outline.open')}
          onClick={(event) => {
            event.stopPropagation();
            onFold(!open);
          }}
        >
          <Chevron size={13} strokeWidth={1.75} />
        </button>
      ) : (
        <span className={outline.fold} />
      )}
      {item.kind === 'group' ? (
        <Layers size={15} strokeWidth={1.75} className={outline.kind} />
      ) : item.kind === 'chain' ? (
        <Link2 size={15} strokeWidth={1.75} className={outline.kind} />
      ) : node === undefined ? null : (
        <NodeIcon type={node.type} category={nodeShape(node).category} icon={nodeShape(node).icon} />
      )}
      <span className={style.label} data-truncates="">
        {label}
      </span>
      {problems > 0 ? <span className={outline.count}>{problems}</span> : null}
    </div>
  );
}

function labelOf(document: PipelineDocument, item: OutlineItem): string {
  if (item.kind === 'group') return groupIndex(document).get(item.id)?.label ?? '';
  const labels = idsOf(item).map((id) => {
    const node = document.nodes.find((candidate) => candidate.id === id);
    return node === undefined ? '' : nodeLabel(node, currentLanguage());
  });
  return labels.length > 1 ? `${labels[0]} … ${labels[labels.length - 1]}` : (labels[0] ?? '');
}

function countProblems(designer: Designer, item: OutlineItem): number {
  const own = item.kind === 'node' ? designer.checks.problemsOf(item.id).length : 0;
  return item.children.reduce((sum, child) => sum + countProblems(designer, child), own);
}

function rangeOf(shown: readonly OutlineItem[], anchor: string | null, item: OutlineItem): readonly OutlineItem[] {
  const from = shown.findIndex((candidate) => candidate.key === anchor);
  const to = shown.indexOf(item);
  return from < 0 ? [item] : shown.slice(Math.min(from, to), Math.max(from, to) + 1);
}
