/** The accumulators of aggregates as members of rows: read back from the text and the layouts that a snapshot says of itself. */
import type { ColumnValue } from '../../columnar/column-value.ts';
import { physicalForm } from '../../columnar/key-fields.ts';
import type { AggregateFunction } from '../../expressions/aggregates.ts';
import { aggregateResultType } from '../../expressions/aggregates.ts';
import { accumulatorCode } from '../../operators/aggregating/accumulator-code.ts';
import type { AggregateCall } from '../../operators/aggregating/aggregate-call.ts';
import type { CellSpec } from '../../state/row-layout.ts';
import { parseFingerprint } from '../../state/row-layout.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { decimalType, notNull, withNullable } from '../../types/make-type.ts';
import { asList } from './state-part.ts';
import type { Member } from './state-table.ts';
import { parseTypeNames, typeOfForm } from './stored-schema.ts';

const CALLS = /(?<=\)), /;

/** `COUNT(*), SUM(INTEGER)` as calls; null when it is something else. */
export function parseCalls(text: string): AggregateCall[] | null {
  const calls = callTexts(text).map(parseCall);
  const known = calls.filter((call) => call !== null);
  return known.length === calls.length ? known : null;
}

/** Each call on its own, as the text names it. */
export function callTexts(text: string): readonly string[] {
  return text === '' ? [] : text.split(CALLS);
}

function parseCall(text: string): AggregateCall | null {
  const match = /^(COUNT|SUM|MIN|MAX|AVG|COUNT_DISTINCT)\((.*)\)$/.exec(text);
  if (match === null) return null;
  const name = match[1] as AggregateFunction;
  const argumentType = match[2] === '*' ? null : (parseTypeNames(match[2])?.at(0) ?? null);
  if (argumentType === null && match[2] !== '*') return null;
  const resultType = aggregateResultType(name, argumentType);
  return 'kind' in resultType ? { function: name, argument: argumentType === null ? null : [0], argumentType, resultType } : null;
}

/** A timestamp with nanoseconds has a form of its own, which its name does not tell. `cells` are those of the accumulators. */
export function fitCalls(calls: readonly AggregateCall[], cells: readonly CellSpec[], distinct: readonly string[]): AggregateCall[] {
  let [cell, set] = [0, 0];
  return calls.map((call) => {
    const forms = call.function === 'COUNT_DISTINCT' ? parseFingerprint(distinct[set++] ?? '')?.key.slice(1) : cells.slice(cell);
    cell += accumulatorCode(call).cells.length;
    const type = call.argumentType;
    if (forms?.[0]?.form !== 'i64i32' || type === null || (type.kind !== 'TIMESTAMP' && type.kind !== 'TIMESTAMP_LTZ')) return call;
    return { ...call, argumentType: { ...type, precision: 9 } };
  });
}

/** Types of every cell of the accumulators, call by call. */
export function cellTypesOf(calls: readonly AggregateCall[]): readonly (readonly LogicalType[])[] {
  return calls.map((call) => accumulatorCode(call).cells.map((cell) => cellType(cell, call)));
}

/** An accumulator of the argument's own form holds values like it; a sum of decimals has 38 digits. */
function cellType({ form, nullable }: CellSpec, { function: name, argumentType }: AggregateCall): LogicalType {
  const sumOfDecimals = argumentType?.kind === 'DECIMAL' && form === 'i128' && (name === 'SUM' || name === 'AVG');
  if (sumOfDecimals && argumentType.kind === 'DECIMAL') return decimalType(38, argumentType.scale, nullable);
  const own = argumentType !== null && physicalForm(argumentType) === form && ['SUM', 'MIN', 'MAX'].includes(name);
  return withNullable(own && argumentType !== null ? argumentType : typeOfForm(form), nullable);
}

/** A member per call, by the texts of the calls; those that come again are numbered. */
export function callMembers(
  calls: readonly AggregateCall[],
  texts: readonly string[],
  cellTypes: readonly (readonly LogicalType[])[],
): readonly Member[] {
  const names = new Set<string>();
  return calls.map((call, at) => {
    let name = texts[at];
    for (let number = 2; names.has(name); number++) name = `${texts[at]} ${number}`;
    names.add(name);
    const types = cellTypes[at];
    if (call.function === 'COUNT_DISTINCT' && call.argumentType !== null)
      return { name, shape: 'many', types: [notNull(call.argumentType)], identifies: false };
    return types.length === 1 ? { name, shape: 'one', types, identifies: false } : { name, shape: 'tuple', types, identifies: false };
  });
}

/** Values of the calls' members from their cells; of a COUNT(DISTINCT …) what it has seen. */
export function joinCells(
  cells: readonly ColumnValue[],
  cellTypes: readonly (readonly LogicalType[])[],
  seenBy: (call: number) => readonly ColumnValue[] | null,
): readonly ColumnValue[] {
  let next = 0;
  return cellTypes.map((types, call): ColumnValue => {
    const own = cells.slice(next, next + types.length);
    next += own.length;
    return seenBy(call) ?? (own.length === 1 ? own[0] : own);
  });
}

/** The other way; `addSeen` answers how many different values there are, which is what the cell counts. */
export function splitCells(
  values: readonly ColumnValue[],
  cellTypes: readonly (readonly LogicalType[])[],
  addSeen: (call: number, values: readonly ColumnValue[]) => bigint | null,
): readonly ColumnValue[] {
  return values.flatMap((value, call): readonly ColumnValue[] => {
    const count = Array.isArray(value) ? addSeen(call, asList(value)) : null;
    if (count !== null) return [count];
    return cellTypes[call].length === 1 ? [value] : asList(value);
  });
}
