/**
 * Field kinds: what a config value means, which says at once how it is read from JSON, checked, edited and exported.
 * A kind is a kind of the domain (a column, a duration), never a control on the screen. `ConfigOf` types a config by
 * inference from its fields.
 */
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { TypeKind } from '../types/logical-type.ts';
import type { Aggregate, NamedExpression, RowsValue, SchemaValue, WatermarkRule } from './field-values.ts';
import type { Text } from './text.ts';

/** A field is shown, asked for and checked only while another field of the same config has one of these JSON values, or any. */
export interface VisibleWhen {
  readonly field: string;
  readonly is: readonly JsonValue[] | 'set';
}

/** `Required` false: the value may be absent and is then null. */
interface FieldCommon<Required extends boolean> {
  readonly label: Text;
  /** One or two sentences below the control. */
  readonly help?: Text;
  readonly required: Required;
  /** JSON form of what a new node has; absent: a required field must be filled in. */
  readonly default?: JsonValue;
  /** What it means that an optional field is empty, in a word or two that stand in its place. */
  readonly whenEmpty?: Text;
  /** Heading the form puts it under; fields without one come first. */
  readonly section?: Text;
  /** Folded away until asked for. */
  readonly advanced?: boolean;
  readonly visibleWhen?: VisibleWhen;
  /** Of an entry in a list: tells of the entry before, so that the first has no use for it. */
  readonly ofEntryBefore?: boolean;
}

export interface TextField<R extends boolean = boolean> extends FieldCommon<R> {
  readonly kind: 'text';
  readonly placeholder?: string;
  readonly lengthMax?: number;
  /** An empty text is a value of its own; otherwise it counts as absent. */
  readonly emptyAllowed?: boolean;
  /** Must match as a whole; `patternHelp` says in words what does. */
  readonly pattern?: string;
  readonly patternHelp?: Text;
  /** The text is the name of a column of this schema field of the same node. */
  readonly columnOf?: string;
  /** Of those columns only the ones of these types. */
  readonly columnTypes?: readonly TypeKind[];
  /** `${env:NAME}` in it stands for a variable of the machine that runs; see variables.ts. */
  readonly variables?: boolean;
  /** The text is the name of an entry of this list field of the same node. */
  readonly entryOf?: string;
}

/** A Flink SQL type. */
export interface TypeField<R extends boolean = boolean> extends FieldCommon<R> {
  readonly kind: 'type';
  readonly placeholder?: string;
}

export interface NumberField<R extends boolean = boolean> extends FieldCommon<R> {
  readonly kind: 'number';
  readonly integer?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Shown behind the number: `rows/s`. */
  readonly unit?: Text;
}

export interface ToggleField extends FieldCommon<true> {
  readonly kind: 'toggle';
}

export interface ChoiceOption<T extends string = string> {
  readonly value: T;
  readonly label: Text;
  readonly help?: Text;
}

export interface ChoiceField<T extends string = string, R extends boolean = boolean> extends FieldCommon<R> {
  readonly kind: 'choice';
  readonly options: readonly ChoiceOption<T>[];
}

/** JSON `"1 h 30 min"`; value in milliseconds. */
export interface DurationField<R extends boolean = boolean> extends FieldCommon<R> {
  readonly kind: 'duration';
  readonly minimumMs?: number;
  readonly maximumMs?: number;
}

/** A column that reaches the node, by path (`bid.auction`); see column-path.ts. */
export interface ColumnField<R extends boolean = boolean> extends FieldCommon<R> {
  readonly kind: 'column';
  /** Input port whose columns are offered; absent: the first. */
  readonly input?: string;
  readonly types?: readonly TypeKind[];
  /** False: only columns of the row itself, not fields inside a ROW. */
  readonly nested?: boolean;
}

export interface ColumnsField extends FieldCommon<true> {
  readonly kind: 'columns';
  readonly input?: string;
  readonly types?: readonly TypeKind[];
  readonly nested?: boolean;
  readonly countMin?: number;
  /** They are kept or left out; nothing is grouped, matched or dealt out by them. */
  readonly plain?: boolean;
}

/**
 * What an expression may name: columns of the row, or also steps of a pattern (`small.amount`, see expressions/pattern). The latter is
 * checked by the node itself, which knows its steps.
 */
export type ExpressionScope = 'row' | 'pattern';

/** Flink SQL over the input's columns. */
export interface ExpressionField<R extends boolean = boolean> extends FieldCommon<R> {
  readonly kind: 'expression';
  /** Absent: `row`. */
  readonly scope?: ExpressionScope;
  readonly input?: string;
  /** Another input port whose columns may be named as well, as they are called behind a join of the two. */
  readonly joined?: string;
  /** What the expression must answer; absent: anything. */
  readonly returns?: 'BOOLEAN';
}

/** Named BOOLEAN expressions, in order. */
export interface ConditionsField extends FieldCommon<true> {
  readonly kind: 'conditions';
  readonly input?: string;
  readonly countMin?: number;
  readonly countMax?: number;
}

/** Named expressions that make output columns, in order. */
export interface ProjectionsField extends FieldCommon<true> {
  readonly kind: 'projections';
  /** Absent: `row`. */
  readonly scope?: ExpressionScope;
  readonly input?: string;
  readonly countMin?: number;
  /** The names are those of columns that arrive, which get another value. */
  readonly assigns?: boolean;
}

export interface AggregatesField extends FieldCommon<true> {
  readonly kind: 'aggregates';
  readonly input?: string;
  readonly countMin?: number;
}

export interface WatermarkField extends FieldCommon<true> {
  readonly kind: 'watermark';
  readonly input?: string;
}

export interface SchemaField extends FieldCommon<true> {
  readonly kind: 'schema';
  /** The node can propose a schema from a sample (`schema.infer`). */
  readonly inferable?: boolean;
  /** No column is a value of its own. */
  readonly emptyAllowed?: boolean;
}

export interface RowsField extends FieldCommon<true> {
  readonly kind: 'rows';
  /** Schema field whose columns the rows have. */
  readonly schemaField: string;
}

export interface PathField<R extends boolean = boolean> extends FieldCommon<R> {
  readonly kind: 'path';
  readonly placeholder?: string;
  readonly access: 'read' | 'write';
  /** `*`, `?` and `**` may stand for several files. */
  readonly glob?: boolean;
  readonly directory?: boolean;
  /** File name endings offered first, without the dot. */
  readonly extensions?: readonly string[];
}

/** Name of a shared connection. */
export interface ConnectionField<R extends boolean = boolean> extends FieldCommon<R> {
  readonly kind: 'connection';
  readonly system: string;
}

/** Name of a secret in the keychain; the secret itself is never in a document. */
export interface SecretField<R extends boolean = boolean> extends FieldCommon<R> {
  readonly kind: 'secret';
}

export interface CodeField<R extends boolean = boolean> extends FieldCommon<R> {
  readonly kind: 'code';
  readonly language: 'typescript' | 'sql' | 'json';
}

/** How an entry is written in a strip of entries, of which one is open at a time. */
export interface StripEntry {
  /** Sign between it and the entry before. */
  readonly link: string;
  /** Brackets of groups that begin with it. */
  readonly opens: string;
  readonly name: string;
  /** Sign behind the name. */
  readonly mark: string;
  /** Brackets of groups that end with it, with their signs. */
  readonly closes: string;
  /** It must not be. */
  readonly crossed: boolean;
}

/** Repeated rows of plain fields (one level). */
export interface ListField<F extends Fields = Fields> extends FieldCommon<true> {
  readonly kind: 'list';
  readonly item: F;
  readonly itemLabel: Text;
  /** The entries follow each other and are drawn so; given their JSON and that of the whole node. */
  readonly strip?: (items: readonly JsonObject[], config: JsonObject) => readonly StripEntry[];
  readonly countMin?: number;
  readonly countMax?: number;
}

export type AnyField =
  | TextField
  | TypeField
  | NumberField
  | ToggleField
  | ChoiceField
  | DurationField
  | ColumnField
  | ColumnsField
  | ExpressionField
  | ConditionsField
  | ProjectionsField
  | AggregatesField
  | WatermarkField
  | SchemaField
  | RowsField
  | PathField
  | ConnectionField
  | SecretField
  | CodeField
  | ListField;

export type FieldKind = AnyField['kind'];
export type Fields = { readonly [name: string]: AnyField };

interface KindValues {
  readonly text: string;
  readonly type: string;
  readonly number: number;
  readonly toggle: boolean;
  readonly duration: number;
  readonly column: string;
  readonly columns: readonly string[];
  readonly expression: string;
  readonly conditions: readonly NamedExpression[];
  readonly projections: readonly NamedExpression[];
  readonly aggregates: readonly Aggregate[];
  readonly watermark: WatermarkRule;
  readonly schema: SchemaValue;
  readonly rows: RowsValue;
  readonly path: string;
  readonly connection: string;
  readonly secret: string;
  readonly code: string;
}

type PresentValue<F extends AnyField> =
  F extends ChoiceField<infer T>
    ? T
    : F extends ListField<infer I>
      ? readonly ConfigOf<I>[]
      : F['kind'] extends keyof KindValues
        ? KindValues[F['kind']]
        : never;

/** The value a field has in a config that was read. */
export type ValueOf<F extends AnyField> = F['required'] extends true ? PresentValue<F> : PresentValue<F> | null;

/** The config that a set of fields describes. */
export type ConfigOf<F extends Fields> = { readonly [Name in keyof F]: ValueOf<F[Name]> };

type Options<F extends AnyField> = Omit<F, 'kind' | 'required'>;
type Requirement<O> = O extends { readonly optional: true } ? false : true;
/** `optional: true` makes the value `… | null`. */
type WithOptional<F extends AnyField> = Options<F> & { readonly optional?: boolean };

function isRequired<O extends { readonly optional?: boolean }>(options: O): Requirement<O> {
  return (options.optional !== true) as Requirement<O>;
}

export function textField<const O extends WithOptional<TextField>>(options: O): TextField<Requirement<O>> {
  return { ...options, kind: 'text', required: isRequired(options) };
}

export function typeField<const O extends WithOptional<TypeField>>(options: O): TypeField<Requirement<O>> {
  return { ...options, kind: 'type', required: isRequired(options) };
}

export function numberField<const O extends WithOptional<NumberField>>(options: O): NumberField<Requirement<O>> {
  return { ...options, kind: 'number', required: isRequired(options) };
}

export function toggleField(options: Options<ToggleField> & { readonly default: boolean }): ToggleField {
  return { ...options, kind: 'toggle', required: true };
}

/** The order of the options is the order on the screen; the first is the default unless another is named. */
export function choiceField<const T extends string>(
  options: Options<ChoiceField<T>> & { readonly default?: NoInfer<T> },
): ChoiceField<T, true> {
  return { ...options, default: options.default ?? options.options[0].value, kind: 'choice', required: true };
}

export function durationField<const O extends WithOptional<DurationField>>(options: O): DurationField<Requirement<O>> {
  return { ...options, kind: 'duration', required: isRequired(options) };
}

export function columnField<const O extends WithOptional<ColumnField>>(options: O): ColumnField<Requirement<O>> {
  return { ...options, kind: 'column', required: isRequired(options) };
}

export function columnsField(options: Options<ColumnsField>): ColumnsField {
  return { ...options, kind: 'columns', required: true };
}

export function expressionField<const O extends WithOptional<ExpressionField>>(options: O): ExpressionField<Requirement<O>> {
  return { ...options, kind: 'expression', required: isRequired(options) };
}

export function conditionsField(options: Options<ConditionsField>): ConditionsField {
  return { ...options, kind: 'conditions', required: true };
}

export function projectionsField(options: Options<ProjectionsField>): ProjectionsField {
  return { ...options, kind: 'projections', required: true };
}

export function aggregatesField(options: Options<AggregatesField>): AggregatesField {
  return { ...options, kind: 'aggregates', required: true };
}

export function watermarkField(options: Options<WatermarkField>): WatermarkField {
  return { ...options, kind: 'watermark', required: true };
}

export function schemaField(options: Options<SchemaField>): SchemaField {
  return { ...options, kind: 'schema', required: true };
}

export function rowsField(options: Options<RowsField>): RowsField {
  return { ...options, kind: 'rows', required: true };
}

export function pathField<const O extends WithOptional<PathField>>(options: O): PathField<Requirement<O>> {
  return { ...options, kind: 'path', required: isRequired(options) };
}

export function connectionField<const O extends WithOptional<ConnectionField>>(options: O): ConnectionField<Requirement<O>> {
  return { ...options, kind: 'connection', required: isRequired(options) };
}

export function secretField<const O extends WithOptional<SecretField>>(options: O): SecretField<Requirement<O>> {
  return { ...options, kind: 'secret', required: isRequired(options) };
}

export function codeField<const O extends WithOptional<CodeField>>(options: O): CodeField<Requirement<O>> {
  return { ...options, kind: 'code', required: isRequired(options) };
}

export function listField<const F extends Fields>(options: Options<ListField<F>>): ListField<F> {
  return { ...options, kind: 'list', required: true };
}

/** Shown while `field` has one of the values. */
export function when(field: string, ...is: readonly JsonValue[]): VisibleWhen {
  return { field, is };
}

/** Shown while `field` has a value. */
export function whenSet(field: string): VisibleWhen {
  return { field, is: 'set' };
}
