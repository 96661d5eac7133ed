/** Over the strip of canvas above the lens: keeps the path to the window in view, until one asks for the whole drawing. */
import { LocateFixed } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import style from './lens.module.css';

export function StripTools() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const path = useStore(designer.lens, (state) => state.path);
  const [whole, setWhole] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const canvas = element.current?.closest('[data-canvas]');
    if (canvas === null || canvas === undefined) return undefined;
    let frame = 0;
    const fit = () => {
      cancelAnimationFrame(frame);
      // One frame later the drawing surface knows its new size too.
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => (whole ? designer.canvas?.fit() : designer.canvas?.show(path)));
      });
    };
    const observer = new ResizeObserver(fit);
    observer.observe(canvas);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, [designer, path, whole]);
  return (
    <div ref={element} className={style.stripTools}>
      <Button small icon={<LocateFixed size={14} strokeWidth={1.75} />} onClick={() => setWhole(!whole)}>
        {whole ? t('lens.pathOnly') : t('lens.wholeGraph')}
      </Button>
    </div>
  );
}
