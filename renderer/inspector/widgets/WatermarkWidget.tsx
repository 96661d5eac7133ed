/** Event time: the column that carries it and how late rows may be, beside the disorder measured in the preview rows. */

import { parseDuration } from '../../../engine/spec/duration.ts';
import type { WatermarkField } from '../../../engine/spec/fields.ts';
import { formatShare } from '../../strings/figures.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { Select } from '../../ui/Select.tsx';
import inspector from '../inspector.module.css';
import type { WidgetProps } from '../widget.ts';
import { objectOf, textOf } from '../widget.ts';
import { columnOptions } from './column-options.ts';
import { DurationInput } from './DurationWidget.tsx';
import type { Disorder } from './disorder.ts';
import { coveredShare, disorderCurve, measureDisorder } from './disorder.ts';
import style from './widgets.module.css';

const FIRST_DELAY = '5 s';
const CURVE = { width: 132, height: 34, points: 48 };
const RANGE_MIN_MS = 1000;

export function WatermarkWidget({ id, field, value, problems, path, context, onChange }: WidgetProps<WatermarkField>) {
  const { t } = useTranslation();
  const rule = objectOf(value);
  const column = textOf(rule['column']);
  const delay = textOf(rule['delay']);
  const schema = context.schema(field.input);
  const times = columnOptions(schema, ['TIMESTAMP', 'TIMESTAMP_LTZ'], false);
  const bad = (part: string) => problems.some((problem) => problem.field === path || problem.field === `${path}.${part}`);
  const disorder = measureDisorder(context.sample(field.input), column);
  return (
    <div className={style.stack}>
      <Select
        id={id}
        code
        label={t('field.timeColumn')}
        value={column}
        options={times}
        placeholder={schema.fields.length === 0 ? t('field.noColumns') : t('field.chooseColumn')}
        invalid={bad('column')}
        onChange={(chosen) => onChange({ ...rule, column: chosen, delay: delay === '' ? FIRST_DELAY : delay })}
      />
      <div>
        <label className={inspector.label} htmlFor={`${id}-delay`}>
          {t('field.delay')}
        </label>
        <div className={style.delayLine}>
          <div className={style.half} data-path={`${path}.delay`}>
            <DurationInput
              id={`${id}-delay`}
              label={t('field.delay')}
              value={delay}
              invalid={bad('delay')}
              onChange={(text) => onChange({ ...rule, column, delay: text })}
            />
          </div>
          {disorder === null ? null : <DisorderCurve disorder={disorder} delayMs={parseDuration(delay)} />}
        </div>
      </div>
    </div>
  );
}

function DisorderCurve({ disorder, delayMs }: { readonly disorder: Disorder; readonly delayMs: number | null }) {
  const { t } = useTranslation();
  const worst = disorder.behindMs.at(-1) ?? 0;
  const rangeMs = Math.max(RANGE_MIN_MS, worst * 1.25, (delayMs ?? 0) * 1.6);
  const { width, height, points } = CURVE;
  const path = disorderCurve(disorder, rangeMs, points)
    .map((point, index) => `${index === 0 ? 'M' : 'L'}${(point.x * width).toFixed(1)} ${(height - 3 - point.y * (height - 8)).toFixed(1)}`)
    .join(' ');
  const line = delayMs === null ? null : Math.min(width - 1, (delayMs / rangeMs) * width);
  const covers = delayMs === null ? '' : t('field.covers', { share: formatShare(coveredShare(disorder, delayMs)) });
  return (
    <span className={style.disorder} data-disorder="">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${t('field.disorder')}: ${covers}`}>
        <path d={path} className={style.disorderLine} />
        {line === null ? null : <line x1={line} x2={line} y1={1} y2={height - 1} className={style.disorderDelay} />}
      </svg>
      <span className={style.covers}>{covers}</span>
    </span>
  );
}
