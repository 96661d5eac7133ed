/** What every field widget is given; one widget per field kind, so a new kind without one does not compile. */
import type { FC } from 'react';
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import type { AnyField, FieldKind } from '../../engine/spec/fields.ts';
import type { Problem } from '../../engine/spec/problem.ts';
import type { Schema } from '../../engine/types/schema.ts';
import type { SampleRows } from '../code/sample-value.ts';
import type { ColumnRenaming } from './column-renaming.ts';

/** Where the form stands: the node's columns, its whole config, the settings expressions depend on. */
export interface FieldContext {
  /** Null for the job settings and for several nodes at once. */
  readonly nodeId: string | null;
  readonly nodeType: string | null;
  readonly config: JsonObject;
  readonly timeZone: string;
  /** Columns that arrive at an input; without a name at the first one. */
  schema(input?: string): Schema;
  /** Rows of the preview that arrive there; null while there is none. */
  sample(input?: string): SampleRows | null;
  /** Rows of the preview that leave by the first output. */
  results(): SampleRows | null;
  /** What the code of the node may name, as TypeScript declarations; null where there is no code. */
  declarations?(): string | null;
  /** Makes uses of a column follow when its name is edited; null where nothing could follow. */
  readonly renaming: ColumnRenaming | null;
  /** Draws a field with its label, for widgets that hold fields themselves. */
  readonly Control: FC<FieldControlProps>;
  /** Draws problems, for widgets that show those of an entry at the entry. */
  readonly Problems: FC<{ readonly problems: readonly Problem[] }>;
}

export interface FieldControlProps {
  readonly name: string;
  /** Place of the field in the node's config, as problems name it. */
  readonly path: string;
  readonly field: AnyField;
  readonly config: JsonObject;
  readonly problems: readonly Problem[];
  readonly context: FieldContext;
  readonly onChange: (value: JsonValue | undefined) => void;
}

export interface WidgetProps<F extends AnyField = AnyField> {
  /** Id of the control that the label belongs to. */
  readonly id: string;
  readonly field: F;
  readonly label: string;
  /** JSON in the document, or the default; undefined when there is neither. */
  readonly value: JsonValue | undefined;
  readonly problems: readonly Problem[];
  /** Place of the field in the config, as problems name it. */
  readonly path: string;
  readonly context: FieldContext;
  /** Undefined takes the value out of the document. */
  readonly onChange: (value: JsonValue | undefined) => void;
}

export type Widgets = { readonly [K in FieldKind]: FC<WidgetProps<Extract<AnyField, { kind: K }>>> };

export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

export function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** The list with one entry replaced, or taken out. */
export function withItem(list: readonly JsonValue[], index: number, item: JsonValue | undefined): readonly JsonValue[] {
  return item === undefined ? list.filter((_entry, at) => at !== index) : list.map((entry, at) => (at === index ? item : entry));
}

/** The list with one entry at another place; the same list when the place does not exist. */
export function moveItem<T>(list: readonly T[], from: number, to: number): readonly T[] {
  if (to < 0 || to >= list.length || from === to) return list;
  const rest = list.filter((_entry, at) => at !== from);
  return [...rest.slice(0, to), list[from], ...rest.slice(to)];
}

/** Problems that are about this place or something inside it. */
export function problemsAt(problems: readonly Problem[], path: string): readonly Problem[] {
  return problems.filter(
    (problem) => problem.field === path || problem.field?.startsWith(`${path}.`) === true || problem.field?.startsWith(`${path}[`) === true,
  );
}

/** What a field holds, or would hold if nobody had said anything; null says that it is empty. */
export function valueIn(config: JsonObject, name: string, field: AnyField): JsonValue | undefined {
  return config[name] === undefined ? field.default : config[name];
}

/** What an emptied field leaves in the document: an optional one nothing, unless that would bring its default back. */
export function emptied(field: Pick<AnyField, 'required' | 'default'>): JsonValue | undefined {
  if (!field.required) return field.default === undefined ? undefined : null;
  return field.default === undefined ? '' : undefined;
}

/** A text that must be there stays empty while it is typed anew. */
export function optionalText(text: string, field: Pick<AnyField, 'required' | 'default'>): JsonValue | undefined {
  return text === '' && !field.required ? emptied(field) : text;
}
