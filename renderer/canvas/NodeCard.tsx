/** The one card every node is drawn with: rows of a chain, ports, problem badge and, while figures show, the foot. */
import type { NodeProps } from '@xyflow/react';
import { Gauge } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesigner, useStore } from '../app/designer.ts';
import { describeNode, nodeLabel, presetLabel } from '../document/definitions.ts';
import { NodeIcon } from '../palette/NodeIcon.tsx';
import { currentLanguage, words } from '../strings/language.ts';
import { classes } from '../ui/classes.ts';
import { CardFoot } from './CardFoot.tsx';
import style from './card.module.css';
import { PortHandle } from './PortHandle.tsx';
import type { Card, CardRow } from './project.ts';
import { useNodeLive } from './use-node-live.ts';
import type { CardNode } from './view.ts';

export const NodeCard = memo(function NodeCard({ data, selected }: NodeProps<CardNode>) {
  const designer = useDesigner();
  const { card } = data;
  const live = useStore(designer.view, (state) => state.live);
  const block = useStore(designer.view, (state) => state.level === 'block');
  const single = card.rows.length === 1;
  return (
    <fieldset
      data-card=""
      className={classes(style.card, selected && single && style.selected, live && style.live)}
      aria-label={nodeLabel(card.rows[0].node, currentLanguage())}
    >
      <CardFrame card={card} live={live} />
      {card.rows.map((row, index) => (
        <Row key={row.node.id} row={row} chained={index > 0} single={single} />
      ))}
      {live && !block ? <CardFoot card={card} /> : null}
      {/* From afar nothing can be wired, and a thousand ports would be in the way. */}
      {(block ? [] : card.rows).map((row, index) => (
        <RowPorts key={row.node.id} row={row} chainedBefore={index > 0} chainedAfter={index < card.rows.length - 1} />
      ))}
    </fieldset>
  );
});

/** The coloured ring and the badge: error before bottleneck before back pressure before warning. */
function CardFrame({ card, live }: { readonly card: Card; readonly live: boolean }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const errors = useStore(designer.checks, () => countProblems(designer, card, 'error'));
  const warnings = useStore(designer.checks, () => countProblems(designer, card, 'warning'));
  const figures = useNodeLive(card.rows[card.rows.length - 1].node.id);
  const bottleneck = live && figures?.bottleneck === true;
  const pressed = live && !bottleneck && (figures?.pressed ?? 0) >= 0.1;
  const off = card.rows.every((row) => row.node.disabled === true);
  return (
    <>
      <span
        className={classes(style.ring, off && style.off, errors > 0 && style.error, bottleneck && style.hot, pressed && style.pressed)}
      />
      {bottleneck ? (
        <span className={style.bottleneck}>
          <Gauge size={12} strokeWidth={2} />
          {t('run.bottleneck')}
        </span>
      ) : null}
      {errors > 0 ? (
        <span className={style.errorBadge}>{errors}</span>
      ) : warnings > 0 && !bottleneck ? (
        <span className={style.warningBadge}>!</span>
      ) : null}
    </>
  );
}

function Row({ row, chained, single }: { readonly row: CardRow; readonly chained: boolean; readonly single: boolean }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const { node, shape } = row;
  const language = currentLanguage();
  const problems = useStore(designer.checks, () => designer.checks.problemsOf(node.id));
  const selected = useStore(designer.selection, (state) => state.nodes.has(node.id));
  const focused = useStore(designer.selection, (state) => state.focus === node.id);
  const found = useStore(designer.find, (state) => state.marks.has(node.id));
  const origin = useStore(designer.selection, (state) => state.connectingFrom === node.id);
  const label = nodeLabel(node, language);
  const error = problems.find((problem) => problem.severity === 'error');
  const summary = node.disabled === true ? t('canvas.off') : error !== undefined ? words(error.text) : describeNode(node, language);
  const name = [
    t('canvas.node', { label, type: words(presetLabel(node)) }),
    node.disabled === true ? t('canvas.off') : describeNode(node, language),
    problems.length > 0 ? t('canvas.problemCount', { count: problems.length }) : '',
  ];
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
      aria-pressed={selected}
      aria-label={name.filter(Boolean).join(', ')}
      title={`${label}\n${summary}`}
      onFocus={() => designer.selection.focus(node.id)}
    >
      <NodeIcon type={node.type} category={shape.category} large />
      <span className={style.words}>
        <span className={style.name} data-truncates="">
          {label}
        </span>
        <span className={classes(style.summary, error !== undefined && node.disabled !== true && style.summaryError)} data-truncates="">
          {summary}
        </span>
      </span>
    </button>
  );
}

/** The ports that a chain joins are inside the card; its tick stands for them. */
function RowPorts({
  row,
  chainedBefore,
  chainedAfter,
}: {
  readonly row: CardRow;
  readonly chainedBefore: boolean;
  readonly chainedAfter: boolean;
}) {
  const { inputs, outputs } = row.shape;
  return (
    <>
      {inputs.map((port, index) =>
        chainedBefore && index === 0 ? null : (
          <PortHandle
            key={`in ${port.name}`}
            row={row}
            side="in"
            index={index}
            count={inputs.length}
            name={port.name}
            label={port.label}
            role="main"
          />
        ),
      )}
      {outputs.map((port, index) =>
        chainedAfter && index === 0 ? null : (
          <PortHandle
            key={`out ${port.name}`}
            row={row}
            side="out"
            index={index}
            count={outputs.length}
            name={port.name}
            label={port.label}
            role={port.role}
          />
        ),
      )}
    </>
  );
}

function countProblems(designer: ReturnType<typeof useDesigner>, card: Card, severity: 'error' | 'warning'): number {
  return card.rows.reduce(
    (sum, row) => sum + designer.checks.problemsOf(row.node.id).filter((problem) => problem.severity === severity).length,
    0,
  );
}
