/** Below an expression: the type of its result at the left, what it answers on the sample at the right. */
import { Check, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { checkExpression } from '../../../engine/expressions/check/check-expression.ts';
import { printBare, printType } from '../../../engine/types/print-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { SampleAnswer, SampleRows } from '../../code/sample-value.ts';
import { answerOnSample } from '../../code/sample-value.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import style from './widgets.module.css';

interface ResultLineProps {
  readonly text: string;
  readonly schema: Schema;
  readonly sample: SampleRows | null;
  readonly timeZone: string;
  readonly condition: boolean;
  readonly focused: boolean;
}

export function ResultLine({ text, schema, sample, timeZone, condition, focused }: ResultLineProps) {
  const type = useMemo(() => expressionType(text, schema, timeZone), [text, schema, timeZone]);
  const answer = useMemo(() => answerOnSample(text, schema, sample, timeZone, condition), [text, schema, sample, timeZone, condition]);
  return type === null ? null : <ResultWords type={type} answer={answer} focused={focused} />;
}

interface ResultWordsProps {
  readonly type: { readonly shown: string; readonly full: string };
  readonly answer: SampleAnswer | null;
  readonly focused: boolean;
}

export function ResultWords({ type, answer, focused }: ResultWordsProps) {
  const { t } = useTranslation();
  return (
    <p className={style.result} data-expression-type="">
      <span className={style.resultType} title={`${t('field.result')}: ${type.full}`} data-truncates="">
        {type.shown}
      </span>
      {answer === null ? null : (
        <span
          className={classes(
            style.answer,
            answer.kind === 'share' && style.answerGood,
            answer.kind === 'failure' && style.answerBad,
            answer.kind === 'value' && focused && style.answerGood,
          )}
          title={answer.kind === 'value' ? answer.text : answer.kind === 'failure' ? answer.message : undefined}
          data-truncates=""
          data-sample-answer=""
        >
          {answer.kind === 'failure' ? <TriangleAlert size={11} strokeWidth={1.75} /> : null}
          {answer.kind === 'value' && focused ? <Check size={12} strokeWidth={1.75} /> : null}
          {answer.kind === 'share'
            ? t('field.trueOn', { fitting: answer.fitting, count: answer.rows })
            : answer.kind === 'value'
              ? `= ${answer.text}`
              : answer.message}
        </span>
      )}
    </p>
  );
}

export function expressionType(text: string, schema: Schema, timeZone: string): { readonly shown: string; readonly full: string } | null {
  if (text.trim() === '' || schema.fields.length === 0) return null;
  const checked = checkExpression(text, schema, { timeZone });
  return 'problems' in checked ? null : { shown: printBare(checked.type), full: printType(checked.type) };
}
