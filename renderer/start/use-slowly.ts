/** True once something has taken so long that it must be shown; a quick answer then never flickers. */
import { useEffect, useState } from 'react';

const SHOWN_AFTER_MS = 150;

export function useSlowly(waiting: boolean): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => setShown(true), SHOWN_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setShown(false);
    };
  }, [waiting]);
  return waiting && shown;
}
