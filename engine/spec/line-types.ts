/** Which column types lines of text can carry: everything in JSON, no nested ones in CSV. */
import type { Field } from '../types/logical-type.ts';
import { isConstructed } from '../types/make-type.ts';
import { printType } from '../types/print-type.ts';
import type { Problem } from './problem.ts';
import { defineProblem } from './problem.ts';

const noSuchText = defineProblem('MR2201', 'error', {
  en: '"{column}" is {type}, which {format} cannot carry',
  zh: '“{column}”的类型是 {type}，{format} 无法承载',
});

export function checkReadableTypes(fields: readonly Field[], format: 'ndjson' | 'csv', field = 'schema'): readonly Problem[] {
  return fields.flatMap((column, index) => {
    const interval = column.type.kind === 'INTERVAL_DAY_TIME' || column.type.kind === 'INTERVAL_YEAR_MONTH';
    const refused = interval || column.type.kind === 'MULTISET' || (format === 'csv' && isConstructed(column.type));
    const formatName = format === 'csv' ? 'CSV' : 'JSON';
    return refused
      ? [noSuchText({ column: column.name, type: printType(column.type), format: formatName }, { field: `${field}[${index}].type` })]
      : [];
  });
}
