/** The open files as tabs: a dot tells unsaved, running or failed; those that do not fit are in a list at the end. */
import { ChevronDown, House, Plus, Workflow, X } from 'lucide-react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { closeTab, newPipeline } from '../files/pipeline-files.ts';
import type { RunState } from '../runs/run-store.ts';
import { isLive } from '../runs/run-store.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import { useDesigner, useStore } from './designer.ts';
import type { Tab } from './tab.ts';
import style from './tabs.module.css';

const ICON = { size: 15, strokeWidth: 1.75 };

type TabState = 'running' | 'failed' | 'unsaved' | null;

export function TabStrip() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const tabs = useStore(designer.sessions, (state) => state.tabs);
  const active = useStore(designer.sessions, (state) => state.active);
  const strip = useRef<HTMLDivElement>(null);
  const overflowing = useOverflow(strip, tabs.length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shown tab is brought into view whenever tabs come and go
  useEffect(() => {
    strip.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active, tabs.length, overflowing]);
  return (
    <div className={style.tabs}>
      <div ref={strip} className={style.strip} role="tablist" aria-label={t('title.tabs')}>
        {tabs.map((tab) => (
          <FileTab key={tab.id} tab={tab} active={tab.id === active} />
        ))}
      </div>
      {overflowing ? <AllTabs tabs={tabs} active={active} /> : null}
      <NewTab />
    </div>
  );
}

function FileTab({ tab, active }: { readonly tab: Tab; readonly active: boolean }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const state = useTabState(tab);
  const name = useTabName(tab);
  const path = tab.kind === 'start' ? undefined : tab.path;
  const close = () => closeTab(designer, tab.id);
  const onAuxClick = (event: MouseEvent) => {
    if (event.button !== 1) return;
    event.preventDefault();
    close();
  };
  return (
    <span className={classes(style.tab, active && style.active)} data-file-tab={active ? '' : undefined} onAuxClick={onAuxClick}>
      <button
        type="button"
        role="tab"
        aria-selected={active}
        tabIndex={active ? 0 : -1}
        className={style.label}
        title={path === '' ? undefined : path}
        data-tab={tab.id}
        onClick={() => designer.sessions.activate(tab.id)}
        onKeyDown={(event) => onTabKey(event, close)}
      >
        {tab.kind === 'start' ? <House {...ICON} /> : <Workflow {...ICON} />}
        <span className={style.name} data-truncates="">
          {name}
        </span>
        {state === null ? null : (
          <>
            <i className={classes(style.dot, style[state])} data-tab-state={state} />
            <span className="visually-hidden">{t(`title.${state}`)}</span>
          </>
        )}
      </button>
      {/* For the mouse: a list of tabs may hold nothing but tabs, and Delete on the tab does the same. */}
      <button type="button" className={style.close} tabIndex={-1} aria-hidden="true" title={t('title.closeTab', { name })} onClick={close}>
        <X size={13} strokeWidth={1.75} />
      </button>
    </span>
  );
}

/** Arrows walk over the tabs as in every tab list; Delete closes. */
function onTabKey(event: KeyboardEvent<HTMLButtonElement>, close: () => void): void {
  const tabs = [...(event.currentTarget.closest('[role=tablist]')?.querySelectorAll<HTMLElement>('[role=tab]') ?? [])];
  const at = tabs.indexOf(event.currentTarget);
  const goal = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (event.key === 'Delete') {
    event.preventDefault();
    close();
  } else if (goal !== undefined) {
    event.preventDefault();
    const next = tabs[(goal + tabs.length) % tabs.length];
    next.focus();
    next.click();
  }
}

function NewTab() {
  const designer = useDesigner();
  const { t } = useTranslation();
  return <IconButton className={style.add} label={t('menu.newPipeline')} icon={<Plus {...ICON} />} onClick={() => newPipeline(designer)} />;
}

function AllTabs({ tabs, active }: { readonly tabs: readonly Tab[]; readonly active: string }) {
  const { sessions } = useDesigner();
  const { t } = useTranslation();
  return (
    <Menu
      align="end"
      trigger={<IconButton className={style.add} label={t('title.allTabs')} icon={<ChevronDown {...ICON} />} />}
      groups={[
        {
          items: tabs.map((tab) => ({
            id: tab.id,
            label: tab.kind === 'start' ? t('title.start') : tab.name,
            checked: tab.id === active,
            run: () => sessions.activate(tab.id),
          })),
        },
      ]}
    />
  );
}

function useTabName(tab: Tab): string {
  const { t } = useTranslation();
  return tab.kind === 'start' ? t('title.start') : tab.name;
}

/** A run belongs to its document, so the dot is true whether the tab is shown or not. */
function useTabState(tab: Tab): TabState {
  const { runs } = useDesigner();
  const documentId = tab.kind === 'start' ? '' : tab.documentId;
  const phase = useStore(runs, (state) => newestPhase(state, documentId));
  if (tab.kind === 'start') return null;
  if (phase === 'live') return 'running';
  return tab.unsaved ? 'unsaved' : phase;
}

function newestPhase({ runs }: RunState, documentId: string): 'live' | 'failed' | null {
  const own = [...runs.values()].filter((run) => run.documentId === documentId);
  if (own.some(isLive)) return 'live';
  const newest = own.sort((a, b) => b.startedAtMs - a.startedAtMs)[0];
  return newest?.phase === 'failed' ? 'failed' : null;
}

function useOverflow(strip: React.RefObject<HTMLDivElement | null>, count: number): boolean {
  const [overflowing, setOverflowing] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number of tabs is another width
  useEffect(() => {
    const element = strip.current;
    if (element === null) return undefined;
    const measure = () => setOverflowing(element.scrollWidth > element.clientWidth + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [strip, count]);
  return overflowing;
}
