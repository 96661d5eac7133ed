/**
 * Reads a config from JSON: every field in turn, precise problems, and always a complete config, so that ports, summary
 * and columns of an unfinished node can still be shown.
 */
import type { JsonObject, JsonValue } from '../base/json.ts';
import { isObject } from '../base/json.ts';
import type { Field } from '../types/logical-type.ts';
import { NULL_TYPE } from '../types/make-type.ts';
import { parseType } from '../types/parse-type.ts';
import { parseAggregate } from './aggregate-text.ts';
import { DURATION_MAX_MS, parseDuration, printDuration } from './duration.ts';
import * as found from './field-problems.ts';
import type { Aggregate, NamedExpression, WatermarkRule } from './field-values.ts';
import type { AnyField, ChoiceField, ConfigOf, DurationField, Fields, ListField, NumberField, TextField } from './fields.ts';
import { nearNames, setFieldFix } from './fixes.ts';
import type { Fix, Problem, ProblemPlace } from './problem.ts';
import { shortJson } from './short-json.ts';
import type { Text } from './text.ts';
import { text } from './text.ts';
import { parseVariables, VARIABLE_FORM } from './variables.ts';

type FieldReport = (problem: Problem) => void;

/** Entries of one list field; beyond it a config is not read on. */
const ENTRIES_MAX = 2000;
const NAME_LENGTH_MAX = 256;

const WANTED = {
  text: text({ en: 'text', zh: '文本' }),
  number: text({ en: 'a number', zh: '数字' }),
  toggle: text({ en: 'true or false', zh: 'true 或 false' }),
  list: text({ en: 'a list', zh: '列表' }),
  object: text({ en: 'an object', zh: '对象' }),
} as const;

export interface ReadConfig<F extends Fields> {
  readonly config: ConfigOf<F>;
  readonly problems: readonly Problem[];
}

/** `path` goes before field names in problems (`rules[2].`). */
export function readConfig<F extends Fields>(fields: F, json: JsonObject, path = ''): ReadConfig<F> {
  const problems: Problem[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const place = { field: `${path}${name}` };
    const visible = isVisible(fields, field, json);
    const own = Object.hasOwn(json, name) ? json[name] : undefined;
    values[name] = readOne(field, own, visible, place, problems);
  }
  for (const name of Object.keys(json)) {
    if (!Object.hasOwn(fields, name)) problems.push(found.fieldUnknown({ name }, { field: `${path}${name}` }));
  }
  return { config: values as ConfigOf<F>, problems };
}

function readOne(field: AnyField, own: JsonValue | undefined, visible: boolean, place: ProblemPlace, problems: Problem[]): unknown {
  const report: FieldReport = (problem) => {
    if (visible) problems.push(problem);
  };
  const given = own === undefined || isAbsent(field, own) ? undefined : own;
  if (given !== undefined) return readField(field, given, place, report);
  // An explicit null empties an optional field that has a default.
  if (own === undefined && field.default !== undefined) return readField(field, field.default, place, report);
  if (!field.required) return null;
  if (field.default !== undefined) return readField(field, field.default, place, report);
  report(found.fieldMissing({ label: field.label }, place));
  return blankValue(field);
}

/** A text of spaces is a value (a separator, say); an expression or a path of spaces is none. */
function isAbsent(field: AnyField, json: JsonValue): boolean {
  if (json === null) return true;
  if (typeof json !== 'string') return false;
  return field.kind === 'text' ? json === '' && field.emptyAllowed !== true : json.trim() === '';
}

/** True when the form shows the field for this config: what depends on a field that is not shown is not shown either. */
export function isVisible(fields: Fields, field: AnyField, json: JsonObject): boolean {
  const condition = field.visibleWhen;
  if (condition === undefined) return true;
  const other = fields[condition.field];
  if (other !== undefined && !isVisible(fields, other, json)) return false;
  const own = Object.hasOwn(json, condition.field) ? json[condition.field] : undefined;
  const value = own === undefined ? (other?.default ?? null) : own;
  if (condition.is === 'set') return other !== undefined && !isAbsent(other, value);
  return condition.is.includes(value);
}

/** Value of a field in a config that cannot be read. */
function blankValue(field: AnyField): unknown {
  if (!field.required) return null;
  switch (field.kind) {
    case 'number':
      return field.minimum ?? 0;
    case 'toggle':
      return false;
    case 'duration':
      return field.minimumMs ?? 0;
    case 'choice':
      return field.options[0].value;
    case 'watermark':
      return { column: '', delayMs: 0 };
    case 'columns':
    case 'conditions':
    case 'projections':
    case 'aggregates':
    case 'schema':
    case 'rows':
    case 'list':
      return [];
    default:
      return '';
  }
}

function readField(field: AnyField, json: JsonValue, place: ProblemPlace, report: FieldReport): unknown {
  const refuse = (wanted: Text): unknown => {
    report(found.fieldWrongType({ value: shortJson(json), wanted }, place));
    return blankValue(field);
  };
  switch (field.kind) {
    case 'number':
      return typeof json === 'number' ? readNumber(field, json, place, report) : refuse(WANTED.number);
    case 'toggle':
      return typeof json === 'boolean' ? json : refuse(WANTED.toggle);
    case 'text':
      return typeof json === 'string' ? readText(field, json, place, report) : refuse(WANTED.text);
    case 'choice':
      return typeof json === 'string' ? readChoice(field, json, place, report) : refuse(WANTED.text);
    case 'duration':
      return typeof json === 'string' ? readDuration(field, json, place, report) : refuse(WANTED.text);
    case 'watermark':
      return isObject(json) ? readWatermark(json, place, report) : refuse(WANTED.object);
    case 'columns':
    case 'conditions':
    case 'projections':
    case 'aggregates':
    case 'schema':
    case 'rows':
    case 'list':
      return Array.isArray(json) ? readEntries(field, json, place, report) : refuse(WANTED.list);
    default:
      return typeof json === 'string' ? json : refuse(WANTED.text);
  }
}

function readNumber(field: NumberField, value: number, place: ProblemPlace, report: FieldReport): number {
  if (field.integer === true && !Number.isInteger(value))
    report(found.numberNotWhole({ value }, place, valueFixes(place, Math.round(value), String(Math.round(value)))));
  const minimum = field.minimum ?? Number.NEGATIVE_INFINITY;
  const maximum = field.maximum ?? Number.POSITIVE_INFINITY;
  if (value >= minimum && value <= maximum) return value;
  const nearest = Math.min(Math.max(value, minimum), maximum);
  report(
    found.numberOutOfRange({ value, minimum: bound(minimum), maximum: bound(maximum) }, place, valueFixes(place, nearest, String(nearest))),
  );
  return nearest;
}

function valueFixes(place: ProblemPlace, value: JsonValue, shown: string): readonly Fix[] {
  return place.field === undefined ? [] : [setFieldFix(place.field, value, shown)];
}

function bound(value: number): string {
  return Number.isFinite(value) ? String(value) : '∞';
}

function readText(field: TextField, value: string, place: ProblemPlace, report: FieldReport): string {
  if (field.lengthMax !== undefined && value.length > field.lengthMax)
    report(found.textTooLong({ length: value.length, maximum: field.lengthMax }, place));
  else if (field.pattern !== undefined && !new RegExp(`^(?:${field.pattern})$`).test(value)) {
    const wanted = field.patternHelp ?? text({ en: field.pattern, zh: field.pattern });
    report(found.textPattern({ value: shortJson(value), wanted }, place));
  } else if (field.variables === true && parseVariables(value) === null) report(found.variableUnreadable({ form: VARIABLE_FORM }, place));
  return value;
}

function readChoice(field: ChoiceField, value: string, place: ProblemPlace, report: FieldReport): string {
  if (field.options.some((option) => option.value === value)) return value;
  const options = field.options.map((option) => option.value);
  const near = nearNames(value, options).flatMap((name) => valueFixes(place, name, name));
  report(found.choiceUnknown({ value: shortJson(value), options: options.join(', ') }, place, near));
  return field.options[0].value;
}

function readDuration(field: DurationField, words: string, place: ProblemPlace, report: FieldReport): number {
  const ms = parseDuration(words);
  const minimum = field.minimumMs ?? 0;
  const maximum = field.maximumMs ?? DURATION_MAX_MS;
  if (ms === null) report(found.durationUnreadable({ value: shortJson(words) }, place));
  else if (ms < minimum || ms > maximum) {
    const nearest = printDuration(Math.min(Math.max(ms, minimum), maximum));
    const limits = { minimum: printDuration(minimum), maximum: printDuration(maximum) };
    report(found.durationOutOfRange({ value: words, ...limits }, place, valueFixes(place, nearest, nearest)));
  }
  return Math.min(Math.max(ms ?? minimum, minimum), maximum);
}

function readWatermark(json: JsonObject, place: ProblemPlace, report: FieldReport): WatermarkRule {
  const column = typeof json.column === 'string' ? json.column : '';
  const delay = typeof json.delay === 'string' ? parseDuration(json.delay) : json.delay === undefined ? 0 : null;
  if (column === '')
    report(found.fieldMissing({ label: text({ en: 'The time column', zh: '时间列' }) }, { ...place, field: `${place.field}.column` }));
  if (delay === null) report(found.durationUnreadable({ value: shortJson(json.delay) }, { ...place, field: `${place.field}.delay` }));
  return { column, delayMs: delay ?? 0 };
}

type EntriesField = Extract<AnyField, { kind: 'columns' | 'conditions' | 'projections' | 'aggregates' | 'schema' | 'rows' | 'list' }>;

function readEntries(field: EntriesField, json: readonly JsonValue[], place: ProblemPlace, report: FieldReport): unknown {
  const minimum = 'countMin' in field ? (field.countMin ?? 0) : 0;
  const maximum = 'countMax' in field ? (field.countMax ?? ENTRIES_MAX) : field.kind === 'rows' ? Number.POSITIVE_INFINITY : ENTRIES_MAX;
  if (field.kind === 'schema' && json.length === 0 && field.emptyAllowed !== true) report(found.schemaEmpty({}, place));
  else if (json.length < minimum) report(found.tooFew({ minimum }, place));
  if (json.length > maximum) report(found.tooMany({ count: json.length, maximum }, place));
  const entries = json.slice(0, maximum);
  switch (field.kind) {
    case 'columns':
      return readColumns(entries, place, report);
    case 'conditions':
    case 'projections':
      return readNamed(entries, place, report).filter(isNotNull);
    case 'aggregates':
      return readAggregates(readNamed(entries, place, report), place, report);
    case 'schema':
      return readSchema(entries, place, report);
    case 'rows':
      return entries.flatMap((entry, index) => readObject(entry, at(place, index), report) ?? []);
    case 'list':
      return readList(field, entries, place, report);
  }
}

function readColumns(entries: readonly JsonValue[], place: ProblemPlace, report: FieldReport): readonly string[] {
  const names: string[] = [];
  for (const [index, entry] of entries.entries()) {
    if (typeof entry !== 'string') report(found.fieldWrongType({ value: shortJson(entry), wanted: WANTED.text }, at(place, index)));
    else if (names.includes(entry)) report(found.columnTwice({ column: entry }, at(place, index)));
    else names.push(entry);
  }
  return names;
}

/** Keeps the places of unreadable entries as null, so that indexes in later problems stay true. */
function readNamed(entries: readonly JsonValue[], place: ProblemPlace, report: FieldReport): readonly (NamedExpression | null)[] {
  const names = new Set<string>();
  return entries.map((entry, index) => {
    const object = readObject(entry, at(place, index), report);
    if (object === null) return null;
    const name = readName(object.name, index, names, place, report);
    const expression = typeof object.expression === 'string' ? object.expression : '';
    if (expression.trim() === '') report(found.expressionEmpty({ name }, { ...place, field: `${place.field}[${index}].expression` }));
    return { name, expression };
  });
}

function readName(json: JsonValue | undefined, index: number, taken: Set<string>, place: ProblemPlace, report: FieldReport): string {
  const name = typeof json === 'string' ? json : '';
  const namePlace = { ...place, field: `${place.field}[${index}].name` };
  if (name.trim() === '') report(found.nameEmpty({ number: index + 1 }, namePlace));
  else if (name.length > NAME_LENGTH_MAX) report(found.textTooLong({ length: name.length, maximum: NAME_LENGTH_MAX }, namePlace));
  else if (taken.has(name)) report(found.nameTwice({ name }, namePlace));
  taken.add(name);
  return name;
}

function readAggregates(entries: readonly (NamedExpression | null)[], place: ProblemPlace, report: FieldReport): readonly Aggregate[] {
  return entries.flatMap((entry, index) => {
    if (entry === null || entry.expression.trim() === '') return [];
    const call = parseAggregate(entry.expression);
    if (call !== null) return [{ name: entry.name, ...call }];
    report(found.aggregateUnreadable({ value: entry.expression }, { ...place, field: `${place.field}[${index}].expression` }));
    return [];
  });
}

function readSchema(entries: readonly JsonValue[], place: ProblemPlace, report: FieldReport): readonly Field[] {
  const names = new Set<string>();
  return entries.flatMap((entry, index) => {
    const object = readObject(entry, at(place, index), report);
    if (object === null) return [];
    const name = readName(object.name, index, names, place, report);
    const parsed = parseType(typeof object.type === 'string' ? object.type : '');
    if ('type' in parsed) return [{ name, type: parsed.type }];
    const range = { start: parsed.problem.start, end: parsed.problem.end };
    report(found.typeUnreadable({ name, reason: parsed.problem.text }, { ...place, field: `${place.field}[${index}].type`, range }));
    return [{ name, type: NULL_TYPE }];
  });
}

function readList(field: ListField, entries: readonly JsonValue[], place: ProblemPlace, report: FieldReport): readonly unknown[] {
  return entries.flatMap((entry, index) => {
    const object = readObject(entry, at(place, index), report);
    if (object === null) return [];
    const read = readConfig(field.item, object, `${place.field}[${index}].`);
    for (const problem of read.problems) report({ ...place, ...problem });
    return [read.config];
  });
}

function readObject(entry: JsonValue, place: ProblemPlace, report: FieldReport): JsonObject | null {
  if (isObject(entry)) return entry;
  report(found.fieldWrongType({ value: shortJson(entry), wanted: WANTED.object }, place));
  return null;
}

function at(place: ProblemPlace, index: number): ProblemPlace {
  return { ...place, field: `${place.field}[${index}]` };
}

function isNotNull<T>(value: T | null): value is T {
  return value !== null;
}
