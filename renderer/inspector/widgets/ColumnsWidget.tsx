/** Several columns as chips, with a list of those that are left. */
import { ChevronDown, KeyRound, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ColumnsField } from '../../../engine/spec/fields.ts';
import { classes } from '../../ui/classes.ts';
import controls from '../../ui/controls.module.css';
import { Menu } from '../../ui/Menu.tsx';
import type { WidgetProps } from '../widget.ts';
import { listOf, textOf } from '../widget.ts';
import { columnOptions } from './ColumnWidget.tsx';
import style from './widgets.module.css';

export function ColumnsWidget({ id, field, label, value, problems, context, path, onChange }: WidgetProps<ColumnsField>) {
  const { t } = useTranslation();
  const chosen = listOf(value).map(textOf);
  const schema = context.schema(field.input);
  const left = columnOptions(schema, field.types, field.nested).filter((option) => !chosen.includes(option.value));
  return (
    <fieldset className={classes(controls.input, style.chips)} aria-labelledby={`${id}-label`} aria-invalid={problems.length > 0}>
      {chosen.map((column, index) => (
        <span
          key={column}
          className={classes(style.chip, problems.some((problem) => problem.field === `${path}[${index}]`) && style.chipBad)}
        >
          <KeyRound size={12} strokeWidth={1.75} />
          {column}
          <button
            type="button"
            aria-label={t('field.removeColumn', { column })}
            onClick={() => onChange(chosen.filter((name) => name !== column))}
          >
            <X size={12} strokeWidth={2} />
          </button>
        </span>
      ))}
      <Menu
        trigger={
          <button
            id={id}
            type="button"
            className={style.addChip}
            aria-label={`${label}: ${t('field.addColumn')}`}
            disabled={left.length === 0}
          >
            <span>{schema.fields.length === 0 ? t('field.noColumns') : t('field.addColumn')}</span>
            <ChevronDown size={14} strokeWidth={1.75} />
          </button>
        }
        groups={[
          {
            items: left.map((option) => ({
              id: option.value,
              label: option.value,
              keys: option.note,
              run: () => onChange([...chosen, option.value]),
            })),
          },
        ]}
      />
    </fieldset>
  );
}
