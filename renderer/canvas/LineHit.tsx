/** The transparent path that makes a painted edge clickable. */
import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import style from './canvas.module.css';
import { svgPath } from './geometry.ts';
import type { LineEdge } from './view.ts';

export const LineHit = memo(function LineHit({ id, data }: EdgeProps<LineEdge>) {
  if (data === undefined) return null;
  return <path d={svgPath(data.scene.curve)} className={style.hit} data-edge={id} />;
});
