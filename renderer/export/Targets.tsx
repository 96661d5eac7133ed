/** What the pipeline can be exported to, each with how much of it carries over. */
import { Braces, Check, CircleAlert, CodeXml, Image as ImageIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import style from './export.module.css';
import type { ExportTarget, TextExports } from './export-texts.ts';
import { fateOf } from './export-texts.ts';

const ICON = { size: 17, strokeWidth: 1.75 };

interface TargetsProps {
  readonly target: ExportTarget;
  readonly exports: TextExports;
  readonly leftOut: Pick<ReadonlySet<string>, 'has'>;
  readonly onChoose: (target: ExportTarget) => void;
}

export function Targets({ target, exports, leftOut, onChoose }: TargetsProps) {
  const { t } = useTranslation();
  const nodes = useStore(useDesigner().documents, (state) => state.document.nodes);
  const made = exports['flink-sql'];
  const fates = nodes.map((node) => fateOf(node.id, 'flink-sql', made, leftOut));
  const carried = fates.filter((fate) => fate === 'same' || fate === 'note').length;
  const whole = made !== null && made.failure === null && fates.every((fate) => fate === 'same');
  const sqlState = (): string | null => {
    if (made === null) return null;
    if (made.failure !== null) return t('export.refused');
    if (carried < nodes.length) return t('export.some', { carried, count: nodes.length });
    return whole ? t('export.everything') : t('export.withNotesCount', { count: fates.filter((fate) => fate === 'note').length });
  };
  const entries: readonly {
    readonly id: ExportTarget;
    readonly icon: ReactNode;
    readonly state: string | null;
    readonly whole: boolean;
  }[] = [
    { id: 'spec', icon: <Braces {...ICON} />, state: t('export.everything'), whole: true },
    { id: 'flink-sql', icon: <CodeXml {...ICON} />, state: sqlState(), whole },
    { id: 'image', icon: <ImageIcon {...ICON} />, state: t('export.imageState'), whole: true },
  ];
  return (
    <div role="radiogroup" aria-label={t('export.target')} className={style.targetList}>
      {entries.map((entry) => (
        <label key={entry.id} className={classes(style.target, target === entry.id && style.targetChosen)}>
          <input
            type="radio"
            name="export-target"
            className="visually-hidden"
            checked={target === entry.id}
            data-dialog-focus={target === entry.id ? '' : undefined}
            onChange={() => onChoose(entry.id)}
          />
          {entry.icon}
          <span>
            <strong>{t(`export.targets.${entry.id}`)}</strong>
            {entry.state === null ? null : (
              <span className={entry.whole ? style.stateWhole : style.statePart}>
                {entry.whole ? <Check size={13} strokeWidth={2} /> : <CircleAlert size={13} strokeWidth={1.75} />}
                {entry.state}
              </span>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}
