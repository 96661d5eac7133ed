/** The columns of a schema that a field takes, as options with their types. */
import { Clock } from 'lucide-react';
import { createElement } from 'react';
import { listColumns } from '../../../engine/spec/column-path.ts';
import type { TypeKind } from '../../../engine/types/logical-type.ts';
import { printBare } from '../../../engine/types/print-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { SelectOption } from '../../ui/Select.tsx';
import style from './widgets.module.css';

export interface ColumnOption extends SelectOption {
  readonly label: string;
  readonly note: string;
}

export function columnOptions(
  schema: Schema,
  types: readonly TypeKind[] | undefined,
  nested: boolean | undefined,
): readonly ColumnOption[] {
  const top = new Set(schema.fields.map((candidate) => candidate.name));
  return listColumns(schema)
    .filter((column) => (types === undefined || types.includes(column.type.kind)) && (nested !== false || top.has(column.path)))
    .map((column) => ({
      value: column.path,
      label: column.path,
      note: printBare(column.type),
      icon:
        column.type.kind === 'TIMESTAMP' || column.type.kind === 'TIMESTAMP_LTZ'
          ? createElement(Clock, { size: 13, strokeWidth: 1.75, className: style.timeIcon })
          : undefined,
    }));
}
