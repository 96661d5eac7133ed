/** Vectors of keyed state of every kind, with and without time to live. */
import type { ColumnValue } from '../../../engine/columnar/column-value.ts';
import { readRow } from '../../../engine/columnar/row-reader.ts';
import type { ProcessServices, RowFunction } from '../../../engine/operators/process/process-function.ts';
import { rowByRow } from '../../../engine/operators/process/process-function.ts';
import { ProcessOperator } from '../../../engine/operators/process/process-operator.ts';
import type { StateSpec, StateValue, TimeToLive } from '../../../engine/state/state-spec.ts';
import { list, map, value } from '../../../engine/state/state-spec.ts';
import type { LogicalType } from '../../../engine/types/logical-type.ts';
import { BIGINT, BOOLEAN, STRING } from '../../../engine/types/make-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { Adapter } from './adapter.ts';
import { missing } from './adapter.ts';
import { Harness } from './harness.ts';
import { named, runStep, toOutput } from './steps.ts';
import type { Exact, ExactObject } from './vector.ts';
import { integer, object, optionalInteger, text } from './vector.ts';

const RECORD = ['k', 'v', 'op', 'name'];
const RECORDS: Schema = { fields: RECORD.map((name) => ({ name, type: name === 'v' ? BIGINT : STRING })) };
const LIST: LogicalType = { kind: 'ARRAY', element: BIGINT, nullable: true };
/** An answer stands in the column of its kind. */
const ANSWERS: Schema = {
  fields: [
    { name: 'k', type: STRING },
    { name: 'op', type: STRING },
    { name: 'kind', type: STRING },
    { name: 'long', type: BIGINT },
    { name: 'flag', type: BOOLEAN },
    { name: 'list', type: LIST },
  ],
};

export const processStateAdapter: Adapter = {
  family: 'process-state',
  adapt({ operator }) {
    if (operator.type !== 'keyedProcess') return missing(`operator ${String(operator.type)}`);
    const program = PROGRAMS[String(operator.program)];
    if (program === undefined) return missing(`program ${String(operator.program)}`);
    const ttl = operator.ttl === undefined ? null : timeToLive(object(operator.ttl));
    const harness = new Harness({
      create: (context) =>
        new ProcessOperator(
          {
            keys: [[[0]]],
            keyTypes: [STRING],
            states: program.states(ttl),
            broadcast: [],
            meaning: 'state',
            create: (services) => rowByRow(services, program.create(services)),
          },
          context,
        ),
      inputSchemas: [RECORDS],
      outputSchemas: [program.output],
      keys: [[0]],
    });
    const columns = ({ k, v, op, name }: ExactObject) => [text(k), optionalInteger(v), optionalText(op), optionalText(name)];
    return {
      step: (step) =>
        runStep(harness, step, columns).map((emission) => toOutput(harness, emission, [null], (_port, row) => program.element(row))),
    };
  },
};

interface Program {
  readonly output: Schema;
  states(ttl: TimeToLive | null): StateSpec[];
  create(services: ProcessServices): RowFunction;
  element(row: readonly ColumnValue[]): ExactObject;
}

function timeToLive(ttl: ExactObject): TimeToLive {
  return {
    ms: Number(integer(ttl.ms)),
    update: text(ttl.update) as TimeToLive['update'],
    visibility: text(ttl.visibility) as TimeToLive['visibility'],
    cleanup: 'access',
  };
}

function optionalText(value: Exact | undefined): string | null {
  return value === undefined || value === null ? null : text(value);
}

const long = (values: StateValue): bigint => values[0] as bigint;

/** Floor of the average; the accumulator is sum and count. */
const average = ([sum, count]: StateValue): StateValue => {
  const [total, rows] = [sum as bigint, count as bigint];
  const quotient = total / rows;
  return [total % rows !== 0n && total < 0n ? quotient - 1n : quotient];
};

const stateProgram: Program = {
  output: ANSWERS,
  states: (ttl) => [
    value('value', [BIGINT], ttl),
    list('list', [BIGINT], ttl),
    map('map', [STRING], [BIGINT], ttl),
    { kind: 'reducing', name: 'max', types: [BIGINT], reduce: (kept, added) => (long(added) > long(kept) ? added : kept), ttl },
    {
      kind: 'aggregating',
      name: 'average',
      types: [BIGINT, BIGINT],
      create: () => [0n, 0n],
      add: ([sum, count], added) => [(sum as bigint) + long(added), (count as bigint) + 1n],
      result: average,
      ttl,
    },
  ],
  create(services) {
    const operations = stateOperations(services);
    return {
      processRow(_input, batch, row, slot, timestamp) {
        const [k, v, op, name] = readRow(batch, row);
        const answer = operations[op as string](slot, (v ?? 0n) as bigint, (name ?? '') as string);
        if (Array.isArray(answer)) services.output.collect(0, [k, op, ...answer], timestamp);
      },
      onTimer() {},
    };
  },
  element: ([k, op, kind, number, flag, entries]) => ({ k, op, r: answerOf(kind, number, flag, entries) }) as ExactObject,
};

function answerOf(kind: ColumnValue, number: ColumnValue, flag: ColumnValue, entries: ColumnValue): Exact {
  if (kind === 'map') return Object.fromEntries(entries as unknown as [string, bigint][]);
  if (kind === 'list') return entries as Exact;
  return (kind === 'flag' ? flag : number) as Exact;
}

type Answer = readonly [kind: string, long: ColumnValue, flag: ColumnValue, list: ColumnValue];
/** Commands answer nothing. */
type Operation = (slot: number, v: bigint, name: string) => unknown;

const aLong = (values: StateValue | null): Answer => ['long', values?.[0] ?? null, null, null];
const aFlag = (flag: boolean): Answer => ['flag', null, flag, null];

function stateOperations({ state }: ProcessServices): Record<string, Operation> {
  const one = state.value('value');
  const all = state.list('list');
  const entries = state.map('map');
  const max = state.reducing('max');
  const mean = state.aggregating('average');
  return {
    valueSet: (slot, v) => one.set(slot, [v]),
    valueGet: (slot) => aLong(one.get(slot)),
    valueClear: (slot) => one.clear(slot),
    listAdd: (slot, v) => all.add(slot, [v]),
    listUpdate: (slot, v) => all.update(slot, [[v], [v + 1n]]),
    listGet: (slot) => ['list', null, null, all.get(slot).map(long)],
    listClear: (slot) => all.clear(slot),
    mapPut: (slot, v, name) => entries.put(slot, [name], [v]),
    mapGet: (slot, _v, name) => aLong(entries.get(slot, [name])),
    mapContains: (slot, _v, name) => aFlag(entries.contains(slot, [name])),
    mapIsEmpty: (slot) => aFlag(entries.isEmpty(slot)),
    mapEntries: (slot) => ['map', null, null, entries.entries(slot).map((each) => [each.key[0], each.value[0]])],
    mapRemove: (slot, _v, name) => entries.remove(slot, [name]),
    mapClear: (slot) => entries.clear(slot),
    maxAdd: (slot, v) => max.add(slot, [v]),
    maxGet: (slot) => aLong(max.get(slot)),
    maxClear: (slot) => max.clear(slot),
    avgAdd: (slot, v) => mean.add(slot, [v]),
    avgGet: (slot) => aLong(mean.get(slot)),
    avgClear: (slot) => mean.clear(slot),
  };
}

const dedupProgram: Program = {
  output: { fields: RECORDS.fields.slice(0, 2) },
  states: (ttl) => [value('seen', [BOOLEAN], ttl)],
  create({ state, output }) {
    const seen = state.value('seen');
    return {
      processRow(_input, batch, row, slot, timestamp) {
        if (seen.get(slot) !== null) return;
        output.collect(0, readRow(batch, row).slice(0, 2), timestamp);
        seen.set(slot, [true]);
      },
      onTimer() {},
    };
  },
  element: (row) => named(['k', 'v'], row, ['v']),
};

const PROGRAMS: Readonly<Record<string, Program>> = { state: stateProgram, dedup: dedupProgram };
