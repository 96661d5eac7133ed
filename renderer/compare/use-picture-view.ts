/** Which part of a still picture is seen: fitted at first, moved by dragging and wheel, brought to what is chosen. */
import type { RefObject } from 'react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Box } from '../canvas/geometry.ts';

const MARGIN = 48;
const SCALE_MIN = 0.1;
const SCALE_MAX = 2;
/** Below this the words of a card cannot be read, so that what is chosen is brought nearer. */
const READABLE = 0.5;
const WHEEL_ZOOM = 0.0022;

interface View {
  /** Middle of what is seen, in the drawing. */
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface PictureView {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly viewBox: string;
  readonly scale: number;
  fit(): void;
  show(box: Box): void;
}

export function usePictureView(bounds: Box | null): PictureView {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 1, height: 1 });
  const [view, setView] = useState<View>({ x: 0, y: 0, scale: 1 });
  const fit = useCallback(() => {
    const element = ref.current;
    if (element !== null && bounds !== null) setView(fitted(bounds, element.clientWidth, element.clientHeight));
  }, [bounds]);

  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(fit, [fit]);
  useGestures(ref, setView);

  const show = useCallback(
    (box: Box) => {
      const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      setView((old) => {
        const inside =
          Math.abs(middle.x - old.x) * old.scale < size.width / 2 - MARGIN &&
          Math.abs(middle.y - old.y) * old.scale < size.height / 2 - MARGIN;
        return inside && old.scale >= READABLE ? old : { ...middle, scale: Math.max(old.scale, READABLE) };
      });
    },
    [size],
  );
  const [width, height] = [size.width / view.scale, size.height / view.scale];
  return { ref, viewBox: `${view.x - width / 2} ${view.y - height / 2} ${width} ${height}`, scale: view.scale, fit, show };
}

function fitted(bounds: Box, width: number, height: number): View {
  const scale = Math.min(1, (width - 2 * MARGIN) / bounds.width, (height - 2 * MARGIN) / bounds.height);
  return { x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2, scale: Math.max(SCALE_MIN, scale) };
}

/** Drag and wheel pan, Ctrl with the wheel zooms. */
function useGestures(ref: RefObject<HTMLDivElement | null>, setView: (change: (old: View) => View) => void): void {
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      setView((old) =>
        event.ctrlKey || event.metaKey
          ? { ...old, scale: Math.min(SCALE_MAX, Math.max(SCALE_MIN, old.scale * Math.exp(-event.deltaY * WHEEL_ZOOM))) }
          : { ...old, x: old.x + event.deltaX / old.scale, y: old.y + event.deltaY / old.scale },
      );
    };
    const onMove = (event: PointerEvent) => {
      if (event.buttons === 1)
        setView((old) => ({ ...old, x: old.x - event.movementX / old.scale, y: old.y - event.movementY / old.scale }));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('pointermove', onMove);
    return () => {
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('pointermove', onMove);
    };
  }, [ref, setView]);
}
