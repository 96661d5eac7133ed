/** The card of a node, or of a stack of chained nodes: rows, ports, problem badge and, while figures show, one foot. */
import type { NodeProps } from '@xyflow/react';
import { GripVertical } from 'lucide-react';
import { memo, useCallback, useSyncExternalStore } from 'react';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { describeNode, nodeLabel } from '../document/definitions.ts';
import { useFailedNode } from '../logs/failed-node.ts';
import { NodeIcon } from '../palette/NodeIcon.tsx';
import { currentLanguage, words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { CardFoot } from './CardFoot.tsx';
import { CardShell } from './CardShell.tsx';
import style from './card.module.css';
import type { CardRow, NodesCard } from './card.ts';
import { portHitHeight, portOffset } from './geometry.ts';
import { useNodeName } from './node-name.ts';
import { PortHandle } from './PortHandle.tsx';
import { portKey } from './port-key.ts';
import { pullRow } from './pull-row.ts';
import { useCard } from './use-card.ts';
import type { NodesFlowNode } from './view.ts';

const PRESSED_FROM = 0.1;

/** React Flow hands its place to a card with every move; what is on the card does not depend on it. */
export function NodeCard({ data, selected }: NodeProps<NodesFlowNode>) {
  return <CardBody shown={data.card} selected={selected === true} />;
}

interface CardBodyProps {
  readonly shown: NodesCard;
  readonly selected: boolean;
}

const CardBody = memo(function CardBody({ shown, selected }: CardBodyProps) {
  const designer = useDesigner();
  const card = useCard(shown);
  const live = useStore(designer.view, (state) => state.live);
  const block = useStore(designer.view, (state) => state.level === 'block');
  const stacking = useStore(designer.view, (state) => (state.stacking?.card === card.id ? state.stacking : null));
  const marks = useMarks(designer, card, live);
  const single = card.rows.length === 1;
  return (
    <CardShell
      card={card}
      label={nodeLabel(card.rows[0].node, currentLanguage())}
      selected={selected && single}
      className={stacking === null ? undefined : stacking.reason === null ? style.takes : style.takesNot}
      marks={marks}
    >
      {card.rows.map((row, index) => (
        <Row key={row.node.id} card={card} row={row} chained={index > 0} single={single} block={block} />
      ))}
      {live && !block ? <CardFoot rows={card.rows} /> : null}
      {/* From afar nothing can be wired, and a thousand ports would be in the way. */}
      {block ? null : card.rows.map((row) => <RowPorts key={row.node.id} row={row} />)}
    </CardShell>
  );
});

function useMarks(designer: Designer, card: NodesCard, live: boolean) {
  const errors = useStore(designer.checks, () => countProblems(designer, card, 'error'));
  const warnings = useStore(designer.checks, () => countProblems(designer, card, 'warning'));
  const strain = useStrain(designer, card.rows[card.rows.length - 1].node.id);
  const stale = useStore(designer.stale, (state) => card.rows.some((row) => state.nodes.has(row.node.id)));
  const failed = useFailedNode(
    designer,
    card.rows.map((row) => row.node.id),
  );
  return {
    errors,
    warnings,
    off: card.rows.every((row) => row.node.disabled === true),
    stale,
    bottleneck: live && strain === 'bottleneck',
    pressed: live && strain === 'pressed',
    failed,
  };
}

/** One word instead of the figures, which change with every frame: only another word paints the card anew. */
function useStrain({ live }: Designer, nodeId: string): 'bottleneck' | 'pressed' | 'none' {
  const subscribe = useCallback((listener: () => void) => live.subscribeNode(nodeId, listener), [live, nodeId]);
  return useSyncExternalStore(subscribe, () => {
    const figures = live.node(nodeId);
    if (figures?.bottleneck === true) return 'bottleneck';
    return (figures?.pressed ?? 0) >= PRESSED_FROM ? 'pressed' : 'none';
  });
}

interface RowProps {
  readonly card: NodesCard;
  readonly row: CardRow;
  readonly chained: boolean;
  readonly single: boolean;
  /** Only the glyph is to be seen: words would be laid out and painted for nothing, five hundred times. */
  readonly block: boolean;
}

/** Figures and selection of the card are no reason to put its name together again. */
const Row = memo(function Row({ card, row, chained, single, block }: RowProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const { node, shape } = row;
  const language = currentLanguage();
  const problems = useStore(designer.checks, () => designer.checks.problemsOf(node.id));
  const bypassed = useStore(designer.checks, (state) => state.nodes.get(node.id)?.passThrough === true);
  const selected = useStore(designer.selection, (state) => state.nodes.has(node.id));
  const focused = useStore(designer.selection, (state) => state.focus === node.id);
  const found = useStore(designer.find, (state) => state.marks.has(node.id));
  const origin = useStore(designer.selection, (state) => state.connectingFrom === node.id);
  const label = nodeLabel(node, language);
  const off = node.disabled === true;
  const error = problems.find((problem) => problem.severity === 'error');
  const offWords = bypassed ? t('groups.bypassed') : t('canvas.off');
  const summary = off ? offWords : error !== undefined ? words(error.text) : describeNode(node, language);
  const name = useNodeName(node, shape, off ? offWords : null);
  return (
    <button
      type="button"
      className={classes(
        style.row,
        chained && style.chained,
        selected && !single && style.rowSelected,
        origin && style.origin,
        found && style.found,
      )}
      style={{ height: row.height }}
      tabIndex={focused ? 0 : -1}
      data-node={node.id}
      data-found={found ? '' : undefined}
      data-off={off && !single ? '' : undefined}
      aria-pressed={selected}
      aria-label={name}
      onFocus={() => designer.selection.focus(node.id)}
    >
      <NodeIcon type={node.type} category={shape.category} icon={shape.icon} large />
      {block ? null : (
        <span className={style.words}>
          <span className={style.name} data-truncates="">
            {label}
          </span>
          <span className={classes(style.summary, error !== undefined && !off && style.summaryError)} data-truncates="">
            {summary}
          </span>
        </span>
      )}
      {single || block ? null : (
        <span
          className={classes('nodrag', style.grip)}
          title={t('groups.pullOut')}
          onPointerDown={(event) => pullRow(designer, card, node.id, event)}
        >
          <GripVertical size={13} strokeWidth={1.75} aria-hidden="true" />
        </span>
      )}
    </button>
  );
});

/** The ports that a chain joins are inside the card; its tick stands for them. */
const RowPorts = memo(function RowPorts({ row }: { readonly row: CardRow }) {
  const { inputs, outputs } = row.shape;
  return (
    <>
      {inputs.map((port, index) =>
        port.name === row.hiddenInput ? null : (
          <PortHandle
            key={`in ${port.name}`}
            handle={portKey(row.node.id, port.name)}
            side="in"
            top={row.top + portOffset(index)}
            height={portHitHeight(inputs.length)}
            role="main"
          />
        ),
      )}
      {outputs.map((port, index) =>
        port.name === row.hiddenOutput ? null : (
          <PortHandle
            key={`out ${port.name}`}
            handle={portKey(row.node.id, port.name)}
            side="out"
            top={row.top + portOffset(index)}
            height={portHitHeight(outputs.length)}
            role={port.role}
          />
        ),
      )}
    </>
  );
});

function countProblems(designer: Designer, card: NodesCard, severity: 'error' | 'warning'): number {
  return card.rows.reduce(
    (sum, row) => sum + designer.checks.problemsOf(row.node.id).filter((problem) => problem.severity === severity).length,
    0,
  );
}
