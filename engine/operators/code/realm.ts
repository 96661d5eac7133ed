/**
 * The world in which custom code runs: a context of its own with the language's built-ins and nothing of Node, a clock and random
 * numbers that the engine gives, no code made of text, and no promise that would go on after its call. This keeps code honest, it is
 * no sandbox: whoever trusts a pipeline lets its code run as themselves.
 */
import vm from 'node:vm';

const ALLOWED = [
  ...['Object', 'Array', 'String', 'Number', 'Boolean', 'BigInt', 'Symbol', 'Math', 'JSON', 'Date', 'RegExp', 'Map', 'Set', 'WeakMap'],
  ...['WeakSet', 'Error', 'TypeError', 'RangeError', 'SyntaxError', 'EvalError', 'ReferenceError', 'URIError', 'AggregateError'],
  ...['isNaN', 'isFinite', 'parseInt', 'parseFloat', 'NaN', 'Infinity', 'undefined', 'Intl', 'Reflect', 'Proxy'],
  ...['ArrayBuffer', 'DataView', 'Uint8Array', 'Int32Array', 'Float64Array', 'BigInt64Array'],
  ...['encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI'],
];

const SETUP = `(function (allowed, now, random) {
  'use strict';
  const world = globalThis;
  for (const name of Object.getOwnPropertyNames(world)) if (!allowed.includes(name)) delete world[name];
  const Clock = Date;
  world.Date = class Date extends Clock {
    constructor(...parts) { if (parts.length === 0) super(now()); else super(...parts); }
    static now() { return now(); }
  };
  Clock.prototype.constructor = world.Date;
  Math.random = () => random();
  Object.freeze(Math);
})`;

export interface Realm {
  /** The value of a script. */
  evaluate(script: string, filename: string): unknown;
}

export function createRealm(now: () => number, random: () => number): Realm {
  const context = vm.createContext({}, { codeGeneration: { strings: false, wasm: false }, microtaskMode: 'afterEvaluate' });
  const evaluate = (script: string, filename: string): unknown => new vm.Script(script, { filename }).runInContext(context);
  const setUp = evaluate(SETUP, 'realm.js') as (allowed: readonly string[], now: () => number, random: () => number) => void;
  setUp(ALLOWED, now, random);
  return { evaluate };
}
