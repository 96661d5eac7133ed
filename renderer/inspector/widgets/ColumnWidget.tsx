/** One of the columns that reach the node, with its type beside it. */

import type { ColumnField } from '../../../engine/spec/fields.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { Select } from '../../ui/Select.tsx';
import type { WidgetProps } from '../widget.ts';
import { textOf } from '../widget.ts';
import { columnOptions } from './column-options.ts';

const NONE = '\u0000';

export function ColumnWidget({ id, field, label, value, problems, context, onChange }: WidgetProps<ColumnField>) {
  const { t } = useTranslation();
  const schema = context.schema(field.input);
  const options = columnOptions(schema, field.types, field.nested);
  const all = field.required ? options : [{ value: NONE, label: t('common.none') }, ...options];
  return (
    <Select
      id={id}
      code
      label={label}
      value={textOf(value)}
      options={all}
      placeholder={schema.fields.length === 0 ? t('field.noColumns') : t('field.chooseColumn')}
      invalid={problems.length > 0}
      onChange={(chosen) => onChange(chosen === NONE ? undefined : chosen)}
    />
  );
}
