/** What may be typed next in an expression: columns that reach the node, then functions. */
import { functionNames } from '../../engine/expressions/functions/catalog.ts';
import { listColumns } from '../../engine/spec/column-path.ts';
import { printType } from '../../engine/types/print-type.ts';
import type { Schema } from '../../engine/types/schema.ts';
import type { Completion } from './widgets/CodeInput.tsx';

const AGGREGATES = ['COUNT', 'SUM', 'MIN', 'MAX', 'AVG'];

export function expressionCompletions(schema: Schema): (word: string) => readonly Completion[] {
  return (word) => {
    const lower = word.toLowerCase();
    const columns = listColumns(schema)
      .filter((column) => column.path.toLowerCase().startsWith(lower))
      .map((column): Completion => ({ text: column.path, note: printType(column.type) }));
    const functions = functionNames()
      .filter((name) => name.toLowerCase().startsWith(lower))
      .map((name): Completion => ({ text: `${name}()`, note: 'ƒ', back: 1 }));
    return [...columns, ...functions];
  };
}

/** Aggregates are written whole, so they are offered whole. */
export function aggregateCompletions(schema: Schema): (word: string) => readonly Completion[] {
  const columns = listColumns(schema);
  const calls: Completion[] = [
    { text: 'COUNT(*)', note: '' },
    ...AGGREGATES.flatMap((name) =>
      columns
        .filter((column) => column.type.kind !== 'ROW')
        .map((column) => ({ text: `${name}(${column.path})`, note: printType(column.type) })),
    ),
    ...columns.map((column) => ({ text: `COUNT(DISTINCT ${column.path})`, note: printType(column.type) })),
  ];
  return (word) => {
    const lower = word.toLowerCase();
    return [
      ...calls.filter((call) => call.text.toLowerCase().startsWith(lower)),
      ...columns
        .filter((column) => column.path.toLowerCase().startsWith(lower))
        .map((column) => ({ text: column.path, note: printType(column.type) })),
    ];
  };
}
