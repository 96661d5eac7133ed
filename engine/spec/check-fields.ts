/** Checks what a config says about columns and expressions against the rows that arrive. Second half of the field checks. */
import type { AggregateFunction } from '../expressions/aggregates.ts';
import { aggregateResultType } from '../expressions/aggregates.ts';
import { checkExpression } from '../expressions/check/check-expression.ts';
import { printName } from '../expressions/print-expression.ts';
import type { TypeKind } from '../types/logical-type.ts';
import { printType } from '../types/print-type.ts';
import type { Schema } from '../types/schema.ts';
import { printAggregate } from './aggregate-text.ts';
import { resolveColumn, splitColumnPath } from './column-path.ts';
import type { NodeInputs } from './define-node.ts';
import * as found from './field-problems.ts';
import type { NamedExpression } from './field-values.ts';
import type { AnyField, ConfigOf, Fields } from './fields.ts';
import { nearColumns, setFieldFix, timeColumns } from './fixes.ts';
import { joinedSchema } from './join-inputs.ts';
import type { Fix, Problem, ProblemPlace } from './problem.ts';

const UNKNOWN_COLUMN = 'MR3012';
const COLUMNS_NAMED_MAX = 12;
const COLUMNS_OFFERED_MAX = 2;

/** `isShown` tells which fields count for this config (see `isVisible`). */
export function checkFields<F extends Fields>(
  fields: F,
  config: ConfigOf<F>,
  inputs: NodeInputs,
  isShown: (field: AnyField) => boolean,
): readonly Problem[] {
  return Object.entries(fields).flatMap(([name, field]) => (isShown(field) ? checkField(field, config[name], inputs, name) : []));
}

function checkField(field: AnyField, value: unknown, inputs: NodeInputs, name: string): readonly Problem[] {
  if (value === null || ('scope' in field && field.scope === 'pattern')) return [];
  const schema = schemaOf(field, inputs);
  const place = { field: name };
  switch (field.kind) {
    case 'column':
      return checkColumn(value as string, schema, place, field.types, field.nested);
    case 'columns':
      return (value as readonly string[]).flatMap((column, index) =>
        checkColumn(column, schema, { field: `${name}[${index}]` }, field.types, field.nested),
      );
    case 'expression':
      return checkText(value as string, schema, inputs, place, field.returns);
    case 'conditions':
      return checkNamed(value as readonly NamedExpression[], schema, inputs, name, 'BOOLEAN');
    case 'projections':
      return checkNamed(value as readonly NamedExpression[], schema, inputs, name, undefined);
    case 'aggregates':
      return checkAggregates(value as ConfigOf<{ a: typeof field }>['a'], schema, name);
    case 'watermark':
      return checkRowtime((value as ConfigOf<{ a: typeof field }>['a']).column, schema, { field: `${name}.column` });
    case 'list':
      return (value as readonly ConfigOf<Fields>[]).flatMap((item, index) =>
        Object.entries(field.item).flatMap(([inner, innerField]) =>
          checkField(innerField, item[inner], inputs, `${name}[${index}].${inner}`),
        ),
      );
    default:
      return [];
  }
}

/** The columns that a field may name; none while an input is open. */
function schemaOf(field: AnyField, inputs: NodeInputs): Schema {
  const schema = 'input' in field ? inputs.schema(field.input) : inputs.schema();
  if (!('joined' in field) || field.joined === undefined) return schema;
  return joinedSchema(schema, inputs.schema(field.joined));
}

function checkColumn(
  path: string,
  schema: Schema,
  place: ProblemPlace,
  types: readonly TypeKind[] | undefined,
  nested: boolean | undefined,
): readonly Problem[] {
  // Nothing arrives yet: that is said once, by the graph check, not for every column.
  if (path === '' || schema.fields.length === 0) return [];
  const column = resolveColumn(schema, path);
  const fitting = (field: Schema['fields'][number]): boolean => types === undefined || types.includes(field.type.kind);
  if (column === null)
    return [
      found.columnUnknown({ column: path, columns: listNames(schema) }, place, columnFixes(place, nearColumns(path, schema, fitting))),
    ];
  if (nested === false && column.path.length > 1) return [found.columnNested({ column: path }, place)];
  if (types === undefined || types.includes(column.type.kind)) return [];
  const others = schema.fields.filter(fitting).map((field) => field.name);
  return [
    found.columnWrongType({ column: path, type: printType(column.type), wanted: types.join(', ') }, place, columnFixes(place, others)),
  ];
}

/** The first columns that would do. */
function columnFixes(place: ProblemPlace, names: readonly string[]): readonly Fix[] {
  const { field } = place;
  return field === undefined ? [] : names.slice(0, COLUMNS_OFFERED_MAX).map((name) => setFieldFix(field, name, name));
}

function listNames(schema: Schema): string {
  const names = schema.fields.slice(0, COLUMNS_NAMED_MAX).map((field) => field.name);
  return schema.fields.length > COLUMNS_NAMED_MAX ? `${names.join(', ')} …` : names.join(', ');
}

function checkNamed(
  entries: readonly NamedExpression[],
  schema: Schema,
  inputs: NodeInputs,
  name: string,
  returns: 'BOOLEAN' | undefined,
): readonly Problem[] {
  return entries.flatMap((entry, index) => checkText(entry.expression, schema, inputs, { field: `${name}[${index}].expression` }, returns));
}

/** Problems of the expression language keep their own codes (MR30xx) and their places in the text. */
function checkText(
  words: string,
  schema: Schema,
  inputs: NodeInputs,
  place: ProblemPlace,
  returns: 'BOOLEAN' | undefined,
): readonly Problem[] {
  if (words.trim() === '' || schema.fields.length === 0) return [];
  const checked = checkExpression(words, schema, inputs.settings, returns === 'BOOLEAN' ? 'boolean' : 'any');
  if (!('problems' in checked)) return [];
  return checked.problems.map((problem) => ({
    ...place,
    code: problem.code,
    severity: 'error',
    range: { start: problem.start, end: problem.end },
    parameters: {},
    text: { ...problem.text, en: sentenceCase(problem.text.en, schema) },
    fixes: problem.code === UNKNOWN_COLUMN ? nearColumnFixes(words, problem, schema, place.field ?? '') : [],
  }));
}

/** Among the words of an expression it began small; alone it is a sentence, unless a column's name begins it. */
function sentenceCase(words: string, schema: Schema): string {
  const first = words.split(/[^\w]/, 1)[0];
  return schema.fields.some((field) => field.name === first) ? words : words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The expression with the unknown column replaced by one of nearly that name. */
function nearColumnFixes(
  words: string,
  span: { readonly start: number; readonly end: number },
  schema: Schema,
  field: string,
): readonly Fix[] {
  const names = splitColumnPath(words.slice(span.start, span.end));
  if (names === null) return [];
  let fields: Schema['fields'] = schema.fields;
  for (const [depth, name] of names.entries()) {
    const known = fields.find((candidate) => candidate.name === name);
    if (known === undefined) {
      return nearColumns(name, { fields }, () => true).map((near) => {
        const column = [...names.slice(0, depth), near, ...names.slice(depth + 1)].map(printName).join('.');
        return setFieldFix(field, `${words.slice(0, span.start)}${column}${words.slice(span.end)}`, near);
      });
    }
    fields = known.type.kind === 'ROW' ? known.type.fields : [];
  }
  return [];
}

function checkAggregates(
  aggregates: readonly { readonly function: Parameters<typeof aggregateResultType>[0]; readonly column: string | null }[],
  schema: Schema,
  name: string,
): readonly Problem[] {
  if (schema.fields.length === 0) return [];
  return aggregates.flatMap((aggregate, index) => {
    const place = { field: `${name}[${index}].expression` };
    const problems = aggregate.column === null ? [] : checkColumn(aggregate.column, schema, place, undefined, undefined);
    if (problems.length > 0)
      return problems.map((problem) => ({ ...problem, fixes: problem.fixes.map((fix) => inAggregate(fix, aggregate.function)) }));
    const argument = aggregate.column === null ? null : (resolveColumn(schema, aggregate.column)?.type ?? null);
    if (aggregate.column === null || argument === null || !('refused' in aggregateResultType(aggregate.function, argument))) return [];
    const called = aggregate.function === 'COUNT_DISTINCT' ? 'COUNT(DISTINCT)' : aggregate.function;
    return [found.aggregateRefused({ aggregate: called, column: aggregate.column, type: printType(argument) }, place)];
  });
}

/** A near column as the whole aggregate, which is what the field holds. */
function inAggregate(fix: Fix, called: AggregateFunction): Fix {
  if (fix.edit.kind !== 'set-field') return fix;
  return { ...fix, edit: { ...fix.edit, value: printAggregate({ function: called, column: String(fix.edit.value) }) } };
}

function checkRowtime(path: string, schema: Schema, place: ProblemPlace): readonly Problem[] {
  const problems = checkColumn(path, schema, place, undefined, false);
  if (problems.length > 0 || path === '') return problems;
  const type = resolveColumn(schema, path)?.type;
  if (type === undefined) return [];
  const fits = (type.kind === 'TIMESTAMP' || type.kind === 'TIMESTAMP_LTZ') && type.precision <= 3;
  return fits ? [] : [found.rowtimeType({ column: path, type: printType(type) }, place, columnFixes(place, timeColumns(schema)))];
}
