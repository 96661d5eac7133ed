/** The tokens with their measured contrast, and the controls that are made of them; values are read from the page itself. */
import type { LucideIcon } from 'lucide-react';
import { Braces, Brain, Clock3, Database, Merge, Radio, Regex } from 'lucide-react';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { Mark } from '../ui/Mark.tsx';
import { Controls } from './Controls.tsx';
import { Measures } from './Measures.tsx';
import type { TintName, TokenSample } from './token-list.ts';
import { contrastOf, MEANINGS, SURFACES, TINTS, TYPE_SCALE, tokenValue } from './token-list.ts';
import style from './tokens.module.css';

/** Text below 4.5 is none: what is drawn needs 3. */
const TEXT_RATIO = 4.5;
const TINT_ICONS: { readonly [T in TintName]: LucideIcon } = {
  io: Radio,
  transform: Braces,
  time: Clock3,
  state: Database,
  join: Merge,
  cep: Regex,
  ml: Brain,
};

export function TokensPart() {
  const { t } = useTranslation();
  const theme = document.documentElement.dataset['theme'] === 'light' ? t('gallery.tokens.light') : t('gallery.tokens.dark');
  return (
    <div className={style.page}>
      <h2 className={style.title}>
        <Mark />
        {t('gallery.tokens.title', { theme })}
      </h2>
      <div className={style.columns}>
        <Swatches title={t('gallery.tokens.surfaces')} samples={SURFACES} />
        <Swatches title={t('gallery.tokens.meanings')} samples={MEANINGS} />
        <TypeScale />
        <Measures />
      </div>
      <h3 className={classes(style.head, style.ruled)}>{t('gallery.tokens.tints')}</h3>
      <ul className={style.tints}>
        {TINTS.map((tint) => (
          <li key={tint}>
            <TintTile tint={tint} />
            {t(`gallery.tokens.tint.${tint}`)}
          </li>
        ))}
      </ul>
      <Controls />
    </div>
  );
}

function TintTile({ tint }: { readonly tint: TintName }) {
  const Icon = TINT_ICONS[tint];
  return (
    <i style={{ background: `var(--tile-${tint})`, color: `var(--glyph-${tint})` }}>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
    </i>
  );
}

function Swatches({ title, samples }: { readonly title: string; readonly samples: readonly TokenSample[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className={style.head}>{title}</h3>
      <ul className={style.swatches}>
        {samples.map(({ name, on }) => (
          <li key={name}>
            <i className={style.swatch} style={{ background: `var(--${name})` }} />
            <span>
              <strong>{name}</strong> <code>{tokenValue(name)}</code>
              <small>{t(`gallery.tokens.role.${name}`)}</small>
            </span>
            {on === null ? null : <Ratio ratio={contrastOf(tokenValue(name), tokenValue(on))} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ratio({ ratio }: { readonly ratio: number }) {
  return <span className={classes(style.ratio, ratio >= TEXT_RATIO && style.readable)}>{ratio.toFixed(1)} : 1</span>;
}

function TypeScale() {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className={style.head}>{t('gallery.tokens.type')}</h3>
      <ul className={style.scale}>
        {TYPE_SCALE.map(({ key, size, line, weight, code }) => (
          <li key={key}>
            <p
              style={{
                font: `${weight} ${size}px / ${line}px var(--font-${code ? 'code' : 'ui'})`,
                letterSpacing: size >= 18 ? '-0.015em' : undefined,
              }}
            >
              {t(`gallery.tokens.sample.${key}`)}
            </p>
            <code>
              {size} / {line} · {weight}
            </code>
          </li>
        ))}
        <li>
          <p lang="zh">{t('gallery.tokens.sample.chinese')}</p>
        </li>
      </ul>
    </section>
  );
}
