/** The edge being drawn: accent while it may land, red with the reason over a port or node that does not fit. */
import type { ConnectionLineComponentProps } from '@xyflow/react';
import type { Designer } from '../app/designer.ts';
import { useDesigner } from '../app/designer.ts';
import style from './canvas.module.css';
import { dropTarget } from './connect-handlers.ts';
import { edgeCurve, svgPath } from './geometry.ts';
import { splitPortKey } from './port-key.ts';
import { portPoint } from './project.ts';
import type { CardNode } from './view.ts';

const REASON_WIDTH = 260;
const REASON_HEIGHT = 56;

export function ConnectionLine({ fromX, fromY, toX, toY, fromHandle, toHandle, connectionStatus }: ConnectionLineComponentProps<CardNode>) {
  const designer = useDesigner();
  const { connecting } = designer;
  if (connecting.start() === null) return null;
  const outwards = fromHandle.type === 'source';
  const from = { x: fromX, y: fromY };
  const other = toHandle === null || toHandle.id === null || toHandle.id === undefined ? null : splitPortKey(toHandle.id);
  const onPort = connectionStatus === 'invalid' && other !== null ? connecting.reason(other) : null;
  const landing = other === null ? landingOn(designer, { x: toX, y: toY }, outwards ? 'in' : 'out') : null;
  const reason = onPort ?? landing?.reason ?? null;
  const to = landing?.at ?? { x: toX, y: toY };
  const curve = outwards ? edgeCurve(from, to) : edgeCurve(to, from);
  return (
    <g>
      <path d={svgPath(curve)} className={reason === null ? style.drawing : style.drawingRefused} />
      <circle cx={to.x} cy={to.y} r={5} className={reason === null ? style.drawingEnd : style.drawingEndRefused} />
      {reason === null ? null : (
        <foreignObject x={to.x - REASON_WIDTH / 2} y={to.y - REASON_HEIGHT - 6} width={REASON_WIDTH} height={REASON_HEIGHT}>
          <div className={style.reasonBox}>
            <span className={style.reason} role="status" data-reason="">
              {reason}
            </span>
          </div>
        </foreignObject>
      )}
    </g>
  );
}

/** Over a node the line shows the port that it would land at. */
function landingOn(designer: Designer, at: { readonly x: number; readonly y: number }, side: 'in' | 'out') {
  const start = designer.connecting.start();
  const target = dropTarget(designer, at, side, (port) => designer.connecting.reason(port));
  if (target.kind === 'refused') return { at, reason: start !== null && isOwnCard(designer, start.port.node, at) ? null : target.reason };
  if (target.kind === 'nothing') return null;
  const card = designer.view.getState().projection.cardOf.get(target.port.node);
  const offset = card === undefined ? null : portPoint(card, target.port, side);
  if (card === undefined || offset === null) return null;
  const position = designer.view.positionOf(card);
  return { at: { x: position.x + offset.point.x, y: position.y + offset.point.y }, reason: null };
}

/** The line has only just left its own node. */
function isOwnCard(designer: Designer, node: string, at: { readonly x: number; readonly y: number }): boolean {
  const card = designer.view.getState().projection.cardOf.get(node);
  return (
    card !== undefined &&
    at.x >= card.position.x &&
    at.x <= card.position.x + card.width &&
    at.y >= card.position.y &&
    at.y <= card.position.y + card.height
  );
}
