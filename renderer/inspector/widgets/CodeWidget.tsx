/** Several lines of code, and what they may name. */
import { useTranslation } from 'react-i18next';
import type { CodeField as CodeFieldKind } from '../../../engine/spec/fields.ts';
import { CodeField } from '../../code/CodeField.tsx';
import { marksOf } from '../field-marks.ts';
import type { WidgetProps } from '../widget.ts';
import { optionalText, textOf } from '../widget.ts';
import style from './widgets.module.css';

export function CodeWidget({ id, field, label, value, problems, context, onChange }: WidgetProps<CodeFieldKind>) {
  const { t } = useTranslation();
  const declarations = field.language === 'typescript' ? (context.declarations?.() ?? null) : null;
  return (
    <>
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
      {declarations === null ? null : (
        <details className={style.declarations}>
          <summary>{t('field.codeNames')}</summary>
          <pre>{declarations}</pre>
        </details>
      )}
    </>
  );
}
