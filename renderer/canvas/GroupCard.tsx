/** A collapsed group: a card with a second sheet that stands for its members, sums their figures and shows what crosses its border. */
import type { NodeProps } from '@xyflow/react';
import { ChevronRight, Layers } from 'lucide-react';
import { memo, useCallback, useSyncExternalStore } from 'react';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { useFailedNode } from '../logs/failed-node.ts';
import { isLive } from '../runs/run-store.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { CardShell } from './CardShell.tsx';
import style from './card.module.css';
import type { BorderPort, GroupCard as Card } from './card.ts';
import { FootView } from './FootView.tsx';
import { portHitHeight, portOffset } from './geometry.ts';
import { groupFigures } from './group-figures.ts';
import { countWords } from './node-name.ts';
import { PortHandle } from './PortHandle.tsx';
import { tintOf } from './tints.ts';
import { useCard } from './use-card.ts';
import type { GroupFlowNode } from './view.ts';

const PRESSED_FROM = 0.1;

export const GroupCard = memo(function GroupCard({ data, selected }: NodeProps<GroupFlowNode>) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const card = useCard(data.card);
  const { group, members } = card;
  const live = useStore(designer.view, (state) => state.live);
  const block = useStore(designer.view, (state) => state.level === 'block');
  const focused = useStore(designer.selection, (state) => state.focus === group.id);
  const marks = useGroupMarks(designer, card, live);
  const phase = useStore(designer.runs, (state) => (isLive(state.current) ? (state.current?.phase ?? null) : null));
  const count = t('groups.count', { count: members.length });
  const summary = marks.off ? t('canvas.off') : count;
  const name = [
    t('groups.cardName', { label: group.label }),
    summary,
    phase === null || marks.off ? '' : t(`run.phase.${phase}`).toLowerCase(),
    marks.bottleneck ? t('run.bottleneck') : '',
    marks.errors > 0 ? t('canvas.problemCount', { count: marks.errors }) : '',
    countWords(edgesOf(card.inputs), edgesOf(card.outputs)),
  ];
  return (
    <CardShell card={card} label={group.label} selected={selected === true} className={style.group} marks={marks}>
      <button
        type="button"
        className={style.row}
        style={{ height: card.height }}
        tabIndex={focused ? 0 : -1}
        data-group={group.id}
        aria-pressed={selected === true}
        aria-label={name.filter(Boolean).join(t('canvas.between'))}
        onFocus={() => designer.selection.focus(group.id)}
      >
        <span className={classes(style.tile, tintOf(group.colour))} aria-hidden="true">
          <Layers size={16} strokeWidth={1.75} />
        </span>
        {block ? null : (
          <span className={style.words}>
            <span className={style.name} data-truncates="">
              {group.label}
            </span>
            <span className={style.summary} data-truncates="">
              {summary}
            </span>
          </span>
        )}
        <ChevronRight className={style.chevron} size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
      {live && !block ? <GroupFoot card={card} /> : null}
      {block ? null : <BorderPorts ports={card.inputs} side="in" />}
      {block ? null : <BorderPorts ports={card.outputs} side="out" />}
    </CardShell>
  );
});

/** Null: nothing crosses the border on this side. */
function edgesOf(ports: readonly BorderPort[]): number | null {
  return ports.length === 0 ? null : ports.reduce((sum, port) => sum + port.edges.length, 0);
}

function BorderPorts({ ports, side }: { readonly ports: readonly BorderPort[]; readonly side: 'in' | 'out' }) {
  return ports.map((port, index) => (
    <PortHandle
      key={port.key}
      handle={port.key}
      side={side}
      top={portOffset(index)}
      height={portHitHeight(ports.length)}
      role={port.role}
    />
  ));
}

function GroupFoot({ card }: { readonly card: Card }) {
  const { live, paced } = useDesigner();
  // A frame of figures is one object a node, so the sum is made at most twice a second.
  useSyncExternalStore(
    useCallback((listener) => paced.subscribe(listener), [paced]),
    () => live.totals(),
  );
  return (
    <FootView
      figures={groupFigures(
        card,
        (id) => live.node(id),
        (id) => live.edge(id),
      )}
    />
  );
}

function useGroupMarks(designer: Designer, card: Card, live: boolean) {
  const count = (severity: 'error' | 'warning') => () =>
    card.members.reduce(
      (sum, node) => sum + designer.checks.problemsOf(node.id).filter((problem) => problem.severity === severity).length,
      0,
    );
  const errors = useStore(designer.checks, count('error'));
  const warnings = useStore(designer.checks, count('warning'));
  const stale = useStore(designer.stale, (state) => card.members.some((node) => state.nodes.has(node.id)));
  const pressure = useSyncExternalStore(
    useCallback((listener) => designer.live.subscribe(listener), [designer]),
    () => (live ? memberPressure(designer, card) : 'none'),
  );
  const failed = useFailedNode(
    designer,
    card.members.map((node) => node.id),
  );
  return {
    errors,
    warnings,
    off: card.members.length > 0 && card.members.every((node) => node.disabled === true),
    stale,
    bottleneck: pressure === 'bottleneck',
    pressed: pressure === 'pressed',
    failed,
  };
}

function memberPressure({ live }: Designer, card: Card): 'none' | 'pressed' | 'bottleneck' {
  const figures = card.members.map((node) => live.node(node.id));
  if (figures.some((node) => node?.bottleneck === true)) return 'bottleneck';
  return figures.some((node) => (node?.pressed ?? 0) >= PRESSED_FROM) ? 'pressed' : 'none';
}
