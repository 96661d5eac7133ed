/** A pipeline's thumbnail in the colours of the page. */
import { memo } from 'react';
import { svgPath } from '../canvas/geometry.ts';
import { CATEGORY_TINTS } from './category-tint.ts';
import style from './thumbnail.module.css';
import type { Thumbnail, ThumbnailBlock } from './thumbnail.ts';
import { BLOCK_ROW } from './thumbnail.ts';

export const ThumbnailView = memo(function ThumbnailView({ thumbnail }: { readonly thumbnail: Thumbnail }) {
  const { x, y, width, height } = thumbnail.view;
  return (
    <svg className={style.thumbnail} style={{ width }} viewBox={`${x} ${y} ${width} ${height}`} aria-hidden="true">
      {thumbnail.curves.map(({ id, curve }) => (
        <path key={id} className={style.line} d={svgPath(curve)} />
      ))}
      {thumbnail.blocks.map((block) => (
        <Block key={block.id} block={block} />
      ))}
    </svg>
  );
});

/** One tile per row; the outline has the colour of the first. */
function Block({ block }: { readonly block: ThumbnailBlock }) {
  const { box, categories } = block;
  return (
    <g transform={`translate(${box.x} ${box.y})`}>
      <rect className={style.back} width={box.width} height={box.height} rx="3.5" />
      {categories.map((category, index) => {
        const tint = CATEGORY_TINTS[category];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a block have no other name and never move
          <g key={index} transform={`translate(0 ${index * BLOCK_ROW})`}>
            <rect
              className={style.tile}
              width={box.width}
              height={BLOCK_ROW}
              rx="3.5"
              fill={`var(--tile-${tint})`}
              stroke={`var(--glyph-${tint})`}
            />
            <circle cx="7.5" cy={BLOCK_ROW / 2} r="2.2" fill={`var(--glyph-${tint})`} />
            <path d={`M13 ${BLOCK_ROW / 2}h11`} className={style.word} stroke={`var(--glyph-${tint})`} />
          </g>
        );
      })}
    </g>
  );
}
