/** The nodes that a result comes through, as a small drawing. */
import { useMemo } from 'react';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { nodeShape } from '../document/definitions.ts';
import { CATEGORY_TINTS } from '../picture/category-tint.ts';
import style from './results.module.css';
import { wayTo } from './sinks.ts';

const WIDTH = 184;
const HEIGHT = 64;
const BLOCK = { width: 29, height: 14 };
const NODES_MAX = 5;

/** The last ones before the result. */
export function WayPicture({ document, sink }: { readonly document: PipelineDocument; readonly sink: string }) {
  const way = useMemo(() => wayTo(document, sink, NODES_MAX), [document, sink]);
  const step = way.length < 2 ? 0 : Math.min(44, (WIDTH - 20 - BLOCK.width) / (way.length - 1));
  const left = (WIDTH - BLOCK.width - step * (way.length - 1)) / 2;
  const top = (HEIGHT - BLOCK.height) / 2;
  return (
    <svg className={style.wayPicture} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path className={style.wayLine} d={`M${left} ${HEIGHT / 2}H${left + step * (way.length - 1)}`} />
      {way.map((node, index) => {
        const tint = CATEGORY_TINTS[nodeShape(node).category];
        const x = left + index * step;
        return (
          <g key={node.id}>
            <rect x={x} y={top} {...BLOCK} rx="3.5" className={style.wayBack} />
            <rect x={x} y={top} {...BLOCK} rx="3.5" fill={`var(--tile-${tint})`} stroke={`var(--glyph-${tint})`} />
            <circle cx={x + 7.5} cy={HEIGHT / 2} r="2.2" fill={`var(--glyph-${tint})`} />
            <path d={`M${x + 13} ${HEIGHT / 2}h11`} stroke={`var(--glyph-${tint})`} strokeWidth="2" />
          </g>
        );
      })}
    </svg>
  );
}
