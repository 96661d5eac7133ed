/** A node as it stands in the file: read-only JSON, coloured, to be copied. */
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { Tokens } from '../code/Coloured.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import style from './inspector.module.css';

const SAID_MS = 1600;

export function SpecCode({ node }: { readonly node: NodeSpec }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const text = JSON.stringify(node, null, 2);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  const icon = { size: 13, strokeWidth: 1.75 };
  return (
    <div className={style.spec}>
      <div className={style.specHead}>
        <span>{t('inspector.codeTitle')}</span>
        <Button small look="ghost" icon={copied ? <Check {...icon} /> : <Copy {...icon} />} onClick={copy}>
          {copied ? t('inspector.copied') : t('inspector.copy')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there */}
      <section className={style.specText} tabIndex={0} aria-label={t('inspector.codeTitle')}>
        <Tokens text={text} />
      </section>
    </div>
  );
}
