/** Vite plugin: `icon.svg?shapes` becomes a module of plain shapes, so that icons are drawn by React and never as raw markup. */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

const SHAPES = /<(path|circle|rect|line|polyline|polygon|ellipse)\b([^>]*?)\/?>/g;
const ATTRIBUTES = /([\w-]+)="([^"]*)"/g;
const KEPT = new Set([
  'd',
  'cx',
  'cy',
  'r',
  'rx',
  'ry',
  'x',
  'y',
  'x1',
  'y1',
  'x2',
  'y2',
  'width',
  'height',
  'points',
  'transform',
  'fill',
]);

export function svgShapes(): Plugin {
  return {
    name: 'millrace-svg-shapes',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith('.svg?shapes')) return null;
      const source = await readFile(id.slice(0, -'?shapes'.length), 'utf8');
      return `export default ${JSON.stringify(readShapes(source))};`;
    },
  };
}

function readShapes(source: string): { readonly viewBox: string; readonly shapes: readonly (readonly [string, Record<string, string>])[] } {
  const viewBox = /viewBox="([^"]+)"/.exec(source)?.[1] ?? '0 0 24 24';
  const shapes = [...source.matchAll(SHAPES)].map((match): [string, Record<string, string>] => [
    match[1],
    Object.fromEntries([...match[2].matchAll(ATTRIBUTES)].filter(([, name]) => KEPT.has(name)).map(([, name, value]) => [name, value])),
  ]);
  return { viewBox, shapes };
}
