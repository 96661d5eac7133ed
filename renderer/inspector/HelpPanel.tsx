/** The help of a node's type, beside its form: what it does, then its fields one by one. */
import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { HelpPage } from '../../engine/spec/help-page.ts';
import { definitionOf } from '../document/definitions.ts';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { HelpFields } from './HelpFields.tsx';
import style from './help.module.css';
import { inspectorView } from './inspector-view.ts';
import { MarkdownText } from './MarkdownText.tsx';
import { helpOf } from './node-help.ts';

const WIDTH = 340;
const GAP = 8;

export function HelpPanel({ type }: { readonly type: string }) {
  const { t } = useTranslation();
  const page = useHelp(type);
  const anchor = useRef<HTMLSpanElement>(null);
  const place = usePlaceBeside(anchor);
  const definition = definitionOf(type);
  const close = () => inspectorView.setState({ help: false });
  return (
    <>
      <span ref={anchor} hidden />
      {place === null || page === null
        ? null
        : createPortal(
            <aside
              className={style.panel}
              style={place}
              aria-label={t('inspector.helpOf', { name: page.title })}
              data-help=""
              onKeyDown={(event) => {
                if (event.key === 'Escape') close();
              }}
            >
              <div className={style.head}>
                <h3>{page.title}</h3>
                <IconButton small label={t('inspector.closeHelp')} icon={<X size={14} strokeWidth={1.75} />} onClick={close} />
              </div>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there */}
              <div className={style.body} tabIndex={0}>
                <MarkdownText text={page.text} />
                {definition === null ? null : <HelpFields fields={definition.fields} />}
              </div>
            </aside>,
            document.body,
          )}
    </>
  );
}

function useHelp(type: string): HelpPage | null {
  const [page, setPage] = useState<HelpPage | null>(null);
  const language = currentLanguage();
  useEffect(() => {
    let over = false;
    void helpOf(type, language).then((found) => (over ? undefined : setPage(found)));
    return () => {
      over = true;
    };
  }, [type, language]);
  return page;
}

/** To the left of the inspector, over the canvas; follows it when it is made wider. */
function usePlaceBeside(anchor: React.RefObject<HTMLElement | null>) {
  const [place, setPlace] = useState<{
    readonly top: number;
    readonly left: number;
    readonly width: number;
    readonly maxHeight: number;
  } | null>(null);
  useLayoutEffect(() => {
    const inspector = anchor.current?.closest<HTMLElement>('[data-inspector]');
    if (inspector === null || inspector === undefined) return undefined;
    const measure = () => {
      const box = inspector.getBoundingClientRect();
      const width = Math.min(WIDTH, Math.max(240, box.left - 2 * GAP));
      setPlace({ top: box.top + GAP, left: Math.max(GAP, box.left - width - GAP), width, maxHeight: box.height - 2 * GAP });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(inspector);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [anchor]);
  return place;
}
