/** What may be written at a place of an expression: columns that reach the node, functions with their help, types, keywords. */
import { FUNCTIONS, findFunction, SPECIAL_FORMS } from '../../engine/expressions/functions/catalog.ts';
import { printName } from '../../engine/expressions/print-expression.ts';
import type { Language } from '../../engine/spec/text.ts';
import type { LogicalType } from '../../engine/types/logical-type.ts';
import { printType } from '../../engine/types/print-type.ts';
import type { Schema } from '../../engine/types/schema.ts';
import type { CodeContext } from './code-context.ts';

export type SuggestionKind = 'column' | 'function' | 'aggregate' | 'type' | 'keyword';

export interface Suggestion {
  readonly label: string;
  /** `$0` marks where the caret goes; absent: at the end. */
  readonly insert: string;
  readonly kind: SuggestionKind;
  /** Type of a column, arguments of a function. */
  readonly detail: string;
  readonly help: string | null;
}

export interface Suggestions {
  /** Offset at which the word that is being written begins. */
  readonly from: number;
  readonly items: readonly Suggestion[];
}

const KEYWORDS =
  `AND OR NOT IS NULL TRUE FALSE CASE WHEN THEN ELSE END CAST TRY_CAST AS LIKE ESCAPE SIMILAR IN BETWEEN DISTINCT INTERVAL EXTRACT`.split(
    ' ',
  );
const UNITS = ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'];
export const TYPE_NAMES: readonly string[] = [
  'STRING',
  'BIGINT',
  'INT',
  'SMALLINT',
  'TINYINT',
  'DOUBLE',
  'FLOAT',
  'DECIMAL(38, 2)',
  'BOOLEAN',
  'TIMESTAMP(3)',
  'TIMESTAMP_LTZ(3)',
  'DATE',
  'TIME',
  'BYTES',
  'VARCHAR(255)',
  'CHAR(1)',
];
const AGGREGATES: readonly { readonly name: string; readonly en: string; readonly zh: string }[] = [
  { name: 'COUNT', en: 'The number of rows in which the column is not NULL.', zh: '该列不为 NULL 的行数。' },
  { name: 'SUM', en: 'The sum of a number column.', zh: '数值列的总和。' },
  { name: 'MIN', en: 'The smallest value.', zh: '最小值。' },
  { name: 'MAX', en: 'The largest value.', zh: '最大值。' },
  { name: 'AVG', en: 'The mean; whole numbers are cut off, as in Flink.', zh: '平均值；整数结果会截断，与 Flink 一致。' },
];

/** The name being written, back from the caret: dots lead into rows, back-ticks may hold anything. */
const WORD_BEFORE = /(?:`[^`]*|(?:[\p{L}\p{Nd}_$]+\.)*[\p{L}\p{Nd}_$]*)$/u;
const WITHIN_STRING = /^(?:[^']|'(?:[^']|'')*')*'(?:[^']|'')*$/;
const AFTER_AS = /\bAS\s+$/i;
const AFTER_INTERVAL = /\bINTERVAL\s+'[^']*'\s+$/i;

export function suggestAt(text: string, offset: number, context: CodeContext, language: Language): Suggestions {
  const before = text.slice(0, offset);
  const from = offset - (WORD_BEFORE.exec(before)?.[0].length ?? 0);
  const head = before.slice(0, from);
  if (context.mode === 'json' || context.mode === 'plain' || WITHIN_STRING.test(head)) return { from, items: [] };
  if (context.mode === 'type') return { from: 0, items: types() };
  if (context.mode === 'aggregate') return { from, items: /\(/.test(head) ? insideAggregate(context.schema, head) : aggregates(language) };
  if (AFTER_INTERVAL.test(head)) return { from, items: UNITS.map((unit) => keyword(unit)) };
  if (AFTER_AS.test(head)) return { from, items: types() };
  return { from, items: [...columns(context.schema), ...functions(language), ...KEYWORDS.map((word) => keyword(word))] };
}

export interface NamedColumn {
  /** As SQL, with back-ticks where they are needed. */
  readonly name: string;
  readonly type: LogicalType;
}

/** Every column of the schema as an expression names it, rows before what is inside them. */
export function columnsAsSql(schema: Schema): readonly NamedColumn[] {
  const found: NamedColumn[] = [];
  const walk = (fields: Schema['fields'], before: string): void => {
    for (const field of fields) {
      const name = before + printName(field.name);
      found.push({ name, type: field.type });
      if (field.type.kind === 'ROW') walk(field.type.fields, `${name}.`);
    }
  };
  walk(schema.fields, '');
  return found;
}

function columns(schema: Schema): Suggestion[] {
  return columnsAsSql(schema).map(({ name, type }) => ({
    label: name,
    insert: name,
    kind: 'column',
    detail: printType(type),
    help: null,
  }));
}

let functionsOnce: { readonly en: readonly Suggestion[]; readonly zh: readonly Suggestion[] } | null = null;

function functions(language: Language): readonly Suggestion[] {
  functionsOnce ??= { en: listFunctions('en'), zh: listFunctions('zh') };
  return functionsOnce[language];
}

function listFunctions(language: Language): readonly Suggestion[] {
  return [...FUNCTIONS, ...SPECIAL_FORMS].flatMap((definition) => {
    const aliases = findFunction(definition.name)?.aliases ?? [];
    return [definition.name, ...aliases].map(
      (name): Suggestion => ({
        label: name,
        insert: takesNothing(name, definition.help.signatures) ? callOf(name, definition.help.signatures) : `${name}($0)`,
        kind: 'function',
        detail: definition.help.signatures.find((line) => line.startsWith(`${name}(`)) ?? definition.help.signatures[0] ?? '',
        help: definition.help.summary[language],
      }),
    );
  });
}

function takesNothing(name: string, signatures: readonly string[]): boolean {
  return signatures.some((line) => line === name || line === `${name}()`);
}

function callOf(name: string, signatures: readonly string[]): string {
  return signatures.includes(name) ? name : `${name}()`;
}

function aggregates(language: Language): Suggestion[] {
  return [
    {
      label: 'COUNT(*)',
      insert: 'COUNT(*)',
      kind: 'aggregate',
      detail: 'BIGINT',
      help: language === 'zh' ? '行数。' : 'The number of rows.',
    },
    ...AGGREGATES.map(
      (one): Suggestion => ({
        label: one.name,
        insert: `${one.name}($0)`,
        kind: 'aggregate',
        detail: `${one.name}(column)`,
        help: one[language],
      }),
    ),
    {
      label: 'COUNT(DISTINCT …)',
      insert: 'COUNT(DISTINCT $0)',
      kind: 'aggregate',
      detail: 'COUNT(DISTINCT column)',
      help: language === 'zh' ? '不同值的个数。' : 'The number of different values.',
    },
  ];
}

function insideAggregate(schema: Schema, head: string): Suggestion[] {
  const distinct = /^\s*COUNT\s*\(\s*$/i.test(head) ? [keyword('DISTINCT')] : [];
  return [...columns(schema), ...distinct];
}

function types(): Suggestion[] {
  return TYPE_NAMES.map((name) => ({ label: name, insert: name, kind: 'type', detail: '', help: null }));
}

function keyword(word: string): Suggestion {
  return { label: word, insert: word, kind: 'keyword', detail: '', help: null };
}
