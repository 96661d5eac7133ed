/** One scalar vector: what it asks, what it needs that is not built, and whether production answers as Flink did. */
import { checkSyntax } from '../../engine/expressions/check/check-expression.ts';
import { createInterpreter } from '../../engine/expressions/evaluate/interpret.ts';
import { findFunction, isSpecialForm } from '../../engine/expressions/functions/catalog.ts';
import type { FunctionRuntime } from '../../engine/expressions/functions/define-function.ts';
import { parseExpression } from '../../engine/expressions/parse-expression.ts';
import type { Syntax } from '../../engine/expressions/syntax.ts';
import { walkSyntax } from '../../engine/expressions/syntax.ts';
import type { TypedExpression } from '../../engine/expressions/typed-expression.ts';
import type { Value } from '../../engine/expressions/value.ts';
import type { Field, LogicalType } from '../../engine/types/logical-type.ts';
import { isConstructed } from '../../engine/types/make-type.ts';
import { parseType } from '../../engine/types/parse-type.ts';
import { printType } from '../../engine/types/print-type.ts';
import { TokenCursor } from '../../engine/types/sql-tokens.ts';
import { evaluateCompiled } from './evaluate-compiled.ts';
import { readValue, sameEncoding, writeValue } from './scalar-values.ts';

export interface ScalarRecord {
  readonly id: string;
  readonly category: string;
  readonly fn: string;
  readonly form: 'literal' | 'column' | 'columns' | 'query';
  readonly sql: string;
  readonly timeZone?: string;
  readonly conf?: Readonly<Record<string, string>>;
  readonly type?: string | readonly string[];
  readonly value?: unknown;
  readonly error?: { readonly phase: 'validation' | 'planning' | 'runtime'; readonly message: string; readonly internalBug?: boolean };
  readonly columns?: readonly { readonly name: string; readonly type: string; readonly value: unknown }[];
  readonly deterministic?: boolean;
}

export interface InputTable {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

export type Outcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'skipped'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

const PASSED: Outcome = { kind: 'passed' };

interface Input {
  readonly fields: readonly Field[];
  readonly rows: readonly (readonly Value[])[];
  /** Columns that cannot be read because their type is not built, by name. */
  readonly missing: ReadonlyMap<string, string>;
}

/** Never throws: a crash of ours is a failure of the record. */
export function runRecord(record: ScalarRecord, table: InputTable): Outcome {
  try {
    return replay(record, table);
  } catch (error) {
    return failed(`crashes: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

function replay(record: ScalarRecord, table: InputTable): Outcome {
  if (record.form === 'query') return skipped('query form');
  for (const option of Object.keys(record.conf ?? {})) return skipped(`option ${option}`);
  const texts = splitExpressions(record.sql.replace(TABLE_NAMES, ''));
  if (texts === null) return record.error === undefined ? failed('cannot be read at all') : PASSED;
  const input = inputOf(record, table);
  if (texts.length === 1) return runOne(record, texts[0], input);
  const types = Array.isArray(record.type) ? record.type : [];
  const values = Array.isArray(record.value) ? record.value : [];
  for (const [index, text] of texts.entries()) {
    const outcome = runOne({ ...record, type: types[index] as string, value: values[index] as unknown }, text, input);
    if (outcome.kind !== 'passed') return outcome;
  }
  return PASSED;
}

function skipped(why: string): Outcome {
  return { kind: 'skipped', why };
}

function failed(why: string): Outcome {
  return { kind: 'failed', why };
}

/** Several expressions in one record are separated by commas outside every bracket. */
function splitExpressions(sql: string): string[] | null {
  const texts: string[] = [];
  try {
    const cursor = new TokenCursor(sql);
    let depth = 0;
    let start = 0;
    for (let token = cursor.next(); token.kind !== 'end'; token = cursor.next()) {
      if (token.kind === 'word' && token.value === 'CASE') depth++;
      if (token.kind === 'word' && token.value === 'END') depth--;
      if (token.kind !== 'symbol') continue;
      if (token.value === '(' || token.value === '[') depth++;
      if (token.value === ')' || token.value === ']') depth--;
      if (token.value !== ',' || depth > 0) continue;
      texts.push(sql.slice(start, token.start));
      start = token.end;
    }
    texts.push(sql.slice(start));
    return texts;
  } catch {
    return null;
  }
}

function inputOf(record: ScalarRecord, table: InputTable): Input {
  const columns =
    record.form === 'literal' ? [{ name: 'id', type: 'INT NOT NULL' }] : record.form === 'column' ? table.columns : (record.columns ?? []);
  const rows =
    record.form === 'literal' ? [[1]] : record.form === 'column' ? table.rows : [(record.columns ?? []).map((column) => column.value)];
  const fields: Field[] = [];
  const kept: number[] = [];
  const missing = new Map<string, string>();
  for (const [index, column] of columns.entries()) {
    const parsed = parseType(column.type);
    const built = 'type' in parsed && !needsUnbuiltType(parsed.type);
    if (built) {
      fields.push({ name: column.name, type: parsed.type });
      kept.push(index);
    } else missing.set(column.name, `type ${/^\w+/.exec(column.type)?.[0] ?? column.type}`);
  }
  return { fields, rows: rows.map((row) => kept.map((at, index) => readValue(row[at], fields[index].type) ?? null)), missing };
}

function needsUnbuiltType(type: LogicalType): boolean {
  if (type.kind === 'ROW') return type.fields.some((field) => needsUnbuiltType(field.type));
  return isConstructed(type);
}

/** What the expression uses that is not built, by name; null when nothing. */
function missingIn(syntax: Syntax, input: Input): string | null {
  let found: string | null = null;
  walkSyntax(syntax, (node) => {
    if (node.kind === 'unbuilt') found = node.what;
    if (node.kind === 'call' && findFunction(node.name) === null && !isSpecialForm(node.name)) found = `function ${node.name}`;
    if (node.kind === 'call' && node.returning !== null && isConstructed(node.returning)) found = `type ${node.returning.kind}`;
    if (node.kind === 'cast' && isConstructed(node.type)) found = `type ${node.type.kind}`;
    if (node.kind === 'name') found = missingColumn(node.parts, input) ?? found;
  });
  return found;
}

/** A column of a type that is not built, or a whole ROW used as a value. */
function missingColumn(parts: readonly string[], input: Input): string | null {
  if (input.missing.has(parts[0])) return input.missing.get(parts[0]) ?? null;
  let fields = input.fields;
  for (const [index, part] of parts.entries()) {
    const type = fields.find((field) => field.name === part)?.type;
    if (type === undefined || !isConstructed(type)) return null;
    if (index === parts.length - 1) return `type ${type.kind}`;
    fields = type.kind === 'ROW' ? type.fields : [];
  }
  return null;
}

/** Names of the tables the vectors were recorded over; a schema has columns only. */
const TABLE_NAMES = /\b(?:t40|testTable)\./g;

const UNBUILT_TYPE_WORDS = /\b(?:STRUCTURED|VARIANT|RAW)\b/;

function runOne(record: ScalarRecord, text: string, input: Input): Outcome {
  const { error } = record;
  const refusedByFlink = error !== undefined && error.phase !== 'runtime';
  const parsed = parseExpression(text);
  if ('problem' in parsed) {
    if (UNBUILT_TYPE_WORDS.test(text)) return skipped(`type ${UNBUILT_TYPE_WORDS.exec(text)?.[0] ?? ''}`);
    return refusedByFlink ? PASSED : failed(`refused: ${parsed.problem.text.en}`);
  }
  const missing = missingIn(parsed.syntax, input);
  if (missing !== null) return skipped(missing);
  const timeZone = record.timeZone ?? 'UTC';
  const checked = checkSyntax(parsed.syntax, { fields: input.fields }, { timeZone });
  if ('problems' in checked) return refusedByFlink ? PASSED : failed(`refused: ${checked.problems[0].text.en}`);
  if (refusedByFlink)
    return error?.internalBug === true
      ? skipped('answers where Flink crashes')
      : failed(`accepted as ${printType(checked.type)}, Flink refuses: ${error?.message ?? ''}`);
  const type = printType(checked.type);
  if (record.type !== undefined && type !== record.type) return failed(`type ${type}, Flink's is ${String(record.type)}`);
  if (record.deterministic === false) return PASSED;
  const started = Date.now();
  const runtime: FunctionRuntime = { timeZone, now: () => started };
  if (record.form === 'column') return compareRows(record, checked.expression, input, runtime);
  const answers = bothAnswers(checked.expression, input, input.rows[0], runtime);
  if (typeof answers === 'string' && !answers.startsWith('!')) return failed(answers);
  return compareAnswer(
    record,
    typeof answers === 'string' ? answers : answers.text,
    'value' in record ? record.value : undefined,
    error !== undefined,
    isLoose(checked.expression),
  );
}

/** The answer of interpreter and kernel as text, `!…` for a failure; an object when there is a value; plain text when they disagree. */
function bothAnswers(
  expression: TypedExpression,
  input: Input,
  row: readonly Value[],
  runtime: FunctionRuntime,
): string | { readonly text: string } {
  const interpreted = attempt(() => createInterpreter(expression, runtime)(row), expression.type);
  const compiled = attempt(() => evaluateCompiled(expression, { fields: input.fields }, [row], runtime)[0], expression.type);
  if (interpreted.startsWith('!') && compiled.startsWith('!')) return interpreted;
  if (interpreted !== compiled) return `interpreter ${interpreted}, kernel ${compiled}`;
  return { text: interpreted };
}

function attempt(compute: () => Value, type: LogicalType): string {
  try {
    return writeValue(compute(), type);
  } catch (error) {
    return `!${error instanceof Error ? error.message : String(error)}`;
  }
}

function compareAnswer(record: ScalarRecord, answer: string, expected: unknown, expectsError: boolean, loose: boolean): Outcome {
  if (answer.startsWith('!'))
    return expectsError ? PASSED : failed(`fails with "${answer.slice(1)}", Flink gives ${JSON.stringify(expected)}`);
  if (expectsError)
    return record.error?.internalBug === true
      ? skipped('answers where Flink crashes')
      : failed(`gives ${answer}, Flink fails: ${record.error?.message ?? ''}`);
  return sameEncoding(expected, answer, loose) ? PASSED : failed(`gives ${answer}, Flink ${JSON.stringify(expected)}`);
}

function compareRows(record: ScalarRecord, expression: TypedExpression, input: Input, runtime: FunctionRuntime): Outcome {
  const expected = (record.value ?? []) as readonly unknown[];
  const interpret = createInterpreter(expression, runtime);
  const whole = wholeColumn(expression, input, runtime);
  const loose = isLoose(expression);
  for (const [index, row] of input.rows.entries()) {
    const wanted = expected[index];
    const wantsError = typeof wanted === 'object' && wanted !== null && 'error' in wanted;
    const interpreted = attempt(() => interpret(row), expression.type);
    const compiled =
      whole === null
        ? attempt(() => evaluateCompiled(expression, { fields: input.fields }, [row], runtime)[0], expression.type)
        : writeValue(whole[index], expression.type);
    const agree = interpreted === compiled || (interpreted.startsWith('!') && compiled.startsWith('!'));
    if (!agree) return failed(`row ${index}: interpreter ${interpreted}, kernel ${compiled}`);
    // A row at which Flink itself breaks may have an answer here.
    if (wantsError && (wanted as { readonly error: { readonly internalBug?: boolean } }).error.internalBug === true) continue;
    const outcome = compareAnswer(record, interpreted, wanted, wantsError, loose);
    if (outcome.kind !== 'passed') return outcome.kind === 'failed' ? failed(`row ${index}: ${outcome.why}`) : outcome;
  }
  return PASSED;
}

/** All rows as one batch; null when some row fails, so that each is tried alone. */
function wholeColumn(expression: TypedExpression, input: Input, runtime: FunctionRuntime): readonly Value[] | null {
  try {
    return evaluateCompiled(expression, { fields: input.fields }, input.rows, runtime);
  } catch {
    return null;
  }
}

/** Functions of Java's Math that may differ by a few units in the last place. */
const LOOSE_FUNCTIONS = new Set([
  'EXP',
  'LN',
  'LOG',
  'LOG10',
  'LOG2',
  'POWER',
  'SQRT',
  'SIN',
  'COS',
  'TAN',
  'COT',
  'ASIN',
  'ACOS',
  'ATAN',
  'ATAN2',
  'SINH',
  'COSH',
  'TANH',
  'DEGREES',
  'RADIANS',
]);

function isLoose(expression: TypedExpression): boolean {
  if (expression.kind === 'call' && LOOSE_FUNCTIONS.has(expression.name)) return true;
  if (expression.kind === 'arithmetic' || expression.kind === 'comparison') return isLoose(expression.left) || isLoose(expression.right);
  if (expression.kind === 'call') return expression.arguments.some((argument) => argument !== null && isLoose(argument));
  return 'operand' in expression && isLoose(expression.operand);
}
