/** A plus beside every free port of the card under the pointer: quick-add from that port. */
import { Plus } from 'lucide-react';
import type { Designer } from '../../app/designer.ts';
import { useDesigner, useStore } from '../../app/designer.ts';
import { placeAfter, placeBefore } from '../../app/editing.ts';
import { connectedPorts } from '../../document/connected-ports.ts';
import { words } from '../../strings/language.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import type { Card } from '../project.ts';
import { portKey, portPoint } from '../project.ts';
import { Anchored } from './Anchored.tsx';
import style from './overlay.module.css';

const GAP = 10;

export function PortPlus() {
  const { gestures, view, shell } = useDesigner();
  const hovered = useStore(gestures, (state) => state.card);
  const adding = useStore(shell, (state) => state.quickAdd !== null);
  const card = useStore(view, (state) => state.projection.cards.find((candidate) => candidate.id === hovered));
  return card === undefined || adding ? null : <FreePorts card={card} />;
}

function FreePorts({ card }: { readonly card: Card }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const taken = useStore(designer.documents, (state) => connectedPorts(state.document));
  const ends = card.rows.flatMap((row) => [
    ...row.shape.inputs.map((port) => ({ node: row.node.id, port, side: 'in' as const })),
    ...row.shape.outputs.map((port) => ({ node: row.node.id, port, side: 'out' as const })),
  ]);
  return ends
    .filter(({ node, port, side }) => !taken.has(`${side} ${portKey(node, port.name)}`))
    .map(({ node, port, side }) => (
      <Anchored
        key={`${side} ${port.name} ${node}`}
        at={() => {
          const offset = portPoint(card, { node, port: port.name }, side)?.point ?? null;
          const position = designer.view.positionOf(card);
          return offset === null ? null : { x: position.x + offset.x, y: position.y + offset.y };
        }}
        side={side === 'in' ? 'left' : 'right'}
        gap={GAP}
        loose
        onPointerEnter={() => designer.gestures.stay()}
        onPointerLeave={() => designer.gestures.leave('card')}
      >
        <button
          type="button"
          className={style.plus}
          tabIndex={-1}
          data-plus={portKey(node, port.name)}
          aria-label={
            side === 'in' ? t('gesture.addBefore', { port: words(port.label) }) : t('gesture.addAfter', { port: words(port.label) })
          }
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            openFrom(designer, node, port.name, side, { x: side === 'in' ? box.left : box.right, y: box.top });
          }}
        >
          <Plus size={12} strokeWidth={2.25} />
        </button>
      </Anchored>
    ));
}

function openFrom(
  designer: Designer,
  node: string,
  port: string,
  side: 'in' | 'out',
  screen: { readonly x: number; readonly y: number },
): void {
  designer.documents.getState();
  designer.checks.ensure(designer.documents.getState().document);
  const at = side === 'out' ? placeAfter(designer, node) : placeBefore(designer, node);
  designer.shell.set({ quickAdd: { at, screen, from: { port: { node, port }, side } } });
}
