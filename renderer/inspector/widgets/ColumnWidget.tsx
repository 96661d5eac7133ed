/** One of the columns that reach the node, with its type beside it. */
import { Clock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { listColumns } from '../../../engine/spec/column-path.ts';
import type { ColumnField } from '../../../engine/spec/fields.ts';
import type { TypeKind } from '../../../engine/types/logical-type.ts';
import { printType } from '../../../engine/types/print-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { SelectOption } from '../../ui/Select.tsx';
import { Select } from '../../ui/Select.tsx';
import type { WidgetProps } from '../widget.ts';
import { textOf } from '../widget.ts';
import style from './widgets.module.css';

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

export function columnOptions(
  schema: Schema,
  types: readonly TypeKind[] | undefined,
  nested: boolean | undefined,
): readonly SelectOption[] {
  const top = new Set(schema.fields.map((candidate) => candidate.name));
  return listColumns(schema)
    .filter((column) => (types === undefined || types.includes(column.type.kind)) && (nested !== false || top.has(column.path)))
    .map((column) => ({
      value: column.path,
      label: column.path,
      note: printType(column.type),
      icon:
        column.type.kind === 'TIMESTAMP' || column.type.kind === 'TIMESTAMP_LTZ' ? (
          <Clock size={13} strokeWidth={1.75} className={style.timeIcon} />
        ) : undefined,
    }));
}
