/** The text as it would be written: numbered lines in the colours of code, copied with one click. */
import { Check, Copy } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { tokenize } from '../code/highlight.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { IconButton } from '../ui/IconButton.tsx';
import style from './export.module.css';

/** More than anybody reads here; the file has everything. */
const LINES_MAX = 1500;
const COPIED_MS = 1600;
const STATEMENT_WORDS = new Set(
  'SET CREATE TEMPORARY TABLE VIEW WITH SELECT WHERE GROUP BY ORDER PARTITION INSERT INTO EXECUTE STATEMENT BEGIN WATERMARK UNION ALL JOIN ON LEFT INNER OVER TUMBLE HOP SESSION CUMULATE DESCRIPTOR LIMIT'.split(
    ' ',
  ),
);

export function CodePreview({ name, text }: { readonly name: string; readonly text: string }) {
  const { t } = useTranslation();
  const lines = useMemo(() => text.replace(/\n$/, '').split('\n'), [text]);
  return (
    <div className={style.preview}>
      <header className={style.previewHead}>
        <span className={style.fileTab} data-truncates="" title={name}>
          {name}
        </span>
        <CopyButton text={text} label={t('export.copyText')} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={style.code} aria-label={t('export.preview', { name })} tabIndex={0}>
        <ol>
          {lines.slice(0, LINES_MAX).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <li key={index}>
              <CodeLine text={line} />
            </li>
          ))}
        </ol>
        {lines.length > LINES_MAX ? <p className={style.more}>{t('export.moreLines', { count: lines.length - LINES_MAX })}</p> : null}
      </section>
    </div>
  );
}

function CodeLine({ text }: { readonly text: string }) {
  return tokenize(text).map((token) => {
    const kind = token.kind === 'plain' && STATEMENT_WORDS.has(token.text) ? 'keyword' : token.kind;
    return kind === 'plain' ? (
      token.text
    ) : (
      <span key={token.start} className={style[`token-${kind}`]}>
        {token.text}
      </span>
    );
  });
}

export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <IconButton
      label={copied ? t('export.copied') : label}
      disabled={text === ''}
      icon={copied ? <Check size={15} strokeWidth={2} /> : <Copy size={15} strokeWidth={1.75} />}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    />
  );
}
