/** Several lines of code, and what they may name. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodeField as CodeFieldKind } from '../../../engine/spec/fields.ts';
import { useDesigner } from '../../app/designer.ts';
import { CodeField } from '../../code/CodeField.tsx';
import { TypeScriptText } from '../../code/Coloured.tsx';
import { marksOf } from '../field-marks.ts';
import { codeKey } from '../large-code.ts';
import type { WidgetProps } from '../widget.ts';
import { optionalText, textOf } from '../widget.ts';
import { codeContextOf } from './code-context-of.ts';
import style from './widgets.module.css';

export function CodeWidget({ id, field, label, value, problems, path, context, onChange }: WidgetProps<CodeFieldKind>) {
  const { t } = useTranslation();
  const { typeChecks, documents } = useDesigner();
  const code = codeContextOf(field, context);
  const typed = code.declarations !== undefined;
  useEffect(() => {
    if (typed) typeChecks.begin();
  }, [typed, typeChecks]);
  const { nodeId } = context;
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
        keep={nodeId === null ? undefined : codeKey(documents.getState().document.id, { nodeId, field: path })}
        onChange={(text) => onChange(optionalText(text, field))}
      />
      {code.declarations === undefined ? null : (
        <details className={style.declarations}>
          <summary>{t('field.codeNames')}</summary>
          <pre>
            <TypeScriptText text={code.declarations} />
          </pre>
        </details>
      )}
    </>
  );
}
