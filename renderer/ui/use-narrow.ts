/** Whether an element has little room: the oldest supported browser knows no container queries. */
import { useEffect, useRef, useState } from 'react';

/** `width` in CSS pixels; up to it the element counts as narrow. */
export function useNarrow<E extends Element>(width: number): { readonly ref: React.RefObject<E | null>; readonly narrow: boolean } {
  const ref = useRef<E>(null);
  const [narrow, setNarrow] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setNarrow(element.clientWidth <= width));
    observer.observe(element);
    return () => observer.disconnect();
  }, [width]);
  return { ref, narrow };
}
