/**
 * How each aggregate keeps its accumulator in a row and the JavaScript that feeds, merges and finishes it. In that code `a` is the
 * first word of the group's row, `o` of the row to merge in, `row` the input row, `out` the output row; lanes of column `at` are `d…`, `n…`, `v…`.
 * All accumulators start as zeros. The rules are those of Flink's built-in functions: SUM keeps the input's type and wraps, SUM of DECIMAL is NULL once it
 * leaves 38 digits and starts anew with the next value, AVG of integers sums in 64 bits and truncates, MIN and MAX compare with Java's `<` and `>`.
 */
import { assert } from '../../base/assert.ts';
import type { PhysicalForm } from '../../columnar/key-fields.ts';
import { keyForm } from '../../columnar/key-fields.ts';
import { writeCell } from '../../state/row-export.ts';
import type { Cell, CellSpec } from '../../state/row-layout.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { BIGINT, BOOLEAN, DOUBLE, decimalType, isInteger, withNullable } from '../../types/make-type.ts';
import type { AggregateCall } from './aggregate-call.ts';

export interface AccumulatorCode {
  readonly cells: readonly CellSpec[];
  /** Takes the (present) value of column `at`; null when the operator feeds it otherwise (DISTINCT). */
  readonly accumulate: ((cells: readonly Cell[], at: number) => string) | null;
  /** Adds the accumulator of row `o`; null as above. */
  readonly merge: ((cells: readonly Cell[]) => string) | null;
  /** Writes the result to output column `at`. */
  readonly result: (cells: readonly Cell[], at: number) => string;
}

const LONG: CellSpec = { form: 'i64', nullable: false };
const FLAG: CellSpec = { form: 'boolean', nullable: false };
/** High words from which a 128-bit number may have more than 38 digits. */
const DECIMAL_HIGH_LIMIT = 0x4b3b4ca8;

export function accumulatorCode(call: AggregateCall): AccumulatorCode {
  switch (call.function) {
    case 'COUNT':
      return {
        ...COUNT_DISTINCT,
        accumulate: ([count]) => addOne(`a + ${count.word}`),
        merge: ([count]) => addLong(`a + ${count.word}`, wordsAt(`o + ${count.word}`, 2)),
      };
    case 'COUNT_DISTINCT':
      return COUNT_DISTINCT;
    case 'SUM':
      return sumCode(argumentOf(call));
    case 'AVG':
      return averageCode(argumentOf(call), call.resultType);
    default:
      return extremeCode(argumentOf(call), call.function === 'MIN' ? '<' : '>');
  }
}

/** The operator itself adds one for each value that is new to the group. */
const COUNT_DISTINCT: AccumulatorCode = {
  cells: [LONG],
  accumulate: null,
  merge: null,
  result: ([count], at) => `if (v${at} !== 0) u8[v${at} + out] = 1; ${writeCell(count, at)}`,
};

function argumentOf(call: AggregateCall): LogicalType {
  assert(call.argumentType !== null, `${call.function} needs an argument`);
  return call.argumentType;
}

function sumCode(type: LogicalType): AccumulatorCode {
  const form = sumForm(type);
  return {
    cells: [{ form, nullable: true }],
    accumulate: ([sum], at) => addToSum(type, sum, sumOperand(type, at)),
    merge: ([sum]) =>
      ifPresent(sum, 'o', addToSum(type, sum, form === 'i128' ? wordsAt(`o + ${sum.word}`, 4) : valueAt(form, `o + ${sum.word}`))),
    result: ([sum], at) => nullableResult(sum, at),
  };
}

function sumForm(type: LogicalType): PhysicalForm {
  return type.kind === 'DECIMAL' ? 'i128' : keyForm(type);
}

/** The words or the value that a SUM adds. */
function sumOperand(type: LogicalType, at: number): readonly string[] {
  const form = keyForm(type);
  if (type.kind !== 'DECIMAL') return form === 'i64' ? wordsAt(`(d${at} >>> 2) + row * 2`, 2) : [laneValue(form, at)];
  return form === 'i128' ? wordsAt(`(d${at} >>> 2) + row * 4`, 4) : signExtended(wordsAt(`(d${at} >>> 2) + row * 2`, 2));
}

function addToSum(type: LogicalType, sum: Cell, operand: readonly string[]): string {
  const target = `a + ${sum.word}`;
  const present = `i32[a + ${sum.flagsWord}] |= ${sum.flagsMask};`;
  switch (sum.form) {
    case 'i32':
      return `i32[${target}] = ${narrow(type, `i32[${target}] + ${operand[0]}`)}; ${present}`;
    case 'i64':
      return `${addLong(target, operand)} ${present}`;
    case 'f32':
      return `f32[${target}] = (i32[a + ${sum.flagsWord}] & ${sum.flagsMask}) === 0 ? ${operand[0]} : f32[${target}] + ${operand[0]}; ${present}`;
    case 'f64':
      return `f64[(${target}) >>> 1] = (i32[a + ${sum.flagsWord}] & ${sum.flagsMask}) === 0 ? ${operand[0]} : f64[(${target}) >>> 1] + ${operand[0]}; ${present}`;
    default:
      return `if (${addWide(target, operand)}) { i32.fill(0, ${target}, ${target} + 4); i32[a + ${sum.flagsWord}] &= ~${sum.flagsMask}; } else { ${present} }`;
  }
}

function averageCode(type: LogicalType, resultType: LogicalType): AccumulatorCode {
  if (type.kind === 'DECIMAL') return decimalAverageCode(type, type.scale, resultType);
  const form = keyForm(type);
  const isInteger = form === 'i32' || form === 'i64';
  const operand = (at: number) =>
    form === 'i64' ? wordsAt(`(d${at} >>> 2) + row * 2`, 2) : isInteger ? signExtended([laneValue('i32', at)]) : [laneValue(form, at)];
  const add = (sum: Cell, value: readonly string[]) =>
    isInteger ? addLong(`a + ${sum.word}`, value) : `f64[(a + ${sum.word}) >>> 1] += ${value[0]};`;
  return {
    cells: [isInteger ? LONG : { form: 'f64', nullable: false }, LONG],
    accumulate: ([sum, count], at) => `${add(sum, operand(at))} ${addOne(`a + ${count.word}`)}`,
    merge: ([sum, count]) =>
      `${add(sum, isInteger ? wordsAt(`o + ${sum.word}`, 2) : valueAt('f64', `o + ${sum.word}`))} ${addLong(`a + ${count.word}`, wordsAt(`o + ${count.word}`, 2))}`,
    result: ([sum, count], at) => resultUnlessEmpty(count, at, averageResult(type, form, sum, count, at)),
  };
}

function averageResult(type: LogicalType, form: PhysicalForm, sum: Cell, count: Cell, at: number): string {
  const total = `a + ${sum.word}`;
  const rows = `a + ${count.word}`;
  if (form === 'i64') return `i64[(d${at} >>> 3) + out] = averageLong(i64, (${total}) >>> 1, (${rows}) >>> 1);`;
  if (form === 'i32') return `i32[(d${at} >>> 2) + out] = ${narrow(type, `Number(averageLong(i64, (${total}) >>> 1, (${rows}) >>> 1))`)};`;
  const quotient = `f64[(${total}) >>> 1] / (i32[${rows} + 1] * 4294967296 + u32[${rows}])`;
  return form === 'f32' ? `f32[(d${at} >>> 2) + out] = ${quotient};` : `f64[(d${at} >>> 3) + out] = ${quotient};`;
}

function decimalAverageCode(type: LogicalType, scale: number, resultType: LogicalType): AccumulatorCode {
  assert(resultType.kind === 'DECIMAL', 'AVG of DECIMAL answers DECIMAL');
  const shift = resultType.scale - scale;
  const add = (sum: Cell, lost: Cell, operand: readonly string[]) =>
    `if (${addWide(`a + ${sum.word}`, operand)}) i32[a + ${lost.word}] = 1;`;
  return {
    cells: [{ form: 'i128', nullable: false }, LONG, FLAG],
    accumulate: ([sum, count, lost], at) => `${add(sum, lost, sumOperand(type, at))} ${addOne(`a + ${count.word}`)}`,
    merge: ([sum, count, lost]) =>
      `${add(sum, lost, wordsAt(`o + ${sum.word}`, 4))} i32[a + ${lost.word}] |= i32[o + ${lost.word}]; ${addLong(`a + ${count.word}`, wordsAt(`o + ${count.word}`, 2))}`,
    result: ([sum, count, lost], at) =>
      resultUnlessEmpty(
        count,
        at,
        `u8[v${at} + out] = i32[a + ${lost.word}] === 0 && averageDecimal(i64, (a + ${sum.word}) >>> 1, (a + ${count.word}) >>> 1, ${scale}, ${shift}, (d${at} >>> 3) + out * 2) ? 1 : 0;`,
      ),
  };
}

function extremeCode(type: LogicalType, sign: '<' | '>'): AccumulatorCode {
  const form = keyForm(type);
  if (form === 'text') return textExtremeCode(sign);
  const replace = (best: Cell, operand: readonly string[]) =>
    `if ((i32[a + ${best.flagsWord}] & ${best.flagsMask}) === 0 || ${isBetter(form, sign, operand, best)}) { ${storeValue(form, best, operand)} i32[a + ${best.flagsWord}] |= ${best.flagsMask}; }`;
  return {
    cells: [{ form, nullable: true }],
    accumulate: ([best], at) => replace(best, laneWords(form, at)),
    merge: ([best]) =>
      ifPresent(
        best,
        'o',
        replace(best, isFloating(form) ? valueAt(form, `o + ${best.word}`) : wordsAt(`o + ${best.word}`, wordCount(form))),
      ),
    result: ([best], at) => nullableResult(best, at),
  };
}

/**
 * Whether the (present) value of column `at` comes before (`<`) or behind (`>`) the one that is kept, by Java's compareTo; with `=` behind
 * the sign equal values do as well.
 */
export function comesFirst(type: LogicalType, sign: '<' | '>' | '<=' | '>=', best: Cell, at: number): string {
  const form = keyForm(type);
  if (form === 'text' || form === 'binary')
    return `compareBytes(u8, u32[(d${at} >>> 2) + row * 2], u32[(d${at} >>> 2) + row * 2 + 1], table.heap + u32[a + ${best.word}], u32[a + ${best.word + 1}]) ${sign} 0`;
  if (isFloating(form)) return `compareDoubles(${laneValue(form, at)}, ${valueAt(form, `a + ${best.word}`)[0]}) ${sign} 0`;
  return isBetter(form, sign, laneWords(form, at), best);
}

/** Types of the cells that a call keeps, in order, as values of keyed state. */
export function accumulatorTypes(call: AggregateCall): readonly LogicalType[] {
  if (call.function === 'COUNT' || call.function === 'COUNT_DISTINCT') return [BIGINT];
  const type = withNullable(argumentOf(call), true);
  if (call.function === 'MIN' || call.function === 'MAX') return [type];
  const sum = type.kind === 'DECIMAL' ? decimalType(38, type.scale) : type;
  if (call.function === 'SUM') return [sum];
  if (type.kind === 'DECIMAL') return [sum, BIGINT, BOOLEAN];
  return [isInteger(type) ? BIGINT : DOUBLE, BIGINT];
}

/** Replaced texts stay in the heap as garbage: an output of this step may still point to them. */
function textExtremeCode(sign: '<' | '>'): AccumulatorCode {
  const replace = (best: Cell, start: string, length: string) =>
    `const start = ${start}, length = ${length}, known = (i32[a + ${best.flagsWord}] & ${best.flagsMask}) !== 0;
      if (!known || compareBytes(u8, start, length, table.heap + u32[a + ${best.word}], u32[a + ${best.word + 1}]) ${sign} 0) {
        if (known) table.heapGarbage += u32[a + ${best.word + 1}];
        i32[a + ${best.flagsWord}] &= ~${best.flagsMask};
        const stored = table.storeBytes(start, length);
        u8 = memory.u8; i32 = memory.i32; u32 = memory.u32; i64 = memory.i64; f32 = memory.f32; f64 = memory.f64;
        u32[a + ${best.word}] = stored; u32[a + ${best.word + 1}] = length; i32[a + ${best.flagsWord}] |= ${best.flagsMask};
      }`;
  return {
    cells: [{ form: 'text', nullable: true }],
    accumulate: ([best], at) => replace(best, `u32[(d${at} >>> 2) + row * 2]`, `u32[(d${at} >>> 2) + row * 2 + 1]`),
    merge: ([best]) => ifPresent(best, 'o', replace(best, `other.heap + u32[o + ${best.word}]`, `u32[o + ${best.word + 1}]`)),
    result: ([best], at) => nullableResult(best, at),
  };
}

function isFloating(form: PhysicalForm): boolean {
  return form === 'f32' || form === 'f64';
}

function wordCount(form: PhysicalForm): number {
  if (form === 'i128') return 4;
  if (form === 'i64i32') return 3;
  return form === 'i64' ? 2 : 1;
}

/** Words of an input value, low first (one value for floating point). */
function laneWords(form: PhysicalForm, at: number): readonly string[] {
  if (wordCount(form) === 1) return [laneValue(form, at)];
  if (form === 'i64i32') return [...wordsAt(`(d${at} >>> 2) + row * 2`, 2), `i32[n${at} + row]`];
  return wordsAt(`(d${at} >>> 2) + row * ${wordCount(form)}`, wordCount(form));
}

function laneValue(form: PhysicalForm, at: number): string {
  if (form === 'boolean') return `u8[d${at} + row]`;
  if (form === 'f32') return `f32[(d${at} >>> 2) + row]`;
  return form === 'f64' ? `f64[(d${at} >>> 3) + row]` : `i32[(d${at} >>> 2) + row]`;
}

function valueAt(form: PhysicalForm, word: string): readonly string[] {
  if (form === 'f32') return [`f32[${word}]`];
  if (form === 'f64') return [`f64[(${word}) >>> 1]`];
  return wordsAt(word, wordCount(form));
}

function wordsAt(word: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `i32[${word} + ${at}]`);
}

/** Words with the sign of the last one repeated up to four. */
function signExtended(words: readonly string[]): readonly string[] {
  const sign = `(${words[words.length - 1]} >> 31)`;
  return [...words, sign, sign, sign].slice(0, 4);
}

/** Comparison of an input value with the kept one: the most significant word decides, the lower ones are unsigned. */
function isBetter(form: PhysicalForm, sign: '<' | '>' | '<=' | '>=', operand: readonly string[], best: Cell): string {
  if (isFloating(form)) return `${operand[0]} ${sign} ${valueAt(form, `a + ${best.word}`)[0]}`;
  const kept = wordsAt(`a + ${best.word}`, operand.length);
  if (operand.length === 1) return `${operand[0]} ${sign} ${kept[0]}`;
  const order = form === 'i64i32' ? [1, 0, 2] : Array.from(operand, (_, at) => operand.length - 1 - at);
  return order.reduceRight((rest, word, depth) => {
    const [left, right] = depth === 0 ? [operand[word], kept[word]] : [`(${operand[word]} >>> 0)`, `(${kept[word]} >>> 0)`];
    const here = `${left} ${sign} ${right}`;
    return rest === '' ? here : `(${operand[word]} !== ${kept[word]} ? ${here} : ${rest})`;
  }, '');
}

function storeValue(form: PhysicalForm, best: Cell, operand: readonly string[]): string {
  if (form === 'f32') return `f32[a + ${best.word}] = ${operand[0]};`;
  if (form === 'f64') return `f64[(a + ${best.word}) >>> 1] = ${operand[0]};`;
  return operand.map((word, at) => `i32[a + ${best.word + at}] = ${word};`).join(' ');
}

function narrow(type: LogicalType, value: string): string {
  if (type.kind === 'TINYINT') return `((${value}) << 24) >> 24`;
  return type.kind === 'SMALLINT' ? `((${value}) << 16) >> 16` : `(${value}) | 0`;
}

function addOne(target: string): string {
  return `i32[${target}] = (i32[${target}] + 1) | 0; if (i32[${target}] === 0) i32[${target} + 1]++;`;
}

function addLong(target: string, operand: readonly string[]): string {
  return `{ const x = i32[${target}], s = (x + ${operand[0]}) | 0; i32[${target}] = s; i32[${target} + 1] = (i32[${target} + 1] + ${operand[1]} + (s >>> 0 < x >>> 0 ? 1 : 0)) | 0; }`;
}

/** Expression: adds four words and is true when the sum no longer has 38 digits. */
function addWide(target: string, operand: readonly string[]): string {
  return `addWide(i32, i64, ${target}, ${operand.join(', ')}, ${DECIMAL_HIGH_LIMIT})`;
}

function ifPresent(cell: Cell, base: 'a' | 'o', then: string): string {
  return `if ((i32[${base} + ${cell.flagsWord}] & ${cell.flagsMask}) !== 0) { ${then} }`;
}

function nullableResult(cell: Cell, at: number): string {
  return `if ((i32[a + ${cell.flagsWord}] & ${cell.flagsMask}) === 0) { if (v${at} !== 0) u8[v${at} + out] = 0; } else { if (v${at} !== 0) u8[v${at} + out] = 1; ${writeCell(cell, at)} }`;
}

function resultUnlessEmpty(count: Cell, at: number, result: string): string {
  return `if ((i32[a + ${count.word}] | i32[a + ${count.word + 1}]) === 0) { if (v${at} !== 0) u8[v${at} + out] = 0; } else { if (v${at} !== 0) u8[v${at} + out] = 1; ${result} }`;
}
