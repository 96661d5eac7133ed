/** Several lines of code, and what they may name. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodeField as CodeFieldKind } from '../../../engine/spec/fields.ts';
import { useDesigner } from '../../app/designer.ts';
import { CodeField } from '../../code/CodeField.tsx';
import type { CodeContext } from '../../code/code-context.ts';
import { marksOf } from '../field-marks.ts';
import type { WidgetProps } from '../widget.ts';
import { optionalText, textOf } from '../widget.ts';
import style from './widgets.module.css';

export function CodeWidget({ id, field, label, value, problems, context, onChange }: WidgetProps<CodeFieldKind>) {
  const { t } = useTranslation();
  const { typeChecks } = useDesigner();
  const declarations = field.language === 'typescript' ? (context.declarations?.() ?? null) : null;
  const typed = declarations !== null;
  useEffect(() => {
    if (typed) typeChecks.begin();
  }, [typed, typeChecks]);
  const code: CodeContext =
    declarations === null
      ? { mode: field.language === 'json' ? 'json' : 'plain', schema: context.schema() }
      : { mode: 'typescript', schema: context.schema(), declarations };
  return (
    <>
      <CodeField
        id={id}
        label={label}
        value={textOf(value)}
        multiline
        invalid={problems.some(({ severity }) => severity === 'error')}
        context={code}
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
