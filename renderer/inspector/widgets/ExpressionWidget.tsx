/** An expression over the arriving columns: its type beside it, errors underlined where they are. */
import { useTranslation } from 'react-i18next';
import { checkExpression } from '../../../engine/expressions/check/check-expression.ts';
import type { ExpressionField } from '../../../engine/spec/fields.ts';
import { printType } from '../../../engine/types/print-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import { expressionCompletions } from '../completions.ts';
import type { WidgetProps } from '../widget.ts';
import { textOf } from '../widget.ts';
import { CodeInput } from './CodeInput.tsx';
import style from './widgets.module.css';

export function ExpressionWidget({ id, field, label, value, problems, context, onChange }: WidgetProps<ExpressionField>) {
  const { t } = useTranslation();
  const schema = context.schema(field.input);
  const text = textOf(value);
  return (
    <>
      <CodeInput
        id={id}
        label={label}
        value={text}
        invalid={problems.length > 0}
        placeholder={t('field.expression')}
        underline={problems.find((problem) => problem.range !== undefined)?.range}
        complete={expressionCompletions(schema)}
        onChange={(next) => onChange(next === '' && !field.required ? undefined : next)}
      />
      <TypeLine text={text} schema={schema} timeZone={context.timeZone} />
    </>
  );
}

/** The result's type as one types; quiet while there is none. */
export function TypeLine({ text, schema, timeZone }: { readonly text: string; readonly schema: Schema; readonly timeZone: string }) {
  const { t } = useTranslation();
  const type = expressionType(text, schema, timeZone);
  return type === null ? null : (
    <p className={style.typeLine} title={t('field.result')} data-expression-type="">
      {type}
    </p>
  );
}

export function expressionType(text: string, schema: Schema, timeZone: string): string | null {
  if (text.trim() === '' || schema.fields.length === 0) return null;
  const checked = checkExpression(text, schema, { timeZone });
  return 'problems' in checked ? null : printType(checked.type);
}
