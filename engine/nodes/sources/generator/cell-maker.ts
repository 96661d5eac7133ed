/** Makes the value of one column for one row number: always the same for the same seed, whoever asks. */

import { MILLIS_PER_DAY } from '../../../base/calendar.ts';
import { mix32 } from '../../../base/random.ts';
import type { ColumnValue } from '../../../columnar/column-value.ts';
import type { Field, LogicalType } from '../../../types/logical-type.ts';
import type { GeneratorConfig } from './node.ts';

export type CellMaker = (rowNumber: number) => ColumnValue;
type Rule = GeneratorConfig['rules'][number];

const WORDS = [
  ...['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'harbor', 'iris', 'juniper', 'kestrel', 'lagoon', 'meadow', 'north'],
  ...['ocean', 'pebble', 'quartz', 'river', 'stone', 'timber', 'umber', 'valley', 'willow', 'yarrow', 'zephyr', 'brook', 'cliff', 'dune'],
];
const NANOS_PER_MILLI = 1_000_000n;
/** Largest whole part of a random number whose rule sets none. */
const RANDOM_MAX: Readonly<Record<string, number>> = {
  TINYINT: 100,
  SMALLINT: 10_000,
  INTEGER: 1_000_000,
  BIGINT: 1_000_000,
  FLOAT: 1000,
  DOUBLE: 1000,
  DECIMAL: 1000,
};
const RANDOM_BYTES = 8;

/** A number in [0, 1) drawn from (seed, column, row, turn). */
function draw(seed: number, column: number, rowNumber: number, turn: number): number {
  const low = mix32(seed ^ mix32(Math.imul(column + 1, 0x9e3779b1) ^ turn));
  const high = Math.floor(rowNumber / 4294967296);
  return mix32(mix32(low ^ (rowNumber | 0)) + Math.imul(high, 0x85ebca6b)) / 4294967296;
}

export function createCellMaker(field: Field, column: number, rule: Rule | null, config: GeneratorConfig): CellMaker {
  const { seed } = config;
  const make = field.name === config.timeColumn ? timeMaker(config, column) : valueMaker(field.type, column, rule, config);
  const nullShare = rule?.nullShare ?? 0;
  if (nullShare <= 0 || !field.type.nullable) return make;
  return (rowNumber) => (draw(seed, column, rowNumber, 7) < nullShare ? null : make(rowNumber));
}

/** Event time: a step per row, moved back at random by the disorder, and for some rows by more. */
function timeMaker(config: GeneratorConfig, column: number): CellMaker {
  const startMs = Date.parse(`${config.startTime}Z`);
  const { seed, timeStep, disorder, lateShare, lateBy } = config;
  return (rowNumber) => {
    const back = disorder > 0 ? Math.floor(draw(seed, column, rowNumber, 1) * (disorder + 1)) : 0;
    const isLate = lateShare > 0 && draw(seed, column, rowNumber, 2) < lateShare;
    const late = isLate ? disorder + 1 + Math.floor(draw(seed, column, rowNumber, 3) * lateBy) : 0;
    return BigInt(startMs + rowNumber * timeStep - (isLate ? late : back)) * NANOS_PER_MILLI;
  };
}

function valueMaker(type: LogicalType, column: number, rule: Rule | null, config: GeneratorConfig): CellMaker {
  const { seed } = config;
  if (rule?.rule === 'sequence') {
    const first = Math.trunc(rule.minimum ?? 0);
    return (rowNumber) => numberOf(type, first + rowNumber);
  }
  if (rule?.rule === 'values') {
    const values = (rule.values ?? '').split(',').map((text) => parseListed(type, text.trim(), config));
    return (rowNumber) => values[Math.floor(draw(seed, column, rowNumber, 0) * values.length)];
  }
  const random = (rowNumber: number, turn = 0) => draw(seed, column, rowNumber, turn);
  switch (type.kind) {
    case 'BOOLEAN':
      return (rowNumber) => random(rowNumber) < 0.5;
    case 'CHAR':
    case 'VARCHAR':
      return (rowNumber) => words(rule?.rule === 'word' ? 1 : 2, random, rowNumber).slice(0, type.length);
    case 'BINARY':
    case 'VARBINARY':
      return (rowNumber) =>
        Uint8Array.from({ length: Math.min(type.length, RANDOM_BYTES) }, (_unused, index) => random(rowNumber, index) * 256);
    case 'DATE':
      return (rowNumber) => Math.floor(Date.parse(`${config.startTime}Z`) / MILLIS_PER_DAY) + Math.floor(random(rowNumber) * 365);
    case 'TIME':
      return (rowNumber) => Math.floor(random(rowNumber) * MILLIS_PER_DAY);
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return (rowNumber) => BigInt(Date.parse(`${config.startTime}Z`) + Math.floor(random(rowNumber) * MILLIS_PER_DAY)) * NANOS_PER_MILLI;
    default:
      return randomNumber(type, rule, random);
  }
}

function randomNumber(type: LogicalType, rule: Rule | null, random: (rowNumber: number) => number): CellMaker {
  const minimum = rule?.minimum ?? 0;
  const maximum = rule?.maximum ?? Math.max(minimum, wholeMax(type));
  const isWhole = type.kind === 'BIGINT' || type.kind === 'INTEGER' || type.kind === 'SMALLINT' || type.kind === 'TINYINT';
  if (isWhole)
    return (rowNumber) => numberOf(type, Math.floor(minimum + random(rowNumber) * (Math.floor(maximum) - Math.ceil(minimum) + 1)));
  return (rowNumber) => numberOf(type, minimum + random(rowNumber) * (maximum - minimum));
}

function wholeMax(type: LogicalType): number {
  const max = RANDOM_MAX[type.kind] ?? 1000;
  return type.kind === 'DECIMAL' ? Math.min(max, 10 ** (type.precision - type.scale) - 1) : max;
}

/** A number as a value of the type; decimals and doubles keep two digits more than nothing, so that they read well. */
function numberOf(type: LogicalType, value: number): ColumnValue {
  switch (type.kind) {
    case 'BIGINT':
      return BigInt(Math.floor(value));
    case 'TINYINT':
      return (Math.floor(value) << 24) >> 24;
    case 'SMALLINT':
      return (Math.floor(value) << 16) >> 16;
    case 'DECIMAL': {
      const digits = Math.min(type.scale, 6);
      return BigInt(Math.round(value * 10 ** digits)) * 10n ** BigInt(type.scale - digits);
    }
    case 'FLOAT':
      return Math.fround(Math.round(value * 100) / 100);
    case 'DOUBLE':
      return Math.round(value * 100) / 100;
    default:
      return Math.floor(value) | 0;
  }
}

function words(count: number, random: (rowNumber: number, turn: number) => number, rowNumber: number): string {
  return Array.from({ length: count }, (_unused, turn) => WORDS[Math.floor(random(rowNumber, turn) * WORDS.length)]).join(' ');
}

/** One entry of a list of values, which people write as text. */
function parseListed(type: LogicalType, text: string, config: GeneratorConfig): ColumnValue {
  switch (type.kind) {
    case 'CHAR':
    case 'VARCHAR':
      return text;
    case 'BOOLEAN':
      return text.toLowerCase() === 'true';
    case 'DATE':
      return Math.floor(Date.parse(`${text}T00:00:00Z`) / MILLIS_PER_DAY);
    case 'TIME':
      return Date.parse(`1970-01-01T${text}Z`);
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return BigInt(Date.parse(`${text.replace(' ', 'T').replace(/Z$/, '')}Z`) || Date.parse(`${config.startTime}Z`)) * NANOS_PER_MILLI;
    case 'BINARY':
    case 'VARBINARY':
      return new TextEncoder().encode(text);
    default:
      return numberOf(type, Number(text) || 0);
  }
}
