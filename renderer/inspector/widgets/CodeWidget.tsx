/** Several lines of code. */
import type { CodeField } from '../../../engine/spec/fields.ts';
import type { WidgetProps } from '../widget.ts';
import { optionalText, textOf } from '../widget.ts';
import { CodeInput } from './CodeInput.tsx';

export function CodeWidget({ id, field, label, value, problems, onChange }: WidgetProps<CodeField>) {
  return (
    <CodeInput
      id={id}
      label={label}
      value={textOf(value)}
      multiline
      invalid={problems.length > 0}
      onChange={(text) => onChange(optionalText(text, field.required))}
    />
  );
}
