/** Vectors of patterns, replayed on the production CEP operator; only conditions and the form of matches are the vectors' own. */
import type { Batch } from '../../../engine/columnar/batch.ts';
import type { ColumnValue } from '../../../engine/columnar/column-value.ts';
import { buildBatch } from '../../../engine/columnar/row-builder.ts';
import { readValue, selectedRows } from '../../../engine/columnar/row-reader.ts';
import { CepOperator } from '../../../engine/operators/cep/cep-operator.ts';
import { compilePattern } from '../../../engine/operators/cep/compile-pattern.ts';
import type { MatchConditions } from '../../../engine/operators/cep/decisions.ts';
import type { Formula } from '../../../engine/operators/cep/formula.ts';
import { condition } from '../../../engine/operators/cep/formula.ts';
import type { MatchBuffer } from '../../../engine/operators/cep/match-buffer.ts';
import type { FoundMatch, MatchEmitter } from '../../../engine/operators/cep/match-emitter.ts';
import { exactTime } from '../../../engine/operators/cep/match-emitter.ts';
import type { AfterMatch, Contiguity, Link, PatternNode, Times } from '../../../engine/operators/cep/pattern.ts';
import { stepNames } from '../../../engine/operators/cep/pattern.ts';
import type { PatternRows } from '../../../engine/operators/cep/pattern-rows.ts';
import type { OperatorContext } from '../../../engine/operators/operator.ts';
import type { LogicalType } from '../../../engine/types/logical-type.ts';
import { BIGINT, STRING } from '../../../engine/types/make-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { Adaptation, Adapter } from './adapter.ts';
import { missing } from './adapter.ts';
import type { SubtaskEmission } from './harness.ts';
import { Harness } from './harness.ts';
import type { Exact, ExactObject, Vector } from './vector.ts';
import { integer, list, object, optionalInteger, print, text } from './vector.ts';

const INPUT: Schema = {
  fields: [
    { name: 'k', type: STRING },
    { name: 'v', type: BIGINT },
    { name: 'n', type: BIGINT },
    { name: 'name', type: STRING },
  ],
};
const [TIMEOUT_PORT, LATE_PORT] = [1, 2];
/** Positions among the kept columns. */
const [VALUE, NUMBER, NAME] = [0, 1, 2];

export const cepAdapter: Adapter = { family: 'cep', adapt };

function adapt(vector: Vector): Adaptation {
  const { operator } = vector;
  if (operator.type !== 'cep') return missing(`operator ${String(operator.type)}`);
  const conditions: (readonly Exact[])[] = [];
  const nodes = list(operator.stages).map((stage, at, all) => node(object(stage), at === all.length - 1 ? operator : null, conditions));
  const within = operator.within === undefined ? null : object(operator.within);
  const withinMs = within !== null && within.type === 'firstAndLast' ? Number(within.ms) : null;
  const nfa = compilePattern({ nodes, withinMs });
  const config = {
    nfa,
    afterMatch: afterMatch(operator.skip === undefined ? null : object(operator.skip)),
    eventTime: operator.time === 'event',
    keys: [[0]],
    keyTypes: [STRING],
    rowtime: null,
    showsTimes: true,
    latePort: LATE_PORT,
    timeoutPort: TIMEOUT_PORT,
    fingerprint: print(operator),
  };
  const steps = stepNames(nodes);
  const matched: Schema = { fields: steps.map((name) => ({ name, type: NUMBERS })) };
  const ordered = operator.comparator === 'vAscending';
  const harness = new Harness({
    create: (context) =>
      new CepOperator(
        config,
        context,
        new VectorRows(context, conditions, steps, ordered),
        (port, { buffer }) => new VectorMatches(context, port, buffer, config.eventTime),
      ),
    inputSchemas: [INPUT],
    outputSchemas: [matched, matched, INPUT],
    keys: [[0]],
  });
  return { step: (step: ExactObject) => runStep(harness, step).map((emission) => toOutput(harness, steps, emission)) };
}

const NUMBERS: LogicalType = { kind: 'ARRAY', element: BIGINT, nullable: true };

/** `last`: the operator, for the last node, to which a gap belongs. */
function node(stage: ExactObject, last: ExactObject | null, conditions: (readonly Exact[])[]): PatternNode {
  const within = last?.within === undefined ? null : object(last.within);
  const common = {
    name: stage.name === undefined ? `(${conditions.length})` : text(stage.name),
    link: text(stage.link) as Link,
    times: times(stage),
    inner: inner(stage),
    optional: stage.optional === true || (stage.times !== undefined && list(stage.times)[0] === 0n),
    greedy: stage.greedy === true,
    until: stage.until === undefined ? null : add(conditions, [list(stage.until)]),
    gapMs: within !== null && within.type === 'previousAndCurrent' ? Number(within.ms) : null,
  };
  if (stage.group !== undefined)
    return { ...common, condition: null, group: list(stage.group).map((each) => node(object(each), null, conditions)) };
  return { ...common, group: null, condition: add(conditions, [list(stage.where), ...(stage.or === undefined ? [] : [list(stage.or)])]) };
}

/** Alternatives, each a list of what must be true. */
function add(conditions: (readonly Exact[])[], alternatives: readonly Exact[]): Formula {
  conditions.push(alternatives);
  return condition(conditions.length - 1);
}

function times(stage: ExactObject): Times | null {
  const gapMs = stage.loopWithin === undefined ? null : Number(stage.loopWithin);
  if (stage.oneOrMore === true) return { from: 1, to: null, gapMs };
  if (stage.timesOrMore !== undefined) return { from: Number(stage.timesOrMore), to: null, gapMs };
  if (stage.times === undefined) return null;
  const [from, to] = list(stage.times).map(Number);
  return { from: Math.max(from, 1), to: to ?? from, gapMs };
}

function inner(stage: ExactObject): Contiguity {
  if (stage.consecutive === true) return 'strict';
  return stage.allowCombinations === true ? 'any' : 'relaxed';
}

function afterMatch(skip: ExactObject | null): AfterMatch {
  if (skip === null) return { kind: 'no-skip' };
  const step = skip.pattern === undefined ? '' : text(skip.pattern);
  switch (skip.type) {
    case 'skipToNext':
      return { kind: 'skip-to-next' };
    case 'skipPastLastEvent':
      return { kind: 'skip-past-last' };
    case 'skipToFirst':
      return { kind: 'skip-to-first', step, failsOnMiss: skip.throwOnMiss === true };
    case 'skipToLast':
      return { kind: 'skip-to-last', step, failsOnMiss: skip.throwOnMiss === true };
    default:
      return { kind: 'no-skip' };
  }
}

/** The conditions of a vector; those about rows before are not simple. */
class VectorRows implements PatternRows {
  readonly conditionCount: number;
  readonly simpleBits: number;
  readonly kept = [BIGINT, BIGINT, STRING].map((type, at) => ({ text: `column ${at}`, type }));
  private readonly context: OperatorContext;
  private readonly asked: readonly (readonly Exact[])[];
  private readonly steps: readonly string[];
  private readonly ordered: boolean;

  constructor(context: OperatorContext, asked: readonly (readonly Exact[])[], steps: readonly string[], ordered: boolean) {
    this.context = context;
    this.asked = asked;
    this.steps = steps;
    this.ordered = ordered;
    this.conditionCount = asked.length;
    this.simpleBits = asked.reduce((bits, alternatives, at) => (isSimple(alternatives) ? bits | (1 << at) : bits), 0);
  }

  look(batch: Batch) {
    const { memory } = batch;
    const masks = this.context.arena.allocate(4 * Math.max(batch.rowCount, 1));
    for (const row of selectedRows(batch)) {
      const value = readValue(memory, batch.columns[1], row) as bigint;
      const name = readValue(memory, batch.columns[3], row) as string;
      const meetsAlone = (each: readonly Exact[]) => isSimple(each) && meets(each, value, name, () => []);
      memory.i32[(masks >>> 2) + row] = this.asked.reduce((bits: number, each, at) => (meetsAlone(each) ? bits | (1 << at) : bits), 0);
    }
    return { masks, columns: [batch.columns[1], batch.columns[2], batch.columns[3]] };
  }

  conditions(buffer: MatchBuffer): MatchConditions {
    return {
      test: (index, event, before) => {
        const earlier = (step: string) => {
          const values: bigint[] = [];
          for (let link = before; link >= 0; link = buffer.beforeOf(link))
            if (this.steps[buffer.stepOf(link)] === step) values.unshift(keptOf(buffer, buffer.eventOf(link), VALUE));
          return values;
        };
        return meets(this.asked[index], keptOf(buffer, event, VALUE), nameOf(buffer, event), earlier);
      },
    };
  }

  order(buffer: MatchBuffer) {
    return this.ordered ? (left: number, right: number) => Number(keptOf(buffer, left, VALUE) - keptOf(buffer, right, VALUE)) : null;
  }

  close(): void {}
}

function keptOf(buffer: MatchBuffer, event: number, column: number): bigint {
  return buffer.events.memory.i64[(buffer.events.wordOf(event) + buffer.cells[column].word) >>> 1];
}

function nameOf({ events, cells }: MatchBuffer, event: number): string {
  const { u32, u8 } = events.memory;
  const at = events.wordOf(event) + cells[NAME].word;
  const start = events.heap + u32[at];
  return new TextDecoder().decode(u8.slice(start, start + u32[at + 1]));
}

function isSimple(alternatives: readonly Exact[]): boolean {
  return alternatives.every((all) => list(all).every((each) => !('sumOf' in object(each)) && !('vsLastOf' in object(each))));
}

function meets(alternatives: readonly Exact[], value: bigint, name: string, earlier: (step: string) => readonly bigint[]): boolean {
  return alternatives.some((all) => list(all).every((each) => meetsOne(object(each), value, name, earlier)));
}

function meetsOne(asked: ExactObject, value: bigint, name: string, earlier: (step: string) => readonly bigint[]): boolean {
  if (asked.name !== undefined) return asked.name === name;
  if (asked.v !== undefined) return compares(value, list(asked.v)[0], integer(list(asked.v)[1]));
  if (asked.sumOf !== undefined) {
    const [operator, limit] = list(asked.is);
    return compares(
      earlier(text(asked.sumOf)).reduce((sum, each) => sum + each, value),
      operator,
      integer(limit),
    );
  }
  const last = earlier(text(asked.vsLastOf)).at(-1);
  return last === undefined || compares(value, asked.is, last);
}

function compares(left: bigint, operator: Exact, right: bigint): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '=':
    case '==':
      return left === right;
    default:
      return left !== right;
  }
}

/** One column per step: the numbers of its rows. */
class VectorMatches implements MatchEmitter {
  readonly room = 1000;
  private readonly context: OperatorContext;
  private readonly port: number;
  private readonly buffer: MatchBuffer;
  private readonly timed: boolean;
  private rows: ColumnValue[][] = [];
  private times: bigint[] = [];
  private marks: { row: number; watermark: bigint }[] = [];

  constructor(context: OperatorContext, port: number, buffer: MatchBuffer, timed: boolean) {
    this.context = context;
    this.port = port;
    this.buffer = buffer;
    this.timed = timed;
  }

  add(match: FoundMatch): void {
    const row: (bigint[] | null)[] = this.context.outputSchemas[this.port].fields.map(() => null);
    for (let at = 0; at < match.count; at++) {
      const numbers = row[match.steps[at]] ?? [];
      numbers.push(keptOf(this.buffer, match.events[at], NUMBER));
      row[match.steps[at]] = numbers;
    }
    this.rows.push(row as ColumnValue[]);
    if (this.timed) this.times.push(exactTime(match.time));
  }

  mark(watermark: bigint): void {
    if (this.rows.length > 0) this.marks.push({ row: this.rows.length - 1, watermark });
  }

  take(): Batch | null {
    if (this.rows.length === 0) return null;
    const timestamps = this.timed ? { timestamps: this.times } : {};
    return buildBatch(this.context.arena, this.context.outputSchemas[this.port], this.rows, { ...timestamps, marks: this.marks });
  }

  reset(): void {
    this.rows = [];
    this.times = [];
    this.marks = [];
  }

  close(): void {}
}

function runStep(harness: Harness, step: ExactObject): SubtaskEmission[] {
  if ('element' in step) {
    const { k, v, n, name } = object(step.element);
    return harness.element(
      [[k === undefined ? null : text(k), optionalInteger(v), optionalInteger(n), text(name)]],
      [optionalInteger(step.ts)],
    );
  }
  if ('watermark' in step) return harness.watermark(integer(step.watermark));
  if ('idle' in step) return harness.status(step.idle === true);
  if ('processingTime' in step) return harness.processingTime(integer(step.processingTime));
  harness.restore('rescale' in step ? Number(step.rescale) : harness.parallelism);
  return [];
}

function toOutput(harness: Harness, steps: readonly string[], emission: SubtaskEmission): ExactObject {
  const subtask: ExactObject = harness.parallelism === 1 ? {} : { sub: BigInt(emission.subtask) };
  if (emission.kind === 'watermark') return { watermark: emission.watermark, ...subtask };
  if (emission.kind === 'status') return { idle: emission.idle, ...subtask };
  if (emission.port === LATE_PORT) {
    const element = Object.fromEntries(INPUT.fields.map((field, at) => [field.name, emission.values[at] as Exact]));
    return { side: 'late', element, ts: emission.timestamp, ...subtask };
  }
  const found = steps.map((name, at) => [name, emission.values[at] as Exact] as const).filter(([, numbers]) => numbers !== null);
  const side: ExactObject = emission.port === TIMEOUT_PORT ? { side: 'timeout' } : {};
  return { ...side, element: { match: Object.fromEntries(found) }, ts: emission.timestamp, ...subtask };
}
