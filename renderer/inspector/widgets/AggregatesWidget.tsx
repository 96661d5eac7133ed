/** Aggregates as cards: output column and call, the type of the result and its value on the sample. */

import { aggregateResultType } from '../../../engine/expressions/aggregates.ts';
import { parseAggregate } from '../../../engine/spec/aggregate-text.ts';
import { resolveColumn } from '../../../engine/spec/column-path.ts';
import type { AggregatesField } from '../../../engine/spec/fields.ts';
import type { LogicalType } from '../../../engine/types/logical-type.ts';
import { printBare, printType } from '../../../engine/types/print-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { SampleAnswer, SampleRows } from '../../code/sample-value.ts';
import { readerOf, showValue } from '../../code/sample-value.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import type { WidgetProps } from '../widget.ts';
import { NamedEntries } from './NamedEntries.tsx';
import { ResultWords } from './ResultLine.tsx';

export function AggregatesWidget(props: WidgetProps<AggregatesField>) {
  const { field, context } = props;
  const { t } = useTranslation();
  const schema = context.schema(field.input);
  return (
    <NamedEntries
      {...props}
      mode="aggregate"
      prefix="value"
      nameLabel={t('field.outputName')}
      expressionLabel={t('field.functionName')}
      placeholder="COUNT(*)"
      addLabel={t('field.addAggregate')}
      result={({ name, expression }, focused) => {
        const type = aggregateType(expression, schema);
        if (type === null) return null;
        const answer = aggregateAnswer(name, type, context.results(), context.timeZone);
        return <ResultWords type={{ shown: printBare(type), full: printType(type) }} answer={answer} focused={focused} />;
      }}
    />
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
