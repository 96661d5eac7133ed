/** Vectors of process functions over two inputs: both keyed, and keyed beside broadcast. */
import type { ColumnValue } from '../../../engine/columnar/column-value.ts';
import { readRow } from '../../../engine/columnar/row-reader.ts';
import type { ProcessServices, RowFunction } from '../../../engine/operators/process/process-function.ts';
import { rowByRow } from '../../../engine/operators/process/process-function.ts';
import type { ProcessConfig } from '../../../engine/operators/process/process-operator.ts';
import { ProcessOperator } from '../../../engine/operators/process/process-operator.ts';
import { value } from '../../../engine/state/state-spec.ts';
import type { LogicalType } from '../../../engine/types/logical-type.ts';
import { BIGINT, STRING } from '../../../engine/types/make-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { Adapter } from './adapter.ts';
import { missing } from './adapter.ts';
import { Harness } from './harness.ts';
import { named, runStep, toOutput } from './steps.ts';
import type { Exact, ExactObject } from './vector.ts';
import { optionalInteger, text } from './vector.ts';

const COLUMNS = ['k', 'v', 't', 'op', 'name'];
const TEXTS = new Set(['k', 'op', 'name', 'each']);
const NAMES: LogicalType = { kind: 'ARRAY', element: STRING, nullable: true };
const schemaOf = (names: readonly string[]): Schema => ({
  fields: names.map((name) => ({ name, type: name === 'rules' ? NAMES : TEXTS.has(name) ? STRING : BIGINT })),
});

export const twoInputAdapter: Adapter = {
  family: 'two-input',
  adapt({ operator }) {
    const program = PROGRAMS[String(operator.type)];
    if (program === undefined) return missing(`operator ${String(operator.type)}`);
    const harness = new Harness({
      create: (context) => new ProcessOperator(program.config, context),
      inputSchemas: [schemaOf(COLUMNS), schemaOf(COLUMNS)],
      outputSchemas: [schemaOf(program.output)],
      keys: [[0]],
      broadcastInputs: program.config.keys.flatMap((keys, input) => (keys === null ? [input] : [])),
    });
    const columns = ({ k, v, t, op, name }: ExactObject) => [
      optionalText(k),
      optionalInteger(v),
      optionalInteger(t),
      optionalText(op),
      optionalText(name),
    ];
    return {
      step: (step) =>
        runStep(harness, step, columns).map((emission) =>
          toOutput(harness, emission, [null], (_port, row) => named(program.output, row, program.output)),
        ),
    };
  },
};

function optionalText(value: Exact | undefined): string | null {
  return value === undefined || value === null ? null : text(value);
}

interface Program {
  readonly config: ProcessConfig;
  /** Columns of both kinds of rows it emits; absent ones are null. */
  readonly output: readonly string[];
}

const common = { keyTypes: [STRING], states: [value('sum', [BIGINT])] };

const coProcess: Program = {
  output: ['in', 'fired', 'k', 'sum', 'wm'],
  config: {
    ...common,
    keys: [[[0]], [[0]]],
    broadcast: [],
    meaning: 'coProcess',
    create: (services) => rowByRow(services, coProcessProgram(services)),
  },
};

function coProcessProgram(services: ProcessServices): RowFunction {
  const { state, output } = services;
  const sum = state.value('sum');
  const sumOf = (slot: number) => (sum.get(slot)?.[0] ?? 0n) as bigint;
  return {
    processRow(input, batch, row, slot, timestamp) {
      const [k, v, t] = readRow(batch, row);
      sum.set(slot, [sumOf(slot) + (input === 0 ? (v as bigint) : -(v as bigint))]);
      if (t !== null) state.timers.registerEventTime(slot, t as bigint);
      output.collect(0, [BigInt(input + 1), null, k, sumOf(slot), services.watermark], timestamp);
    },
    onTimer({ slot, time }) {
      output.collect(0, [null, time, state.keyOf(slot)[0], sumOf(slot), services.watermark], time);
    },
  };
}

const keyedBroadcast: Program = {
  output: ['fired', 'each', 'k', 'sum', 'rules', 'ruleCount', 'wm'],
  config: {
    ...common,
    keys: [[[0]], null],
    broadcast: [{ name: 'rules', keyTypes: [STRING], types: [BIGINT] }],
    meaning: 'keyedBroadcast',
    create: (services) => rowByRow(services, broadcastProgram(services)),
  },
};

function broadcastProgram(services: ProcessServices): RowFunction {
  const { state, output } = services;
  const [rules] = services.broadcast;
  const sum = state.value('sum');
  const keyed = (row: readonly ColumnValue[], slot: number, timestamp: bigint | null) => {
    const [k, v, t] = row;
    const total = ((sum.get(slot)?.[0] ?? 0n) as bigint) + (v as bigint);
    sum.set(slot, [total]);
    if (t !== null) state.timers.registerEventTime(slot, t as bigint);
    const reached = rules.entries().filter((rule) => total >= (rule.value[0] as bigint));
    const names = reached.map((rule) => rule.key[0] as string).sort();
    output.collect(0, [null, null, k, total, names, null, services.watermark], timestamp);
  };
  const commands: Record<string, (row: readonly ColumnValue[], timestamp: bigint | null) => void> = {
    put: (row) => rules.put([row[4]], [row[1]]),
    remove: (row) => rules.remove([row[4]]),
    clear: () => rules.clear(),
    each: (_row, timestamp) => {
      for (const slot of state.slots()) {
        const total = sum.get(slot);
        if (total !== null) output.collect(0, [null, state.keyOf(slot)[0], null, total[0], null, null, null], timestamp);
      }
    },
    resetKeys: () => {
      for (const slot of state.slots()) if (!sum.isEmpty(slot)) sum.set(slot, [0n]);
    },
  };
  return {
    processRow(input, batch, row, slot, timestamp) {
      const values = readRow(batch, row);
      if (input === 0) keyed(values, slot, timestamp);
      else commands[values[3] as string](values, timestamp);
    },
    onTimer({ slot, time }) {
      output.collect(0, [time, null, state.keyOf(slot)[0], null, null, BigInt(rules.entries().length), null], time);
    },
  };
}

const PROGRAMS: Readonly<Record<string, Program>> = { coProcess, keyedBroadcast };
