/**
 * JSON paths as Flink reads them: an optional `lax` or `strict` (the default), then a Jayway path. Paths that may select
 * several values are understood as far as JSON_VALUE needs: they never select a single one.
 */
import type { JsonTree } from './read-json.ts';
import { JsonNumber } from './read-json.ts';

export type PathStep =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'function'; readonly name: string }
  /** Wildcards, slices, filters, several names: a list, whatever it holds. */
  | { readonly kind: 'many' };

export interface JsonPath {
  readonly lax: boolean;
  /** `undefined` when the path is not valid. */
  readonly steps: readonly PathStep[] | undefined;
}

class PathError extends Error {}

const MODE = /^\s*(strict|lax)\s+([^]+)$/i;
const FUNCTIONS = ['length', 'size', 'min', 'max', 'avg', 'sum', 'stddev', 'first', 'last', 'keys', 'concat', 'append', 'index'];

class PathReader {
  private readonly text: string;
  private at = 1;

  constructor(text: string) {
    this.text = text;
  }

  read(): PathStep[] {
    const steps: PathStep[] = [];
    while (this.at < this.text.length) {
      const character = this.text[this.at];
      if (character === '[') steps.push(this.readBracket());
      else if (character === '.') steps.push(this.readDot());
      else throw new PathError();
    }
    return steps;
  }

  private readDot(): PathStep {
    this.at++;
    if (this.text[this.at] === '.') {
      this.at++;
      if (this.at >= this.text.length) throw new PathError();
      if (this.text[this.at] === '[') this.readBracket();
      else this.readName();
      return { kind: 'many' };
    }
    if (this.text[this.at] === '[') return this.readBracket();
    return this.readName();
  }

  private readName(): PathStep {
    let end = this.at;
    while (end < this.text.length && this.text[end] !== '.' && this.text[end] !== '[' && this.text[end] !== '(') end++;
    const name = this.text.slice(this.at, end);
    if (name === '' || name.includes(' ')) throw new PathError();
    // A single bracket at the very end goes unread, as in Jayway.
    this.at = this.text[end] === '[' && end === this.text.length - 1 ? this.text.length : end;
    if (this.text[end] === '(') return this.readCall(name);
    return name === '*' ? { kind: 'many' } : { kind: 'property', name };
  }

  private readCall(name: string): PathStep {
    const end = this.text.indexOf(')', this.at);
    if (end < 0 || !FUNCTIONS.includes(name)) throw new PathError();
    this.at = end + 1;
    return { kind: 'function', name };
  }

  private readBracket(): PathStep {
    const end = this.closing();
    const inner = this.text.slice(this.at + 1, end).trim();
    this.at = end + 1;
    if (inner === '*' || inner.startsWith('?')) return { kind: 'many' };
    if (inner.startsWith("'") || inner.startsWith('"')) return this.quotedNames(inner);
    if (/^-?\d+$/.test(inner)) return { kind: 'index', index: Number(inner) };
    if (/^-?\d*\s*(?::\s*-?\d*|(?:\s*,\s*-?\d+)+)\s*$/.test(inner)) return { kind: 'many' };
    throw new PathError();
  }

  /** The bracket that closes the one at the cursor; brackets in quotes and nested ones are passed over. */
  private closing(): number {
    let depth = 0;
    let quote = '';
    for (let index = this.at; index < this.text.length; index++) {
      const character = this.text[index];
      if (quote !== '') {
        if (character === '\\') index++;
        else if (character === quote) quote = '';
      } else if (character === "'" || character === '"') quote = character;
      else if (character === '[') depth++;
      else if (character === ']' && --depth === 0) return index;
    }
    throw new PathError();
  }

  private quotedNames(inner: string): PathStep {
    const name = /^(['"])((?:\\[^]|(?!\1)[^\\])*)\1$/.exec(inner);
    if (name !== null) return { kind: 'property', name: name[2].replace(/\\([^])/g, '$1') };
    if (/^(['"])[^]*\1$/.test(inner) && inner.includes(',')) return { kind: 'many' };
    throw new PathError();
  }
}

function readSteps(path: string): readonly PathStep[] | undefined {
  const trimmed = path.trim();
  if (trimmed === '' || trimmed.endsWith('.')) return undefined;
  try {
    return new PathReader(/^[$@]/.test(trimmed) ? trimmed : `$.${trimmed}`).read();
  } catch (error) {
    if (error instanceof PathError) return undefined;
    throw error;
  }
}

/** Never throws: a path that is not valid is an error of every row that uses it. */
export function compileJsonPath(path: string): JsonPath {
  const found = MODE.exec(path);
  if (found === null) return { lax: false, steps: readSteps(path) };
  return { lax: found[1].toLowerCase() === 'lax', steps: readSteps(found[2]) };
}

function isArray(tree: JsonTree): tree is readonly JsonTree[] {
  return Array.isArray(tree);
}

function isObject(tree: JsonTree): tree is ReadonlyMap<string, JsonTree> {
  return tree instanceof Map;
}

function aggregate(name: string, values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (name) {
    case 'min':
      return Math.min(...values);
    case 'max':
      return Math.max(...values);
    case 'sum':
      return sum;
    case 'avg':
      return sum / values.length;
    default: {
      const mean = sum / values.length;
      return Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length);
    }
  }
}

/** `undefined` when the function does not apply; numbers come back as Java prints doubles. */
function applyFunction(name: string, tree: JsonTree): JsonTree | undefined {
  if (name === 'length' || name === 'size') {
    if (isArray(tree)) return new JsonNumber(String(tree.length));
    return isObject(tree) ? new JsonNumber(String(tree.size)) : null;
  }
  if (!isArray(tree)) return undefined;
  if (name === 'first') return tree[0];
  if (name === 'last') return tree[tree.length - 1];
  const numbers = tree.filter((item): item is JsonNumber => item instanceof JsonNumber).map((item) => Number(item.text));
  if (numbers.length === 0 || !['min', 'max', 'sum', 'avg', 'stddev'].includes(name)) return undefined;
  const value = aggregate(name, numbers);
  return new JsonNumber(Number.isInteger(value) ? value.toFixed(1) : String(value));
}

/** What a path selects: a tree, `several` for a list of matches, `undefined` for nothing. */
export function selectPath(root: JsonTree, steps: readonly PathStep[]): JsonTree | 'several' | undefined {
  let tree: JsonTree | undefined = root;
  for (const step of steps) {
    if (tree === undefined) return undefined;
    if (step.kind === 'many') return 'several';
    if (step.kind === 'property') tree = isObject(tree) ? tree.get(step.name) : undefined;
    else if (step.kind === 'function') tree = applyFunction(step.name, tree);
    else if (!isArray(tree)) tree = undefined;
    else tree = tree[step.index < 0 ? tree.length + step.index : step.index];
  }
  return tree;
}
