/** JSON_VALUE: one scalar out of a JSON text. */
import type { LogicalType } from '../../types/logical-type.ts';
import { STRING } from '../../types/make-type.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import type { CallSite, FunctionDefinition, JsonBehavior, Refusal, ResolvedCall } from './define-function.ts';
import { defineFunction, refuse } from './define-function.ts';
import type { JsonPath } from './support/json/json-path.ts';
import { compileJsonPath, selectPath } from './support/json/json-path.ts';
import { textOfNumber } from './support/json/print-json.ts';
import type { JsonTree } from './support/json/read-json.ts';
import { JsonNumber, JsonTextError, readJson } from './support/json/read-json.ts';
import { textOf } from './support/read-value.ts';
import { belongsTo } from './support/signature.ts';

type Scalar = boolean | string | JsonNumber;

/** A scalar, or why there is none: nothing there (`empty`), or an error with its sentence. */
type Found = { readonly scalar: Scalar } | 'empty' | { readonly error: string };

function isScalar(tree: JsonTree): tree is Scalar {
  return typeof tree === 'boolean' || typeof tree === 'string' || tree instanceof JsonNumber;
}

function parseText(text: string): JsonTree | undefined {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof JsonTextError) return undefined;
    throw error;
  }
}

/** In lax mode whatever is not a scalar is simply not there; in strict mode it is an error. A text that is `null` always is. */
function findScalar(text: string, path: JsonPath): Found {
  if (path.steps === undefined) return { error: 'the JSON path is not valid' };
  const root = parseText(text);
  if (root === null) return { error: 'the whole text is null' };
  const selected = root === undefined ? undefined : selectPath(root, path.steps);
  if (selected !== undefined && selected !== 'several' && isScalar(selected)) return { scalar: selected };
  if (path.lax) return 'empty';
  if (root === undefined) return { error: 'the text is not JSON' };
  return { error: selected === undefined ? 'the path leads nowhere' : 'the value is no scalar' };
}

function mismatch(scalar: Scalar, wanted: string): never {
  const shown = scalar instanceof JsonNumber ? scalar.text : JSON.stringify(scalar);
  throw new EvaluationError('MR3003', `JSON_VALUE found ${shown}, which is no ${wanted}`);
}

function toInteger(scalar: Scalar): number {
  const value = scalar instanceof JsonNumber && /^-?\d+$/.test(scalar.text) ? Number(scalar.text) : Number.NaN;
  return value === (value | 0) ? value | 0 : mismatch(scalar, 'INTEGER');
}

/** RETURNING converts nothing: the JSON value must be of the kind. */
function converterTo(type: LogicalType): ((scalar: Scalar) => Value) | undefined {
  if (type.kind === 'VARCHAR') return (scalar) => (scalar instanceof JsonNumber ? textOfNumber(scalar) : String(scalar));
  switch (type.kind) {
    case 'BOOLEAN':
      return (scalar) => (typeof scalar === 'boolean' ? scalar : mismatch(scalar, 'BOOLEAN'));
    case 'INTEGER':
      return toInteger;
    case 'DOUBLE':
      return (scalar) => (scalar instanceof JsonNumber ? Number(scalar.text) : mismatch(scalar, 'DOUBLE'));
    default:
      return undefined;
  }
}

/** NULL, an error, or the value of the argument that holds the default. */
function behave(behavior: JsonBehavior | undefined, reason: string, values: readonly Value[]): Value {
  if (behavior?.kind === 'DEFAULT') return values[behavior.argument];
  if (behavior?.kind === 'ERROR') throw new EvaluationError('MR3003', `JSON_VALUE: ${reason}`);
  return null;
}

const CACHED_PATHS_MAX = 64;

function pathSource(call: CallSite): (path: string) => JsonPath {
  const { literal } = call.arguments[1];
  if (typeof literal === 'string') {
    const compiled = compileJsonPath(literal);
    return () => compiled;
  }
  const cache = new Map<string, JsonPath>();
  return (path) => {
    let compiled = cache.get(path);
    if (compiled === undefined) {
      compiled = compileJsonPath(path);
      if (cache.size >= CACHED_PATHS_MAX) cache.clear();
      cache.set(path, compiled);
    }
    return compiled;
  };
}

const jsonValue = defineFunction({
  name: 'JSON_VALUE',
  family: 'json',
  nulls: 'receive',
  spark: null,
  help: {
    signatures: ['JSON_VALUE(json, path [RETURNING type] [NULL | ERROR | DEFAULT value ON EMPTY] [NULL | ERROR | DEFAULT value ON ERROR])'],
    summary: {
      en: "The scalar at a path such as '$.a.b[0]' of a JSON text. Paths are strict unless they begin with lax; RETURNING takes STRING, BOOLEAN, INTEGER and DOUBLE.",
      zh: "取 JSON 文本中路径（如 '$.a.b[0]'）处的标量值。路径默认为 strict，可写 lax；RETURNING 支持 STRING、BOOLEAN、INTEGER、DOUBLE。",
    },
  },
  resolve(call): ResolvedCall | Refusal {
    const [json, path] = call.arguments;
    if (path === undefined || !belongsTo(json.type, 'character') || !belongsTo(path.type, 'character')) {
      return refuse('JSON_VALUE takes a JSON text and a path, both character strings');
    }
    const computed = call.arguments.slice(2).some((argument) => argument.literal === undefined);
    if (computed) return refuse('the DEFAULT of JSON_VALUE must be a constant');
    const type: LogicalType = { ...(call.options.returning ?? STRING), nullable: true };
    const convert = converterTo(type);
    if (convert === undefined) return refuse(`JSON_VALUE returns STRING, BOOLEAN, INTEGER or DOUBLE, not ${type.kind}`);
    return {
      type,
      argumentTypes: call.arguments.map((_argument, index) => (index < 2 ? null : type)),
      create: () => {
        const paths = pathSource(call);
        return (...values) => {
          if (values[0] === null || values[1] === null) return null;
          const found = findScalar(textOf(values[0]), paths(textOf(values[1])));
          if (found === 'empty') return behave(call.options.onEmpty, 'there is no value at the path', values);
          return 'error' in found ? behave(call.options.onError, found.error, values) : convert(found.scalar);
        };
      },
    };
  },
});

export const jsonFunctions: readonly FunctionDefinition[] = [jsonValue];
