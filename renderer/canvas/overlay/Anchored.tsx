/** Something that floats beside a place of the drawing at its own size: it follows pan and zoom without rendering, and stays inside the canvas. */
import { useStoreApi } from '@xyflow/react';
import type { HTMLAttributes, ReactNode } from 'react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Point } from '../../../engine/spec/document.ts';
import { useDesigner } from '../../app/designer.ts';
import { classes } from '../../ui/classes.ts';
import style from './overlay.module.css';

export type Side = 'above' | 'below' | 'left' | 'right' | 'on';

interface AnchoredProps extends Omit<HTMLAttributes<HTMLDivElement>, 'children'> {
  /** In the drawing's coordinates; null hides it. Asked again whenever the drawing or the view moves. */
  readonly at: () => Point | null;
  readonly side: Side;
  /** Screen pixels between the place and the element. */
  readonly gap?: number;
  /** May leave the canvas with what it belongs to, instead of staying inside. */
  readonly loose?: boolean;
  /** Stays below the bars at the top of the canvas, which would be out of reach behind it. */
  readonly belowBars?: boolean;
  readonly children: ReactNode;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const MARGIN = 6;
const BARS_HEIGHT = 54;

export function Anchored({ at, side, gap = 0, loose = false, belowBars = false, className, children, ...rest }: AnchoredProps) {
  const { view, gestures } = useDesigner();
  const flow = useStoreApi();
  const element = useRef<HTMLDivElement>(null);
  // Measured once: every further time would make the browser lay out the page in the middle of a key or a move.
  const size = useRef<Size | null>(null);
  const placeNow = useRef(() => {});
  useLayoutEffect(() => {
    const place = () => {
      const box = element.current;
      if (box === null) return;
      const point = at();
      box.style.visibility = point === null ? 'hidden' : 'visible';
      if (point === null) return;
      const { transform, width, height } = flow.getState();
      const x = point.x * transform[2] + transform[0];
      const y = point.y * transform[2] + transform[1];
      size.current ??= { width: box.offsetWidth, height: box.offsetHeight };
      const own = size.current;
      const { left, top } = corner(x, y, own.width, own.height, side, gap, height);
      const inside = (value: number, length: number, room: number, least = MARGIN) =>
        Math.max(least, Math.min(value, room - length - MARGIN));
      const shownLeft = loose ? left : inside(left, own.width, width);
      const shownTop = loose ? top : inside(top, own.height, height, belowBars ? BARS_HEIGHT : MARGIN);
      box.style.transform = `translate(${Math.round(shownLeft)}px, ${Math.round(shownTop)}px)`;
    };
    place();
    placeNow.current = place;
    const stops = [
      flow.subscribe((state, previous) => (state.transform === previous.transform && state.width === previous.width ? undefined : place())),
      view.subscribe((state, previous) => (state.nodes === previous.nodes && state.scene === previous.scene ? undefined : place())),
      gestures.subscribe(place),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  });
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(() => {
      size.current = null;
      placeNow.current();
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={element} className={classes(style.anchored, className)} data-over-canvas="" {...rest}>
      {children}
    </div>
  );
}

/** A box below turns above where there is no room. */
function corner(x: number, y: number, width: number, height: number, side: Side, gap: number, room: number): { left: number; top: number } {
  switch (side) {
    case 'above':
      return { left: x - width / 2, top: y - height - gap };
    case 'below':
      return { left: x - width / 2, top: y + gap + height > room && y - gap - height > 0 ? y - gap - height : y + gap };
    case 'left':
      return { left: x - width - gap, top: y - height / 2 };
    case 'right':
      return { left: x + gap, top: y - height / 2 };
    default:
      return { left: x - width / 2, top: y - height / 2 };
  }
}
