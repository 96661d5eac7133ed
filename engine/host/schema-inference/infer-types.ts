/** Guesses column types from sample values, never narrower than what every sample fits; what does not fit one type is STRING. */
import type { JsonValue } from '../../base/json.ts';
import { isObject } from '../../base/json.ts';
import type { Field, LogicalType } from '../../types/logical-type.ts';
import { BIGINT, BOOLEAN, DATE, DOUBLE, rowType, STRING, timestampLtzType, timestampType } from '../../types/make-type.ts';

/** Objects inside objects beyond this are kept as they are written. */
const DEPTH_MAX = 16;
const FIELDS_MAX = 2_000;

/** How timestamps are written in the file. */
export type TimestampForm = 'sql' | 'iso-8601';

/** What has been seen in one column; kinds that nobody has seen leave it open. */
interface Seen {
  readonly kinds: Set<ValueKind>;
  /** Fields of nested objects, in order of first appearance. */
  readonly fields: Map<string, Seen>;
  element: Seen | null;
}

type ValueKind = 'boolean' | 'integer' | 'number' | 'date' | 'timestamp' | 'timestamp-ltz' | 'text' | 'object' | 'array';

export class TypeGuess {
  private readonly root = createSeen();
  private readonly form: TimestampForm;

  constructor(form: TimestampForm) {
    this.form = form;
  }

  /** One row of NDJSON; anything but an object is not a row. Returns whether it was one. */
  addObject(value: JsonValue): boolean {
    if (!isObject(value)) return false;
    this.addFields(this.root, value, 0);
    return true;
  }

  /** One field of a CSV row; `null` leaves the column open. */
  addText(column: string, text: string | null): void {
    const seen = fieldOf(this.root, column);
    if (seen !== null && text !== null) seen.kinds.add(kindOfCsvText(text));
  }

  fields(): readonly Field[] {
    return fieldsOf(this.root);
  }

  private addFields(seen: Seen, value: { readonly [name: string]: JsonValue }, depth: number): void {
    for (const [name, part] of Object.entries(value)) {
      const field = fieldOf(seen, name);
      if (field !== null) this.addValue(field, part, depth + 1);
    }
  }

  private addValue(seen: Seen, value: JsonValue, depth: number): void {
    if (value === null) return;
    if (typeof value === 'boolean') seen.kinds.add('boolean');
    else if (typeof value === 'number') seen.kinds.add(Number.isSafeInteger(value) ? 'integer' : 'number');
    else if (typeof value === 'string') seen.kinds.add(kindOfJsonText(value, this.form));
    else if (depth > DEPTH_MAX) seen.kinds.add('text');
    else if (isObject(value)) {
      seen.kinds.add('object');
      this.addFields(seen, value, depth);
    } else {
      seen.kinds.add('array');
      seen.element ??= createSeen();
      for (const element of value) this.addValue(seen.element, element, depth + 1);
    }
  }
}

function createSeen(): Seen {
  return { kinds: new Set(), fields: new Map(), element: null };
}

function fieldOf(seen: Seen, name: string): Seen | null {
  const known = seen.fields.get(name);
  if (known !== undefined) return known;
  if (seen.fields.size >= FIELDS_MAX) return null;
  const created = createSeen();
  seen.fields.set(name, created);
  return created;
}

function fieldsOf(seen: Seen): readonly Field[] {
  return [...seen.fields].map(([name, field]) => ({ name, type: typeOf(field) }));
}

function typeOf(seen: Seen): LogicalType {
  const kinds = [...seen.kinds];
  if (kinds.length === 1) return typeOfKind(kinds[0], seen);
  return kinds.length > 0 && kinds.every((kind) => kind === 'integer' || kind === 'number') ? DOUBLE : STRING;
}

function typeOfKind(kind: ValueKind, seen: Seen): LogicalType {
  switch (kind) {
    case 'boolean':
      return BOOLEAN;
    case 'integer':
      return BIGINT;
    case 'number':
      return DOUBLE;
    case 'date':
      return DATE;
    case 'timestamp':
      return timestampType(3);
    case 'timestamp-ltz':
      return timestampLtzType(3);
    case 'object':
      // An object that was always empty has no columns to offer.
      return seen.fields.size === 0 ? STRING : rowType(fieldsOf(seen));
    case 'array':
      return { kind: 'ARRAY', element: seen.element === null ? STRING : typeOf(seen.element), nullable: true };
    case 'text':
      return STRING;
  }
}

const DATE_TEXT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIME_TEXT = '([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?';
const SQL_TIMESTAMP = new RegExp(`^\\d{4}-\\d{2}-\\d{2} ${TIME_TEXT}(Z?)$`);
const ISO_TIMESTAMP = new RegExp(`^\\d{4}-\\d{2}-\\d{2}T${TIME_TEXT}(Z?)$`);

function kindOfJsonText(value: string, form: TimestampForm): ValueKind {
  if (value.length > 40) return 'text';
  if (DATE_TEXT.test(value)) return 'date';
  const match = (form === 'sql' ? SQL_TIMESTAMP : ISO_TIMESTAMP).exec(value);
  if (match === null) return 'text';
  return match[3] === 'Z' ? 'timestamp-ltz' : 'timestamp';
}

/** A number with leading zeros is a code, not a number. */
function kindOfCsvText(value: string): ValueKind {
  if (/^-?(0|[1-9]\d{0,17})$/.test(value)) return 'integer';
  if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d{1,3})?$/.test(value)) return 'number';
  if (/^(true|false)$/i.test(value)) return 'boolean';
  const kind = kindOfJsonText(value, 'sql');
  return kind === 'timestamp-ltz' ? 'text' : kind;
}
