/** Lines in the hand: ends of edges that are moved, the edge that waits for quick-add, and the outlines of copies. */
import { ViewportPortal } from '@xyflow/react';
import type { Point } from '../../../engine/spec/document.ts';
import type { Designer } from '../../app/designer.ts';
import { useDesigner, useStore } from '../../app/designer.ts';
import type { QuickAddRequest } from '../../app/shell.ts';
import style from '../canvas.module.css';
import type { Curve } from '../geometry.ts';
import { edgeCurve, svgPath } from '../geometry.ts';
import { portPoint } from '../project.ts';
import own from './overlay.module.css';

export function HandLines() {
  const designer = useDesigner();
  const moving = useStore(designer.gestures, (state) => state.moving);
  const ghosts = useStore(designer.gestures, (state) => state.ghosts);
  const request = useStore(designer.shell, (state) => state.quickAdd);
  const waiting = request === null ? null : waitingCurve(designer, request);
  if (moving === null && ghosts.length === 0 && waiting === null) return null;
  const curves = moving === null ? [] : movingCurves(designer, moving.edges, moving.side, moving.at);
  return (
    <ViewportPortal>
      <svg className={own.lines} aria-hidden="true">
        {waiting === null ? null : <Line curve={waiting.curve} end={waiting.end} refused={false} />}
        {curves.map(({ id, curve }) => (
          <Line key={id} curve={curve} end={moving?.at ?? null} refused={moving?.reason != null} />
        ))}
      </svg>
      {moving === null || moving.reason === null ? null : (
        <div className={own.reasonAt} style={{ transform: `translate(${moving.at.x}px, ${moving.at.y - 14}px) translate(-50%, -100%)` }}>
          <span className={style.reason} role="status" data-reason="">
            {moving.reason}
          </span>
        </div>
      )}
      {ghosts.map((ghost) => (
        <div
          key={ghost.id}
          className={own.ghost}
          data-ghost=""
          style={{ transform: `translate(${ghost.x}px, ${ghost.y}px)`, width: ghost.width, height: ghost.height }}
        >
          {ghost.label}
        </div>
      ))}
    </ViewportPortal>
  );
}

function Line({ curve, end, refused }: { readonly curve: Curve; readonly end: Point | null; readonly refused: boolean }) {
  return (
    <g>
      <path d={svgPath(curve)} className={refused ? style.drawingRefused : style.drawing} />
      {end === null ? null : <circle cx={end.x} cy={end.y} r={5} className={refused ? style.drawingEndRefused : style.drawingEnd} />}
    </g>
  );
}

function movingCurves(designer: Designer, edges: readonly string[], side: 'in' | 'out', at: Point) {
  return designer.view
    .getState()
    .scene.filter((edge) => edges.includes(edge.id))
    .map(({ id, curve }) => ({ id, curve: side === 'in' ? edgeCurve(curve.start, at) : edgeCurve(at, curve.end) }));
}

/** From the port to the box that asks what shall stand there. */
function waitingCurve(designer: Designer, request: QuickAddRequest): { readonly curve: Curve; readonly end: Point } | null {
  const { from } = request;
  const card = from === null ? undefined : designer.view.getState().projection.cardOf.get(from.port.node);
  const offset = card === undefined || from === null ? null : (portPoint(card, from.port, from.side)?.point ?? null);
  if (card === undefined || from === null || offset === null || designer.canvas === null || request.edge !== undefined) return null;
  const port = { x: card.position.x + offset.x, y: card.position.y + offset.y };
  const end = designer.canvas.toDrawing(request.screen);
  return { curve: from.side === 'out' ? edgeCurve(port, end) : edgeCurve(end, port), end };
}
