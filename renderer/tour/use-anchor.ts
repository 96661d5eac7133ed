/** Where a region of the window is right now, while it may come, go and change its size. */
import { useEffect, useState } from 'react';
import type { Box } from '../canvas/geometry.ts';

const LOOK_EVERY_MS = 100;

/** Null while it is not there. */
export function useAnchor(region: string | null): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  useEffect(() => {
    if (region === null) return undefined;
    const look = () => {
      const rect = document.querySelector(`[data-region="${region}"]`)?.getBoundingClientRect();
      const next = rect === undefined || rect.width === 0 ? null : { x: rect.x, y: rect.y, width: rect.width, height: rect.height };
      setBox((old) => (sameBox(old, next) ? old : next));
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [region]);
  return box;
}

/** Beside the box where there is room, else inside its lower right corner. */
export function placeBeside(
  box: Box | null,
  width: number,
  height: number,
  view: { readonly width: number; readonly height: number },
): { left: number; top: number } {
  const gap = 14;
  if (box === null) return { left: (view.width - width) / 2, top: (view.height - height) / 2 };
  const along = (start: number, size: number, own: number, limit: number) =>
    Math.max(gap, Math.min(limit - own - gap, start + Math.min(size / 2 - own / 2, 90)));
  const top = along(box.y, box.height, height, view.height);
  const left = along(box.x, box.width, width, view.width);
  if (view.width - box.x - box.width > width + 2 * gap) return { left: box.x + box.width + gap, top };
  if (box.x > width + 2 * gap) return { left: box.x - width - gap, top };
  if (view.height - box.y - box.height > height + 2 * gap)
    return { left: Math.max(left, (view.width - width) / 2), top: box.y + box.height + gap };
  if (box.y > height + 2 * gap) return { left: Math.max(left, (view.width - width) / 2), top: box.y - height - gap };
  return { left: box.x + box.width - width - 2 * gap, top: box.y + box.height - height - 2 * gap };
}

function sameBox(a: Box | null, b: Box | null): boolean {
  return a === b || (a !== null && b !== null && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height);
}
