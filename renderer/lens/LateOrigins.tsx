/** Where late rows come from, as bars. */
import { useMemo } from 'react';
import type { NodeTime } from '../../engine/host/contract.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { senderWords } from './CauseWords.tsx';
import { senderOf } from './causes.ts';
import style from './late.module.css';
import type { LateLine } from './late-cells.ts';
import type { LateOrigin } from './late-origins.ts';
import { lateOrigins } from './late-origins.ts';

interface LateOriginsProps {
  readonly time: NodeTime;
  readonly lines: readonly LateLine[];
  readonly keys: readonly string[];
}

export function LateOrigins({ time, lines, keys }: LateOriginsProps) {
  const { documents } = useDesigner();
  const { t } = useTranslation();
  const document = useStore(documents, (state) => state.document);
  const origins = useMemo(() => lateOrigins(time, lines, keys), [time, lines, keys]);
  if (origins.length === 0) return null;
  const words = ({ kind, channel, key }: LateOrigin): string => {
    if (kind === 'key') return key.join(' · ');
    if (kind === 'others' || channel === null) return t('late.others');
    const sender = senderOf(time, channel);
    const files = (sender.splits ?? []).map((split) => split.split('/').at(-1) ?? split);
    return [senderWords(t, document, sender), ...files].join(' · ');
  };
  return (
    <section className={style.origins} aria-label={t('late.origins')}>
      <h3>{t('late.origins')}</h3>
      <ul>
        {origins.map((origin) => (
          <li
            key={`${origin.kind} ${words(origin)}`}
            data-origin={origin.channel === null ? origin.key.join(' ') : `${origin.channel.nodeId} ${origin.channel.subtask}`}
          >
            <span className={style.originName} data-truncates="" title={words(origin)}>
              {words(origin)}
            </span>
            <span className={style.originShare}>{Math.round(origin.share * 100)}%</span>
            <span className={style.originBar}>
              <i style={{ width: `${origin.share * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
