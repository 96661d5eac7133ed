/** Spacing, radius, elevation, motion and icons of the tokens. */
import { Braces, Brain, Clock3, Database, Merge, Network, Radio, Regex, Table2, Waypoints } from 'lucide-react';
import { useTranslation } from '../strings/use-translation.ts';
import { MOTIONS, RADII, SHADOWS, SPACES, tokenValue } from './token-list.ts';
import style from './tokens.module.css';

const ICONS = [Radio, Braces, Clock3, Waypoints, Database, Merge, Regex, Brain, Network, Table2];

/** The build may write 140 ms as .14s. */
function durationOf(value: string): string {
  const figure = Number.parseFloat(value);
  return `${Math.round(value.endsWith('ms') ? figure : figure * 1000)} ms`;
}

export function Measures() {
  const { t } = useTranslation();
  return (
    <section className={style.measures}>
      <h3 className={style.head}>{t('gallery.tokens.spacing')}</h3>
      <ul className={style.spaces}>
        {SPACES.map((space) => (
          <li key={space}>
            <i style={{ width: space, height: space }} />
            {space}
          </li>
        ))}
      </ul>
      <h3 className={style.head}>{t('gallery.tokens.radius')}</h3>
      <ul className={style.boxes}>
        {RADII.map((name) => (
          <li key={name}>
            <i style={{ borderRadius: `var(--radius-${name})` }} />
            {Number.parseInt(tokenValue(`radius-${name}`), 10)} {t(`gallery.tokens.radiusOf.${name}`)}
          </li>
        ))}
      </ul>
      <h3 className={style.head}>{t('gallery.tokens.elevation')}</h3>
      <ul className={style.boxes}>
        {SHADOWS.map((name) => (
          <li key={name}>
            <i className={style.raised} style={{ boxShadow: `0 0 0 1px var(--line2), var(--shadow-${name})` }} />
            {t(`gallery.tokens.shadowOf.${name}`)}
          </li>
        ))}
      </ul>
      <h3 className={style.head}>{t('gallery.tokens.motion')}</h3>
      <dl className={style.motions}>
        {MOTIONS.map((name) => (
          <div key={name}>
            <dt>{durationOf(tokenValue(name))}</dt>
            <dd>{t(`gallery.tokens.motionOf.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <h3 className={style.head}>{t('gallery.tokens.icons')}</h3>
      <p className={style.icons}>
        {ICONS.map((Icon) => (
          <Icon key={Icon.displayName} size={16} strokeWidth={1.75} aria-hidden="true" />
        ))}
      </p>
    </section>
  );
}
