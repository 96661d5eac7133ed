/** Where the pointer is and which keys are held while something is dragged: React Flow's own callbacks come too late to say. */
import type { Point } from '../../engine/spec/document.ts';

export interface Modifiers {
  listen(dragging: () => boolean, cancel: () => void): () => void;
  alt(): boolean;
  /** Alt was down when the button was: it asks for copies, so it does not suspend snapping until pressed again. */
  altAtStart(): boolean;
  pointer(): Point;
  /** Where the button went down. */
  pressedAt(): Point;
}

export function createModifiers(): Modifiers {
  let alt = false;
  let altAtStart = false;
  let pointer: Point = { x: 0, y: 0 };
  let pressedAt: Point = pointer;
  const follow = (event: PointerEvent) => {
    alt = event.altKey;
    if (!alt) altAtStart = false;
    pointer = { x: event.clientX, y: event.clientY };
  };
  const down = (event: PointerEvent) => {
    follow(event);
    altAtStart = event.altKey;
    pressedAt = pointer;
  };
  return {
    listen(dragging, cancel) {
      const onKey = (event: KeyboardEvent) => {
        if (event.key !== 'Escape' || !dragging()) return;
        event.preventDefault();
        event.stopPropagation();
        cancel();
      };
      window.addEventListener('pointermove', follow, true);
      window.addEventListener('pointerdown', down, true);
      window.addEventListener('keydown', onKey, true);
      return () => {
        window.removeEventListener('pointermove', follow, true);
        window.removeEventListener('pointerdown', down, true);
        window.removeEventListener('keydown', onKey, true);
      };
    },
    alt: () => alt,
    altAtStart: () => altAtStart,
    pointer: () => pointer,
    pressedAt: () => pressedAt,
  };
}
