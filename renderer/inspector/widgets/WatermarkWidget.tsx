/** Event time: the column that carries it and how late rows may be. */
import { useTranslation } from 'react-i18next';
import type { WatermarkField } from '../../../engine/spec/fields.ts';
import { Select } from '../../ui/Select.tsx';
import inspector from '../inspector.module.css';
import type { WidgetProps } from '../widget.ts';
import { objectOf, textOf } from '../widget.ts';
import { columnOptions } from './ColumnWidget.tsx';
import { DurationInput } from './DurationWidget.tsx';
import style from './widgets.module.css';

const FIRST_DELAY = '5 s';

export function WatermarkWidget({ id, field, value, problems, path, context, onChange }: WidgetProps<WatermarkField>) {
  const { t } = useTranslation();
  const rule = objectOf(value);
  const column = textOf(rule['column']);
  const delay = textOf(rule['delay']);
  const schema = context.schema(field.input);
  const times = columnOptions(schema, ['TIMESTAMP', 'TIMESTAMP_LTZ'], false);
  const bad = (part: string) => problems.some((problem) => problem.field === path || problem.field === `${path}.${part}`);
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
        <div className={style.half}>
          <DurationInput
            id={`${id}-delay`}
            label={t('field.delay')}
            value={delay}
            invalid={bad('delay')}
            onChange={(text) => onChange({ ...rule, column, delay: text })}
          />
        </div>
      </div>
    </div>
  );
}
