/** The icon of a node type on its category's tile, drawn from the shapes in the node's own folder. */
import { createElement } from 'react';
import type { NodeCategory } from '../../engine/spec/define-node.ts';
import { CATEGORY_TINTS } from '../picture/category-tint.ts';
import { classes } from '../ui/classes.ts';
import style from './node-icon.module.css';

export interface IconShapes {
  readonly viewBox: string;
  readonly shapes: readonly (readonly [string, Record<string, string>])[];
}

const files: Record<string, IconShapes> = import.meta.glob('../../engine/nodes/*/*/*.svg', {
  eager: true,
  query: '?shapes',
  import: 'default',
});
const FALLBACK: IconShapes = { viewBox: '0 0 24 24', shapes: [['rect', { x: '4', y: '4', width: '16', height: '16', rx: '3' }]] };

/** By type: folders may be named after the type or its short form, so the last match of the type's name wins. */
const byFolder = new Map(Object.entries(files).map(([path, shapes]) => [path.split('/').slice(-3).join('/'), shapes]));

interface NodeIconProps {
  readonly type: string;
  readonly category: NodeCategory;
  /** File in the type's folder: presets may bring their own. */
  readonly icon: string;
  readonly large?: boolean;
}

export function NodeIcon({ type, category, icon, large = false }: NodeIconProps) {
  const { viewBox, shapes } = iconOf(type, category, icon);
  return (
    <span className={classes(style.tile, large && style.large, style[CATEGORY_TINTS[category]])} aria-hidden="true">
      <svg
        aria-hidden="true"
        viewBox={viewBox}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {shapes.map(([tag, attributes], index) => createElement(tag, { key: `${tag}${index}`, ...attributes }))}
      </svg>
    </span>
  );
}

/** The shapes of a type's icon, for drawings that are not made of elements. */
export function iconOf(type: string, category: NodeCategory, icon: string): IconShapes {
  const exact = byFolder.get(`${category}/${type}/${icon}`);
  if (exact !== undefined) return exact;
  const singular = category.replace(/s$/, '');
  return byFolder.get(`${category}/${type.replace(new RegExp(`-${singular}$`), '')}/${icon}`) ?? FALLBACK;
}
