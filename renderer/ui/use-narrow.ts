/** Whether an element has little room: the oldest supported browser knows no container queries. */
import { useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** `width` in CSS pixels; up to it the element counts as narrow. */
export function useNarrow<E extends Element>(width: number): { readonly ref: React.RefObject<E | null>; readonly narrow: boolean } {
  const ref = useRef<E>(null);
  const [narrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = () => setNarrow(element.clientWidth <= width);
    measure();
    // Observers are told before the frame is painted: it is to be the right one already.
    const observer = new ResizeObserver(() => flushSync(measure));
    observer.observe(element);
    return () => observer.disconnect();
  }, [width]);
  return { ref, narrow };
}
