/** The types of stored state, read back from the text and the layouts that a snapshot says of itself. */
import type { PhysicalForm } from '../../columnar/key-fields.ts';
import { physicalForm } from '../../columnar/key-fields.ts';
import type { CellSpec } from '../../state/row-layout.ts';
import { parseFingerprint } from '../../state/row-layout.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import type { KeyedStateSpec, StateSpec, TimeToLive } from '../../state/state-spec.ts';
import { list, map, printSpec, value } from '../../state/state-spec.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import {
  BIGINT,
  BOOLEAN,
  BYTES,
  DATE,
  DOUBLE,
  dayTimeInterval,
  decimalType,
  FLOAT,
  INT,
  rowType,
  SMALLINT,
  STRING,
  TINYINT,
  timestampLtzType,
  timestampType,
  timeType,
  withNullable,
  yearMonthInterval,
} from '../../types/make-type.ts';
import { parseType } from '../../types/parse-type.ts';

const KINDS: Readonly<Record<string, LogicalType>> = {
  BOOLEAN,
  TINYINT,
  SMALLINT,
  INTEGER: INT,
  BIGINT,
  FLOAT,
  DOUBLE,
  CHAR: STRING,
  VARCHAR: STRING,
  BINARY: BYTES,
  VARBINARY: BYTES,
  DATE,
  TIME: timeType(3),
  TIMESTAMP: timestampType(3),
  TIMESTAMP_LTZ: timestampLtzType(3),
  INTERVAL_YEAR_MONTH: yearMonthInterval('YEAR TO MONTH'),
  INTERVAL_DAY_TIME: dayTimeInterval('DAY TO SECOND(3)'),
};

const TYPES_OF_FORMS: Readonly<Record<PhysicalForm, LogicalType>> = {
  boolean: BOOLEAN,
  i32: INT,
  i64: BIGINT,
  i64i32: timestampType(9),
  i128: decimalType(38, 0),
  f32: FLOAT,
  f64: DOUBLE,
  text: STRING,
  binary: BYTES,
};

/** Nothing read here ever expires: the time of the last access is what is kept. */
const KEPT: TimeToLive = { ms: Number.POSITIVE_INFINITY, update: 'OnCreateAndWrite', visibility: 'NeverReturnExpired', cleanup: 'access' };
/** Cells before the values of a state in a key's row: is there a value, or first and last entry; in a row of a list: the next. */
const VALUE_HEAD = 1;
const LINKS = 2;
const ELEMENT_HEAD = 1;
const ENTRY_HEAD = 2;

export function typeOfForm(form: PhysicalForm): LogicalType {
  return TYPES_OF_FORMS[form];
}

/** Keys as they lie in memory, where which columns they are is not stored, only their forms. */
export function typesOfForms(layout: string): readonly LogicalType[] {
  return (parseFingerprint(layout)?.key ?? []).map(({ form }) => typeOfForm(form));
}

/** Types as they are written in full, each on its own; null when one of them is none. */
export function parsePrinted(texts: readonly string[]): LogicalType[] | null {
  const types = texts.flatMap((text) => {
    const parsed = parseType(text);
    return 'type' in parsed ? [parsed.type] : [];
  });
  return types.length === texts.length ? types : null;
}

/** A list of them, cut at its commas. */
export function splitTypes(text: string): string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    if (depth === 0 && text.startsWith(', ', at)) {
      parts.push(text.slice(start, at));
      start = at + 2;
    }
    if ('(<'.includes(text.charAt(at))) depth++;
    if (')>'.includes(text.charAt(at))) depth--;
  }
  return [...parts, text.slice(start)];
}

/** `INTEGER, ROW<BIGINT, DECIMAL(10, 2)>`; null when a name is unknown. */
export function parseTypeNames(text: string): LogicalType[] | null {
  const reader = { text, at: 0 };
  const types: LogicalType[] = [];
  if (text === '') return types;
  do {
    const type = readType(reader);
    if (type === null) return null;
    types.push(type);
  } while (takeComma(reader));
  return reader.at === text.length ? types : null;
}

interface Reader {
  readonly text: string;
  at: number;
}

function takeComma(reader: Reader): boolean {
  if (!reader.text.startsWith(', ', reader.at)) return false;
  reader.at += 2;
  return true;
}

function readType(reader: Reader): LogicalType | null {
  const rest = reader.text.slice(reader.at);
  const decimal = /^DECIMAL\((\d+), (\d+)\)/.exec(rest);
  if (decimal !== null) {
    reader.at += decimal[0].length;
    return decimalType(Number(decimal[1]), Number(decimal[2]));
  }
  if (rest.startsWith('ROW<')) return readRow(reader);
  const name = /^[A-Z_]+/.exec(rest)?.[0] ?? '';
  reader.at += name.length;
  return Object.hasOwn(KINDS, name) ? KINDS[name] : null;
}

function readRow(reader: Reader): LogicalType | null {
  reader.at += 'ROW<'.length;
  const types: LogicalType[] = [];
  do {
    const type = readType(reader);
    if (type === null) return null;
    types.push(type);
  } while (takeComma(reader));
  if (reader.text[reader.at] !== '>') return null;
  reader.at++;
  return rowType(types.map((type, at) => ({ name: `f${at}`, type })));
}

/** Forms of a store's cells behind the first `skip`, taken by the types in turn. */
class Forms {
  private readonly specs: readonly CellSpec[];
  private at: number;

  constructor(specs: readonly CellSpec[], skip: number) {
    this.specs = specs;
    this.at = skip;
  }

  skip(count: number): void {
    this.at += count;
  }

  fit(types: readonly LogicalType[]): LogicalType[] {
    return types.map((type) => this.fitOne(type));
  }

  /** A timestamp with nanoseconds has a form of its own, which its name does not tell. */
  private fitOne(type: LogicalType): LogicalType {
    const form = this.specs[this.at++]?.form;
    if (type.kind === 'ROW') return { ...type, fields: type.fields.map((field) => ({ ...field, type: this.fitOne(field.type) })) };
    return form === 'i64i32' && physicalForm(type) === 'i64' && 'precision' in type ? { ...type, precision: 9 } : type;
  }
}

/** Key types of a store whose names are known, nullable where its cells are. */
export function fitKeyTypes(layout: string, types: readonly LogicalType[]): LogicalType[] {
  const key = parseFingerprint(layout)?.key ?? [];
  return new Forms(key, 0).fit(types).map((type, at) => withNullable(type, key[at]?.nullable === true));
}

/** The declaration that prints as `keys (…), value name (…), …`, with the stores of its section; null when it cannot be told. */
export function parseKeyedSpec(text: string, stores: readonly StoreHeader[]): KeyedStateSpec | null {
  const named = parseStates(text);
  const layouts = stores.map(({ layout }) => parseFingerprint(layout));
  const [table, ...others] = layouts;
  if (named === null || table === undefined || table === null || others.includes(null)) return null;
  const forms = new Forms(table.payload, 1);
  let store = 0;
  const states = named.states.map((state): StateSpec => {
    const timed = state.ttl === null ? 0 : 1;
    if (state.kind !== 'list' && state.kind !== 'map') {
      forms.skip(VALUE_HEAD + timed);
      return { ...state, types: forms.fit(state.types) };
    }
    forms.skip(LINKS);
    const own = others[store++];
    if (state.kind === 'list') return { ...state, types: new Forms(own?.payload ?? [], ELEMENT_HEAD + timed).fit(state.types) };
    const keyTypes = new Forms(own?.key ?? [], 1).fit(state.keyTypes);
    return { ...state, keyTypes, types: new Forms(own?.payload ?? [], ENTRY_HEAD + timed).fit(state.types) };
  });
  const spec = { keyTypes: new Forms(table.key, 0).fit(named.keyTypes), states };
  return printSpec(spec) === text ? spec : null;
}

/** Names may hold anything but what begins the next state; types hold parentheses one deep. */
const TYPES = String.raw`\(((?:[^()]|\([^()]*\))*)\)`;
const KEYS_PATTERN = new RegExp(`^keys ${TYPES}, `);
const STATE_PATTERN = new RegExp(`(value|list|map|reducing|aggregating) (.+?) ${TYPES}(?:, |$)`, 'sy');
const WITH_EXPIRY = ', with expiry';
const ARROW = ' → ';

function parseStates(text: string): KeyedStateSpec | null {
  const keys = KEYS_PATTERN.exec(text);
  const keyTypes = keys === null ? null : parseTypeNames(keys[1]);
  if (keys === null || keyTypes === null) return null;
  const states: StateSpec[] = [];
  for (let at = keys[0].length; at < text.length; at = STATE_PATTERN.lastIndex) {
    STATE_PATTERN.lastIndex = at;
    const match = STATE_PATTERN.exec(text);
    const state = match === null ? null : createState(match[1], match[2], match[3]);
    if (state === null) return null;
    states.push(state);
  }
  return { keyTypes, states };
}

function createState(kind: string, name: string, inside: string): StateSpec | null {
  const timed = inside.endsWith(WITH_EXPIRY);
  const words = timed ? inside.slice(0, -WITH_EXPIRY.length) : inside;
  const ttl = timed ? KEPT : null;
  const arrow = words.indexOf(ARROW);
  const keyTypes = parseTypeNames(arrow < 0 ? '' : words.slice(0, arrow));
  const types = parseTypeNames(arrow < 0 ? words : words.slice(arrow + ARROW.length));
  if (keyTypes === null || types === null) return null;
  switch (kind) {
    case 'value':
      return value(name, types, ttl);
    case 'list':
      return list(name, types, ttl);
    case 'map':
      return map(name, keyTypes, types, ttl);
    // What was made of many is a value here: nothing is added to it.
    case 'reducing':
      return { kind, name, types, ttl, reduce: (_kept, added) => added };
    default:
      return { kind: 'aggregating', name, types, ttl, create: () => [], add: (_accumulator, added) => added, result: (kept) => kept };
  }
}
