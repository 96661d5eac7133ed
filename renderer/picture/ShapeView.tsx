/** Shows drawings that are plain data. */
import { createElement, memo } from 'react';
import type { Shape } from './shape.ts';

export const ShapeView = memo(function ShapeView({ shapes }: { readonly shapes: readonly Shape[] }) {
  return shapes.map((shape, index) => elementOf(shape, index));
});

function elementOf(shape: Shape | string, key: number): React.ReactNode {
  if (typeof shape === 'string') return shape;
  const attributes = Object.entries(shape.attributes).map(([name, value]) => [
    name.replaceAll(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return createElement(shape.tag, { key, ...Object.fromEntries(attributes) }, ...shape.children.map(elementOf));
}
