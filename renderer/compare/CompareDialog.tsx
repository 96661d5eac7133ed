/** Two versions of a pipeline: one drawing of both at the left, the list of differences with their fields at the right. */
import { ArrowDown, ArrowUp, GitCompareArrows } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Modal } from '../ui/Modal.tsx';
import { ChangeBadge } from './ChangeBadge.tsx';
import { CompareDrawing } from './CompareDrawing.tsx';
import style from './compare.module.css';
import type { CompareRequest } from './compare-request.ts';
import { DifferenceDetail } from './DifferenceDetail.tsx';
import { DifferenceList } from './DifferenceList.tsx';
import type { ChangeKind, Difference } from './differences.ts';
import { differencesOf } from './differences.ts';
import { mergeVersions } from './merged.ts';

const ICON = { size: 15, strokeWidth: 1.75 };
const KINDS: readonly ChangeKind[] = ['added', 'changed', 'removed'];

export function CompareDialog({ request, onClose }: { readonly request: CompareRequest; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { before, after, ways } = request;
  const differences = useMemo(() => differencesOf(before.document, after.document), [before, after]);
  const merged = useMemo(() => mergeVersions(before.document, after.document, differences), [before, after, differences]);
  const [key, choose] = useState('');
  const chosen = differences.find((difference) => difference.key === key) ?? differences[0] ?? null;
  const step = useCallback(
    (by: number) => {
      if (chosen === null) return;
      const place = (differences.indexOf(chosen) + by + differences.length) % differences.length;
      choose(differences[place].key);
    },
    [differences, chosen],
  );
  useWalkKeys(step);
  return (
    <Modal
      title={t('compare.title', { name: after.document.name })}
      lead={t('compare.versions', { before: before.title, after: after.title })}
      full
      icon={<GitCompareArrows size={18} strokeWidth={1.75} />}
      footStart={chosen === null ? undefined : <Walk differences={differences} chosen={chosen} onStep={step} />}
      foot={
        <>
          {ways.map((way) => (
            <Button key={way.label} look={way.primary === true ? 'primary' : 'raised'} onClick={way.run}>
              {way.label}
            </Button>
          ))}
          <Button onClick={onClose}>{t('common.close')}</Button>
        </>
      }
      onClose={onClose}
    >
      {chosen === null ? (
        <Empty title={t('compare.same')} text={t('compare.sameText')} />
      ) : (
        <>
          <CompareDrawing merged={merged} after={after.document} differences={differences} chosen={chosen} onChoose={choose} />
          <div className={style.side}>
            <Counts differences={differences} />
            <DifferenceList merged={merged} differences={differences} chosen={chosen} onChoose={choose} />
            <div className={style.detail} aria-live="polite">
              <DifferenceDetail difference={chosen} />
            </div>
          </div>
        </>
      )}
    </Modal>
  );
}

function Counts({ differences }: { readonly differences: readonly Difference[] }) {
  const { t } = useTranslation();
  return (
    <p className={style.counts}>
      {KINDS.map((kind) => (
        <span key={kind} data-count={kind}>
          <ChangeBadge change={kind} />
          {t(`compare.${kind}`, { count: differences.filter((difference) => difference.change === kind).length })}
        </span>
      ))}
    </p>
  );
}

interface WalkProps {
  readonly differences: readonly Difference[];
  readonly chosen: Difference;
  readonly onStep: (by: number) => void;
}

function Walk({ differences, chosen, onStep }: WalkProps) {
  const { t } = useTranslation();
  return (
    <>
      <IconButton label={t('compare.previous')} keys="Shift F8" side="top" icon={<ArrowUp {...ICON} />} onClick={() => onStep(-1)} />
      <IconButton label={t('compare.next')} keys="F8" side="top" icon={<ArrowDown {...ICON} />} onClick={() => onStep(1)} />
      <span>{t('compare.place', { index: differences.indexOf(chosen) + 1, count: differences.length })}</span>
    </>
  );
}

/** The keys that walk through problems walk through differences here. */
function useWalkKeys(step: (by: number) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F8') return;
      event.preventDefault();
      event.stopPropagation();
      step(event.shiftKey ? -1 : 1);
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [step]);
}
