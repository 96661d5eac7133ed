/** Argument lists as Flink's functions accept them: families of types, optional tails, and refusals in a sentence. */
import type { LogicalType } from '../../../types/logical-type.ts';
import {
  isApproximateNumeric,
  isBinary,
  isCharacter,
  isDatetime,
  isExactNumeric,
  isInteger,
  isNumeric,
  isTimestamp,
} from '../../../types/make-type.ts';
import type {
  CallSite,
  Evaluator,
  FunctionDefinition,
  FunctionFamily,
  FunctionHelp,
  FunctionRuntime,
  Refusal,
  ResolvedCall,
} from '../define-function.ts';
import { anyNullable, refuse } from '../define-function.ts';

const FAMILIES = {
  character: isCharacter,
  binary: isBinary,
  'character or binary': (type: LogicalType) => isCharacter(type) || isBinary(type),
  boolean: (type: LogicalType) => type.kind === 'BOOLEAN',
  integer: isInteger,
  'integer of at most 32 bits': (type: LogicalType) => isInteger(type) && type.kind !== 'BIGINT',
  'exact number': isExactNumeric,
  number: isNumeric,
  'integer or character': (type: LogicalType) => isInteger(type) || isCharacter(type),
  'number or character': (type: LogicalType) => isNumeric(type) || isCharacter(type),
  date: (type: LogicalType) => type.kind === 'DATE',
  timestamp: isTimestamp,
  'date or time': isDatetime,
  'timestamp or character': (type: LogicalType) => isTimestamp(type) || isCharacter(type),
  approximate: isApproximateNumeric,
} as const;

/** What one argument may be; named for people, because refusals print it. */
export type Family = keyof typeof FAMILIES;

export function belongsTo(type: LogicalType, family: Family): boolean {
  return FAMILIES[family](type);
}

/** One accepted form: a family per argument. */
export type Form = readonly Family[];

/**
 * The first form the call fits, or the refusal that names what is accepted. Flink's older functions refuse a bare NULL,
 * its newer ones take it (`bareNulls`).
 */
export function matchForm(call: CallSite, forms: readonly Form[], bareNulls = false): Form | Refusal {
  const accepts = (type: LogicalType, family: Family) => belongsTo(type, family) || (bareNulls && type.kind === 'NULL');
  const found = forms.find(
    (form) => form.length === call.arguments.length && form.every((family, index) => accepts(call.arguments[index].type, family)),
  );
  if (found !== undefined) return found;
  const accepted = forms.map((form) => `${call.name}(${form.join(', ')})`).join(' or ');
  const given = call.arguments.map((argument) => argument.symbol ?? argument.type.kind).join(', ');
  return refuse(`${call.name} is called as ${accepted}, not with (${given})`);
}

export function isForm(answer: Form | Refusal): answer is Form {
  return Array.isArray(answer);
}

export interface SimpleFunction {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly family: FunctionFamily;
  readonly forms: readonly Form[];
  /** The result's type; its nullability is decided by `nullable`. */
  readonly type: LogicalType | ((call: CallSite) => LogicalType);
  /** `arguments`: as soon as one argument may be NULL (the default); `always`: whatever the arguments. */
  readonly nullable?: 'arguments' | 'always' | 'never' | ((call: CallSite) => boolean);
  readonly nulls?: 'propagate' | 'receive';
  /** True where Flink takes a bare NULL without a type. */
  readonly bareNulls?: boolean;
  /** As in `ResolvedCall`: casts that the checker makes first. */
  readonly argumentTypes?: (call: CallSite) => readonly (LogicalType | null)[] | undefined;
  readonly spark?: string | null;
  readonly deterministic?: boolean;
  readonly help: FunctionHelp;
  create(runtime: FunctionRuntime, call: CallSite): Evaluator;
}

function resultNullable(simple: SimpleFunction, call: CallSite): boolean {
  if (typeof simple.nullable === 'function') return simple.nullable(call);
  if (simple.nullable === 'always') return true;
  return simple.nullable === 'never' ? false : anyNullable(call);
}

/** A function whose typing is a list of forms and one result type: most of them. */
export function simpleFunction(simple: SimpleFunction): FunctionDefinition {
  return {
    name: simple.name,
    aliases: simple.aliases,
    family: simple.family,
    nulls: simple.nulls ?? 'propagate',
    deterministic: simple.deterministic,
    spark: simple.spark,
    help: simple.help,
    resolve(call): ResolvedCall | Refusal {
      const form = matchForm(call, simple.forms, simple.bareNulls);
      if (!isForm(form)) return form;
      const base = typeof simple.type === 'function' ? simple.type(call) : simple.type;
      return {
        type: { ...base, nullable: resultNullable(simple, call) },
        argumentTypes: simple.argumentTypes?.(call),
        create: (runtime) => simple.create(runtime, call),
      };
    },
  };
}
