/** Both versions on one drawing: what came, changed or went is marked by ring, sign and line; everything else steps back. */
import { Maximize } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { chipPoint, curveBounds, svgPath } from '../canvas/geometry.ts';
import { pageBrush } from '../picture/brushes.ts';
import { drawCard, drawLine, drawNote } from '../picture/draw-picture.ts';
import type { Picture, PictureCard, PictureLine } from '../picture/picture.ts';
import { groupOfNodes, pictureOf } from '../picture/picture.ts';
import { ShapeView } from '../picture/ShapeView.tsx';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { CHANGE_SIGNS } from './ChangeBadge.tsx';
import style from './compare.module.css';
import type { ChangeKind, Difference } from './differences.ts';
import { drawnEdgeId } from './merged.ts';
import { usePictureView } from './use-picture-view.ts';

interface CompareDrawingProps {
  readonly merged: PipelineDocument;
  readonly after: PipelineDocument;
  readonly differences: readonly Difference[];
  readonly chosen: Difference | null;
  readonly onChoose: (key: string) => void;
}

export function CompareDrawing({ merged, after, differences, chosen, onChoose }: CompareDrawingProps) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const level = levelOf(merged, chosen);
  const picture = useMemo(() => pictureOf(merged, level, language), [merged, level, language]);
  const view = usePictureView(picture.bounds);
  const marks = useMemo(() => marksOf(differences, after), [differences, after]);
  const { ref, show } = view;
  useEffect(() => {
    const box = boxOf(picture, chosen, after);
    if (box !== null) show(box);
  }, [picture, chosen, after, show]);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const onClick = (event: MouseEvent) => {
      const key = event.target instanceof Element ? event.target.closest('[data-difference]')?.getAttribute('data-difference') : null;
      if (typeof key === 'string') onChoose(key);
    };
    element.addEventListener('click', onClick);
    return () => element.removeEventListener('click', onClick);
  }, [ref, onChoose]);
  const group = merged.drawing.groups?.find((candidate) => candidate.id === level);
  return (
    <div ref={ref} className={style.drawing}>
      <svg className={style.picture} viewBox={view.viewBox} role="img" aria-label={t('compare.drawing')}>
        <Hatch />
        {picture.lines.map((line) => (
          <LineMark key={line.id} line={line} mark={marks.edges.get(line.id)} chosen={chosen} />
        ))}
        {picture.cards.map((card) => (
          <CardMarks key={card.id} card={card} marks={marks.nodes} chosen={chosen} />
        ))}
        <g opacity={0.6}>
          <ShapeView shapes={picture.notes.map((note) => drawNote(note, pageBrush))} />
        </g>
      </svg>
      {group === undefined ? null : <span className={style.level}>{t('compare.inside', { group: group.label })}</span>}
      <span className={style.fit}>
        <IconButton label={t('compare.fitAll')} side="left" icon={<Maximize size={15} strokeWidth={1.75} />} onClick={view.fit} />
      </span>
    </div>
  );
}

/** Removed things are hatched, like everything that is not there. */
function Hatch() {
  return (
    <defs>
      <pattern id="compare-removed" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0v7" stroke="var(--err)" strokeWidth="1.5" opacity="0.5" />
      </pattern>
    </defs>
  );
}

const COLOURS: { readonly [K in ChangeKind]: string } = { added: 'ok', changed: 'press', removed: 'err' };

function LineMark({
  line,
  mark,
  chosen,
}: {
  readonly line: PictureLine;
  readonly mark: Difference | undefined;
  readonly chosen: Difference | null;
}) {
  const plain = useMemo(() => [drawLine(line, pageBrush)], [line]);
  if (mark === undefined)
    return (
      <g opacity={0.6}>
        <ShapeView shapes={plain} />
      </g>
    );
  const colour = `var(--${COLOURS[mark.change]})`;
  const path = svgPath(line.curve);
  const at = chipPoint(line.curve);
  return (
    <g data-difference={mark.key} data-change={mark.change} className={style.clickable}>
      {mark === chosen ? <path d={path} fill="none" stroke="var(--halo)" strokeWidth="12" /> : null}
      <path d={path} fill="none" stroke="transparent" strokeWidth="22" />
      <path d={path} fill="none" stroke={colour} strokeWidth="2.5" strokeDasharray={mark.change === 'removed' ? '6 5' : undefined} />
      <Sign x={at.x} y={at.y} change={mark.change} />
    </g>
  );
}

function CardMarks({
  card,
  marks,
  chosen,
}: {
  readonly card: PictureCard;
  readonly marks: ReadonlyMap<string, Difference>;
  readonly chosen: Difference | null;
}) {
  const shapes = useMemo(() => [drawCard(card, pageBrush)], [card]);
  const inside = [...card.nodeIds].flatMap((id) => marks.get(id) ?? []);
  const rows = card.rows.flatMap((row) => {
    const mark = card.isGroup ? inside[0] : marks.get(row.id);
    return mark === undefined ? [] : [{ row, mark, change: card.isGroup ? ('changed' as const) : mark.change }];
  });
  return (
    <g>
      <g opacity={rows.length === 0 ? 0.6 : 1}>
        <ShapeView shapes={shapes} />
      </g>
      {rows.map(({ row, mark, change }) => {
        const box = { x: card.box.x, y: card.box.y + row.top, width: card.box.width, height: row.height, rx: 8 };
        return (
          <g key={row.id} data-difference={mark.key} data-change={change} className={style.clickable}>
            {mark === chosen ? <rect {...box} fill="none" stroke="var(--halo)" strokeWidth="11" /> : null}
            <rect
              {...box}
              fill={change === 'removed' ? 'url(#compare-removed)' : 'transparent'}
              stroke={`var(--${COLOURS[change]})`}
              strokeWidth="2"
              strokeDasharray={change === 'removed' ? '6 4' : undefined}
            />
            <Sign x={box.x + box.width - 4} y={box.y + 2} change={change} />
          </g>
        );
      })}
    </g>
  );
}

function Sign({ x, y, change }: { readonly x: number; readonly y: number; readonly change: ChangeKind }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <circle r="10" className={classes(style.sign, style[`sign-${change}`])} />
      <text className={style.signText} textAnchor="middle" y="5">
        {CHANGE_SIGNS[change]}
      </text>
    </g>
  );
}

interface Marks {
  readonly nodes: ReadonlyMap<string, Difference>;
  /** By the drawing's name of the edge. */
  readonly edges: ReadonlyMap<string, Difference>;
}

function marksOf(differences: readonly Difference[], after: PipelineDocument): Marks {
  const nodes = new Map<string, Difference>();
  const edges = new Map<string, Difference>();
  for (const difference of differences) {
    const { subject } = difference;
    if (subject.kind === 'node') nodes.set(subject.node.id, difference);
    const edge = drawnEdgeId(difference, after);
    if (edge !== null) edges.set(edge, difference);
  }
  return { nodes, edges };
}

/** The group in which the chosen thing stands. */
function levelOf(merged: PipelineDocument, chosen: Difference | null): string | null {
  if (chosen === null) return null;
  const { subject } = chosen;
  const id = subject.kind === 'node' ? subject.node.id : subject.kind === 'edge' ? subject.edge.from.node : null;
  return id === null ? null : (groupOfNodes(merged).get(id) ?? null);
}

function boxOf(picture: Picture, chosen: Difference | null, after: PipelineDocument) {
  if (chosen === null) return null;
  const { subject } = chosen;
  if (subject.kind === 'node') return picture.cards.find((card) => card.nodeIds.has(subject.node.id))?.box ?? null;
  const edge = drawnEdgeId(chosen, after);
  const line = picture.lines.find((candidate) => candidate.id === edge);
  return line === undefined ? null : curveBounds(line.curve);
}
