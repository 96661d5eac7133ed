/** The dock below the canvas: problems, rows of an edge, windows that are waited for, the plan, checkpoints, earlier runs, log. */
import { ChevronDown, ChevronUp, Diamond, History, Network, ScrollText, Table2, TriangleAlert, Waves } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { ActionButton } from '../actions/ActionButton.tsx';
import { RunsPanel } from '../history/RunsPanel.tsx';
import { WhyDock } from '../lens/WhyDock.tsx';
import { LogPanel } from '../logs/LogPanel.tsx';
import { PlanPanel } from '../plan/PlanPanel.tsx';
import { DataDock, PreviewState } from '../preview/DataDock.tsx';
import { ProblemList } from '../problems/ProblemList.tsx';
import { CheckpointList } from '../runs/CheckpointList.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { useNarrow } from '../ui/use-narrow.ts';
import { useDesigner, useStore } from './designer.ts';
import style from './frame.module.css';
import type { DockTab } from './preferences.ts';

const ICON = { size: 14, strokeWidth: 1.75 };
/** Up to this width the labels of all tabs do not fit on one line. */
const NARROW_FROM = 720;

const TABS: readonly { readonly id: DockTab; readonly icon: ReactNode; readonly body: () => ReactNode }[] = [
  { id: 'problems', icon: <TriangleAlert {...ICON} />, body: () => <ProblemList /> },
  { id: 'data', icon: <Table2 {...ICON} />, body: () => <DataDock /> },
  { id: 'why', icon: <Waves {...ICON} />, body: () => <WhyDock /> },
  { id: 'plan', icon: <Network {...ICON} />, body: () => <PlanPanel /> },
  { id: 'checkpoints', icon: <Diamond {...ICON} />, body: () => <CheckpointList /> },
  { id: 'runs', icon: <History {...ICON} />, body: () => <RunsPanel /> },
  { id: 'logs', icon: <ScrollText {...ICON} />, body: () => <LogPanel /> },
];

export function Dock() {
  const { preferences } = useDesigner();
  const { t } = useTranslation();
  const open = useStore(preferences, (state) => state.dockOpen);
  const tab = useStore(preferences, (state) => state.dockTab);
  const { ref, narrow } = useNarrow<HTMLDivElement>(NARROW_FROM);
  return (
    <Tabs.Root
      ref={ref}
      className={classes(style.dock, !open && style.dockClosed)}
      data-region="dock"
      data-narrow={narrow ? '' : undefined}
      value={open ? tab : ''}
      activationMode="manual"
      onValueChange={(value) => preferences.set({ dockTab: value as DockTab, dockOpen: true })}
    >
      <div className={style.dockHead}>
        <Tabs.List className={style.dockTabs} aria-label={t('regions.dock')}>
          {TABS.map(({ id, icon }) => (
            <Tabs.Trigger
              key={id}
              value={id}
              className={style.dockTab}
              title={t(`dock.${id}`)}
              onClick={() => preferences.set({ dockTab: id, dockOpen: true })}
            >
              {icon}
              <span className={style.dockLabel}>{t(`dock.${id}`)}</span>
              {id === 'problems' ? <ProblemBadges /> : null}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <span className={style.dockGap} />
        {open && tab === 'data' ? <PreviewState /> : null}
        <ActionButton
          id="dock"
          small
          side="top"
          label={open ? t('dock.hide') : t('dock.show')}
          icon={open ? <ChevronDown size={15} strokeWidth={1.75} /> : <ChevronUp size={15} strokeWidth={1.75} />}
        />
      </div>
      {open
        ? TABS.map(({ id, body }) => (
            <Tabs.Content key={id} value={id} className={style.dockBody}>
              {body()}
            </Tabs.Content>
          ))
        : null}
    </Tabs.Root>
  );
}

function ProblemBadges() {
  const { checks, documents } = useDesigner();
  const problems = useStore(checks, (state) => state.problems);
  const empty = useStore(documents, (state) => state.document.nodes.length === 0);
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  if (empty) return null;
  return (
    <>
      {errors > 0 ? <span className={classes(style.dockCount, style.countError)}>{errors}</span> : null}
      {problems.length > errors ? <span className={classes(style.dockCount, style.countWarning)}>{problems.length - errors}</span> : null}
    </>
  );
}
