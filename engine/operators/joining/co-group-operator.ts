/**
 * Flink's co-group: one window operator over the union of two inputs, whose function sees the rows of a key and window by
 * input, one-sided windows too. A window join is the co-group that answers the pairs.
 */
import { assert } from '../../base/assert.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { INT, notNull, withNullable } from '../../types/make-type.ts';
import type { Operator, OperatorContext } from '../operator.ts';
import type { GeneralWindowPlan } from '../windowing/create-general-window.ts';
import { createProcessingWindow } from '../windowing/create-general-window.ts';
import type { ProcessContext } from '../windowing/process-emitter.ts';
import type { UnitedColumn, UnitedSource } from '../windowing/united-inputs-operator.ts';
import { NULL_SOURCE, UnitedInputsOperator } from '../windowing/united-inputs-operator.ts';

type Rows = readonly (readonly ColumnValue[])[];

/** Rows of one key and window, in order of arrival. */
export type CoGroupFunction = (context: ProcessContext, left: Rows, right: Rows) => Rows;

export interface CoGroupConfig {
  /** Window, trigger and lateness; keys are columns of the union, which is this operator's business. */
  readonly window: Omit<GeneralWindowPlan, 'keys' | 'keyTypes' | 'rowtime' | 'latePort'>;
  readonly keys: readonly [readonly ColumnPath[], readonly ColumnPath[]];
  readonly keyTypes: readonly LogicalType[];
  readonly function: CoGroupFunction;
}

/** The pairs of a window: every left row with every right one. */
export function pairs(pair: (left: readonly ColumnValue[], right: readonly ColumnValue[]) => readonly ColumnValue[]): CoGroupFunction {
  return (_context, left, right) => left.flatMap((one) => right.map((other) => pair(one, other)));
}

export function createCoGroup(config: CoGroupConfig, context: OperatorContext): Operator {
  const { keyTypes } = config;
  const [left, right] = context.inputSchemas.map((input) => input.fields.length);
  const first = 1 + keyTypes.length;
  const plan = { ...config.window, keys: keyTypes.map((_, at) => [1 + at]), keyTypes, rowtime: null, latePort: null };
  return new UnitedInputsOperator(columnsOfUnion(config, context), context, (united) =>
    createProcessingWindow(
      plan,
      united,
      { kind: 'records' },
      (call, records) =>
        config.function(
          call,
          records.filter(([side]) => side === 0).map((record) => record.slice(first, first + left)),
          records.filter(([side]) => side === 1).map((record) => record.slice(first + left, first + left + right)),
        ),
      { windowLongs: 0, keyLongs: 0 },
    ),
  );
}

/** Side, keys, columns of the left input, columns of the right one. */
function columnsOfUnion({ keys, keyTypes }: CoGroupConfig, { inputSchemas }: OperatorContext): UnitedColumn[] {
  assert(inputSchemas.length === 2, 'a co-group has two inputs');
  const column = (path: ColumnPath): UnitedSource => ({ kind: 'column', path });
  const side: UnitedColumn = {
    name: 'side',
    type: notNull(INT),
    sources: [
      { kind: 'number', value: 0 },
      { kind: 'number', value: 1 },
    ],
  };
  const keyColumns = keyTypes.map(
    (type, at): UnitedColumn => ({ name: `key_${at}`, type, sources: [column(keys[0][at]), column(keys[1][at])] }),
  );
  const names = ['l', 'r'];
  const columns = inputSchemas.flatMap((input, of) =>
    input.fields.map((field, at): UnitedColumn => {
      const own = column([at]);
      return {
        name: `${names[of]}_${field.name}`,
        type: withNullable(field.type, true),
        sources: of === 0 ? [own, NULL_SOURCE] : [NULL_SOURCE, own],
      };
    }),
  );
  return [side, ...keyColumns, ...columns];
}
