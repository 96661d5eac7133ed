/** Aggregates as cards: output column and call, the type of the result and its value on the sample. */
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { aggregateResultType } from '../../../engine/expressions/aggregates.ts';
import { parseAggregate } from '../../../engine/spec/aggregate-text.ts';
import { resolveColumn } from '../../../engine/spec/column-path.ts';
import type { AggregatesField } from '../../../engine/spec/fields.ts';
import type { LogicalType } from '../../../engine/types/logical-type.ts';
import { printBare, printType } from '../../../engine/types/print-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { SampleAnswer, SampleRows } from '../../code/sample-value.ts';
import { readerOf, showValue } from '../../code/sample-value.ts';
import { Button } from '../../ui/Button.tsx';
import { marksOf } from '../field-marks.ts';
import { RenameNote } from '../RenameNote.tsx';
import type { WidgetProps } from '../widget.ts';
import { listOf, moveItem, objectOf, problemsAt, textOf, withItem } from '../widget.ts';
import { EntryCard } from './EntryCard.tsx';
import { freeName } from './free-name.ts';
import { editName, namesOf } from './NamedExpressionsWidget.tsx';
import { ResultWords } from './ResultLine.tsx';
import style from './widgets.module.css';

export function AggregatesWidget(props: WidgetProps<AggregatesField>) {
  const { field, value, problems, path, context, onChange } = props;
  const { t } = useTranslation();
  const entries = listOf(value).map(objectOf);
  const schema = context.schema(field.input);
  const add = () => onChange([...entries, { name: freeName('value', namesOf(entries)), expression: '' }]);
  return (
    <div className={style.stack}>
      {entries.map((entry, index) => {
        const place = `${path}[${index}]`;
        const own = problemsAt(problems, place);
        const name = textOf(entry['name']);
        const expression = textOf(entry['expression']);
        const type = aggregateType(expression, schema);
        const set = (change: { readonly name?: string; readonly expression?: string }) => withItem(entries, index, { ...entry, ...change });
        return (
          <EntryCard
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
            key={index}
            index={index}
            place={place}
            count={entries.length}
            name={name}
            nameLabel={`${t('field.outputName')} ${index + 1}`}
            expression={expression}
            expressionLabel={`${t('field.functionName')} ${index + 1}`}
            placeholder="COUNT(*)"
            codeContext={{ mode: 'aggregate', schema }}
            marks={marksOf(own)}
            invalid={own.length > 0}
            expressionInvalid={own.some((problem) => problem.field?.endsWith('.expression'))}
            below={(focused) => (
              <>
                {type === null ? null : (
                  <ResultWords
                    type={{ shown: printBare(type), full: printType(type) }}
                    answer={aggregateAnswer(name, type, context.results(), context.timeZone)}
                    focused={focused}
                  />
                )}
                <context.Problems problems={own} />
                <RenameNote context={context} place={place} />
              </>
            )}
            onName={(next) => editName(props, place, set({ name: next }))}
            onNameLeft={() => context.renaming?.end()}
            onExpression={(text) => onChange(set({ expression: text }))}
            onMove={(from, to) => onChange(moveItem(entries, from, to))}
            onRemove={() => onChange(withItem(entries, index, undefined))}
          />
        );
      })}
      <Button small look="ghost" className={style.add} icon={<Plus size={14} strokeWidth={1.75} />} onClick={add}>
        {t('field.addAggregate')}
      </Button>
    </div>
  );
}

export function aggregateType(text: string, schema: Schema): LogicalType | null {
  const call = parseAggregate(text);
  if (call === null) return null;
  const column = call.column === null ? null : resolveColumn(schema, call.column);
  if (call.column !== null && column === null) return null;
  const type = aggregateResultType(call.function, column?.type ?? null);
  return 'refused' in type ? null : type;
}

/** What the engine computed over the sample, for the first group; null until it has done so for this name and type. */
function aggregateAnswer(name: string, type: LogicalType, results: SampleRows | null, timeZone: string): SampleAnswer | null {
  const column = results?.columns.find((candidate) => candidate.name === name);
  if (column === undefined || results === null || !column.type.startsWith(printBare(type)) || results.rows.length === 0) return null;
  return { kind: 'value', text: showValue(readerOf(type)(results.rows[0][name] ?? null), type, timeZone) };
}
