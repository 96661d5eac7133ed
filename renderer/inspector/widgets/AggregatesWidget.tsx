/** Aggregates as a list of output column and call, each with its result type. */
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { aggregateResultType } from '../../../engine/expressions/aggregates.ts';
import { parseAggregate } from '../../../engine/spec/aggregate-text.ts';
import { resolveColumn } from '../../../engine/spec/column-path.ts';
import type { AggregatesField } from '../../../engine/spec/fields.ts';
import { printType } from '../../../engine/types/print-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { aggregateCompletions } from '../completions.ts';
import type { WidgetProps } from '../widget.ts';
import { listOf, objectOf, problemsAt, textOf, withItem } from '../widget.ts';
import { CodeInput } from './CodeInput.tsx';
import { freeName } from './NamedExpressionsWidget.tsx';
import style from './widgets.module.css';

export function AggregatesWidget({ field, value, problems, path, context, onChange }: WidgetProps<AggregatesField>) {
  const { t } = useTranslation();
  const entries = listOf(value).map(objectOf);
  const schema = context.schema(field.input);
  const complete = aggregateCompletions(schema);
  return (
    <div className={style.stack}>
      {entries.map((entry, index) => {
        const own = problemsAt(problems, `${path}[${index}]`);
        const name = textOf(entry['name']);
        const expression = textOf(entry['expression']);
        const type = aggregateType(expression, schema);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
          <div key={index} className={style.entry} data-invalid={own.length > 0}>
            <div className={style.entryHead}>
              <input
                className={style.entryName}
                aria-label={`${t('field.outputName')} ${index + 1}`}
                value={name}
                spellCheck={false}
                onChange={(event) => onChange(withItem(entries, index, { ...entry, name: event.target.value }))}
              />
              <IconButton
                small
                label={t('field.remove', { name })}
                icon={<X size={13} strokeWidth={1.75} />}
                onClick={() => onChange(withItem(entries, index, undefined))}
              />
            </div>
            <CodeInput
              label={`${t('field.functionName')} ${index + 1}`}
              value={expression}
              invalid={own.some((problem) => problem.field?.endsWith('.expression'))}
              placeholder="COUNT(*)"
              complete={complete}
              onChange={(text) => onChange(withItem(entries, index, { ...entry, expression: text }))}
            />
            {type === null ? null : <p className={style.typeLine}>{type}</p>}
          </div>
        );
      })}
      <Button
        small
        look="ghost"
        className={style.add}
        icon={<Plus size={14} strokeWidth={1.75} />}
        onClick={() =>
          onChange([
            ...entries,
            {
              name: freeName(
                'value',
                entries.map((entry) => textOf(entry['name'])),
              ),
              expression: '',
            },
          ])
        }
      >
        {t('field.addAggregate')}
      </Button>
    </div>
  );
}

function aggregateType(text: string, schema: Schema): string | null {
  const call = parseAggregate(text);
  if (call === null) return null;
  const column = call.column === null ? null : resolveColumn(schema, call.column);
  if (call.column !== null && column === null) return null;
  const type = aggregateResultType(call.function, column?.type ?? null);
  return 'refused' in type ? null : printType(type);
}
