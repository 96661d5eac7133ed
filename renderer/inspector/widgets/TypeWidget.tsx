/** A Flink SQL type, completed as it is typed. */
import type { TypeField } from '../../../engine/spec/fields.ts';
import { CodeField } from '../../code/CodeField.tsx';
import { marksOf } from '../field-marks.ts';
import type { WidgetProps } from '../widget.ts';
import { optionalText, textOf } from '../widget.ts';

const CONTEXT = { mode: 'type' as const, schema: { fields: [] } };

export function TypeWidget({ id, field, label, value, problems, onChange }: WidgetProps<TypeField>) {
  return (
    <CodeField
      id={id}
      label={label}
      value={textOf(value)}
      invalid={problems.length > 0}
      placeholder={field.placeholder}
      context={CONTEXT}
      marks={marksOf(problems)}
      onChange={(text) => onChange(optionalText(text, field))}
    />
  );
}
