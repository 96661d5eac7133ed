/** Several lines of code. */
import type { CodeField as CodeFieldKind } from '../../../engine/spec/fields.ts';
import { CodeField } from '../../code/CodeField.tsx';
import { marksOf } from '../field-marks.ts';
import type { WidgetProps } from '../widget.ts';
import { optionalText, textOf } from '../widget.ts';

export function CodeWidget({ id, field, label, value, problems, context, onChange }: WidgetProps<CodeFieldKind>) {
  return (
    <CodeField
      id={id}
      label={label}
      value={textOf(value)}
      multiline
      invalid={problems.length > 0}
      context={{ mode: field.language === 'json' ? 'json' : 'plain', schema: context.schema() }}
      marks={marksOf(problems)}
      onChange={(text) => onChange(optionalText(text, field.required))}
    />
  );
}
