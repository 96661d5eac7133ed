/** The dotted line from a note to the node it is tied to, while both are drawn. */
import { useDesigner, useStore } from '../app/designer.ts';
import type { NoteCard } from '../canvas/card.ts';
import { cardBox } from '../canvas/project.ts';
import type { ViewState, ViewStore } from '../canvas/view.ts';
import style from './note.module.css';

export function NoteTie({ card }: { readonly card: NoteCard }) {
  const { view } = useDesigner();
  const path = useStore(view, (state) => tiePath(view, state, card));
  if (path === '') return null;
  const [, start] = /^M(\S+ \S+)/.exec(path) ?? [];
  const [x, y] = (start ?? '0 0').split(' ');
  return (
    <svg className={style.tie} aria-hidden="true">
      <path d={path} />
      <circle cx={x} cy={y} r={3} />
    </svg>
  );
}

/** From the node's nearest border to the note's, in the note's own coordinates; empty when there is nothing to draw. */
function tiePath(view: ViewStore, state: ViewState, card: NoteCard): string {
  const target = card.note.node === undefined ? undefined : state.projection.cardOf.get(card.note.node);
  if (target === undefined || target.kind === 'note') return '';
  const own = view.positionOf(card);
  const place = view.positionOf(target);
  const box = cardBox(target, state.live);
  const left = place.x - own.x;
  const top = place.y - own.y;
  const from = { x: clamp(card.width / 2, left, left + box.width), y: clamp(card.height / 2, top, top + box.height) };
  const to = { x: clamp(from.x, 0, card.width), y: clamp(from.y, 0, card.height) };
  return `M${from.x} ${from.y} L${to.x} ${to.y}`;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
