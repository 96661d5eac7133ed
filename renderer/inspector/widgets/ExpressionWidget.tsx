/** An expression over the arriving columns: its type and its answer on the sample below it, errors underlined where they are. */
import { useState } from 'react';
import type { ExpressionField } from '../../../engine/spec/fields.ts';
import { joinedSchema } from '../../../engine/spec/join-inputs.ts';
import { CodeField } from '../../code/CodeField.tsx';
import { useTranslation } from '../../strings/use-translation.ts';
import { marksOf } from '../field-marks.ts';
import type { WidgetProps } from '../widget.ts';
import { optionalText, textOf } from '../widget.ts';
import { ResultLine } from './ResultLine.tsx';

export function ExpressionWidget({ id, field, label, value, problems, context, onChange }: WidgetProps<ExpressionField>) {
  const { t } = useTranslation();
  const [focused, setFocused] = useState(false);
  const { input, joined } = field;
  const schema = joined === undefined ? context.schema(input) : joinedSchema(context.schema(input), context.schema(joined));
  const text = textOf(value);
  return (
    <>
      <CodeField
        id={id}
        label={label}
        value={text}
        invalid={problems.length > 0}
        placeholder={t('field.expression')}
        context={{ mode: 'expression', schema }}
        marks={marksOf(problems)}
        onFocusChange={setFocused}
        onChange={(next) => onChange(optionalText(next, field))}
      />
      <ResultLine
        text={text}
        schema={schema}
        sample={joined === undefined ? context.sample(input) : null}
        timeZone={context.timeZone}
        condition={field.returns === 'BOOLEAN'}
        focused={focused}
      />
    </>
  );
}
