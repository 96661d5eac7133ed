/** Says when a page does not show all rows of a result, or some of them twice. */

import type { RunStatus } from '../../engine/host/contract.ts';
import { formatInteger } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Tip } from '../ui/Tip.tsx';
import style from './results.module.css';
import type { Results } from './use-results.ts';

export function ResultNotes({ results, run }: { readonly results: Results; readonly run: RunStatus }) {
  const { t } = useTranslation();
  const { changes, total, missing, fromStart } = results;
  return (
    <>
      {missing === 0 ? null : fromStart ? (
        <Note
          name="newest"
          label={t('results.newestOnly', { shown: formatInteger(changes.length), total: formatInteger(total) })}
          text={t('results.newestOnlyText')}
        />
      ) : (
        <Note name="sampled" label={t('results.sampled')} text={t('results.sampledText')} />
      )}
      {run.attempt > 1 ? <Note name="repeated" label={t('results.repeated')} text={t('results.repeatedText')} /> : null}
    </>
  );
}

function Note({ name, label, text }: { readonly name: string; readonly label: string; readonly text: string }) {
  return (
    <Tip label={text}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the tip is for the keyboard too */}
      <span className={style.note} data-note={name} tabIndex={0}>
        {label}
        <span className={style.unseen}>: {text}</span>
      </span>
    </Tip>
  );
}
