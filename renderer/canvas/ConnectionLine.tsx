/** The edge being drawn: accent while it may land, red with the reason over a port that does not fit. */
import type { ConnectionLineComponentProps } from '@xyflow/react';
import { useDesigner } from '../app/designer.ts';
import style from './canvas.module.css';
import { edgeCurve, svgPath } from './geometry.ts';
import { splitPortKey } from './port-key.ts';
import type { CardNode } from './view.ts';

const REASON_WIDTH = 260;
const REASON_HEIGHT = 56;

export function ConnectionLine({ fromX, fromY, toX, toY, fromHandle, toHandle, connectionStatus }: ConnectionLineComponentProps<CardNode>) {
  const { connecting } = useDesigner();
  const outwards = fromHandle.type === 'source';
  const from = { x: fromX, y: fromY };
  const to = { x: toX, y: toY };
  const other = toHandle === null || toHandle.id === null || toHandle.id === undefined ? null : splitPortKey(toHandle.id);
  const reason = connectionStatus === 'invalid' && other !== null ? connecting.reason(other) : null;
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
