/** Vectors of a keyed process function's timers: programs written against the interface that production process functions use. */
import type { Batch } from '../../../engine/columnar/batch.ts';
import { NO_TIMESTAMP } from '../../../engine/columnar/batch.ts';
import type { ColumnValue } from '../../../engine/columnar/column-value.ts';
import { readRow } from '../../../engine/columnar/row-reader.ts';
import type { ProcessServices, RowFunction } from '../../../engine/operators/process/process-function.ts';
import { rowByRow } from '../../../engine/operators/process/process-function.ts';
import { ProcessOperator } from '../../../engine/operators/process/process-operator.ts';
import { EVENT_TIME, PROCESSING_TIME } from '../../../engine/state/key-timers.ts';
import type { StateSpec } from '../../../engine/state/state-spec.ts';
import { value } from '../../../engine/state/state-spec.ts';
import { BIGINT, STRING } from '../../../engine/types/make-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { Adaptation, Adapter } from './adapter.ts';
import { missing } from './adapter.ts';
import type { SubtaskEmission } from './harness.ts';
import { Harness } from './harness.ts';
import { named, runStep, toOutput } from './steps.ts';
import type { Exact, ExactObject } from './vector.ts';
import { integer, optionalInteger, text } from './vector.ts';

const COLUMNS = ['k', 'v', 'op', 't'];
const RECORDS: Schema = { fields: COLUMNS.map((name) => ({ name, type: name === 'k' || name === 'op' ? STRING : BIGINT })) };
const FIRINGS = ['k', 'saw', 'rts', 'fired', 'domain', 'wm', 'pt'];
const DOMAIN = FIRINGS.indexOf('domain');
const SEEN: Schema = {
  fields: FIRINGS.map((name) => ({ name, type: name === 'k' || name === 'saw' || name === 'domain' ? STRING : BIGINT })),
};
const COUNTS: Schema = {
  fields: [
    { name: 'k', type: STRING },
    { name: 'count', type: BIGINT },
  ],
};
const SIDE = 1;

export const processTimersAdapter: Adapter = {
  family: 'process-timers',
  adapt({ operator }) {
    if (operator.type !== 'keyedProcess') return missing(`operator ${String(operator.type)}`);
    if (operator.program === 'timers') return replayTimers(integer(operator.step));
    if (operator.program === 'countWithTimeout') return replayCount(operator);
    return missing(`program ${String(operator.program)}`);
  },
};

const toColumns = ({ k, v, op, t }: ExactObject): ColumnValue[] => [text(k), optionalInteger(v), optionalText(op), optionalInteger(t)];

function optionalText(value: Exact | undefined): string | null {
  return value === undefined || value === null ? null : text(value);
}

function harnessOf(
  output: Schema,
  states: readonly StateSpec[],
  meaning: string,
  create: (services: ProcessServices) => RowFunction,
): Harness {
  return new Harness({
    create: (context) =>
      new ProcessOperator(
        {
          keys: [[[0]]],
          keyTypes: [STRING],
          states,
          broadcast: [],
          meaning,
          create: (services) => rowByRow(services, create(services)),
        },
        context,
      ),
    inputSchemas: [RECORDS],
    outputSchemas: [output, RECORDS],
    keys: [[0]],
  });
}

function replayTimers(step: bigint): Adaptation {
  const harness = harnessOf(SEEN, [value('counter', [BIGINT])], 'timers', (services) => timersProgram(services, step));
  return {
    step: (input) =>
      runStep(harness, input, toColumns).map((emission) =>
        toOutput(harness, stamped(emission), [null, 'side'], (port, values) =>
          port === SIDE ? named(COLUMNS, values, COLUMNS) : firing(values),
        ),
      ),
  };
}

/** Rows of event timers always have a time; that of a timer at Long.MIN stands in the lane as "none". */
function stamped(emission: SubtaskEmission): SubtaskEmission {
  const ofEventTimer = emission.kind === 'row' && emission.port !== SIDE && emission.values[DOMAIN] === 'event';
  return ofEventTimer && emission.timestamp === null ? { ...emission, timestamp: NO_TIMESTAMP } : emission;
}

/** Rows either saw an element, whose own timestamp is one of their fields, or tell of a timer. */
function firing([k, saw, rts, fired, domain, wm, pt]: readonly ColumnValue[]): ExactObject {
  return (saw === null ? { k, fired, domain, wm, pt } : { k, saw, ts: rts, wm, pt }) as ExactObject;
}

function timersProgram(services: ProcessServices, step: bigint): RowFunction {
  const { state, output } = services;
  const { timers } = state;
  const counter = state.value('counter');
  const operations: Record<string, (slot: number, v: bigint, t: bigint) => void> = {
    et: (slot, _v, t) => timers.registerEventTime(slot, t),
    pt: (slot, _v, t) => timers.registerProcessingTime(slot, t),
    delEt: (slot, _v, t) => timers.deleteEventTime(slot, t),
    delPt: (slot, _v, t) => timers.deleteProcessingTime(slot, t),
    chainEt: (slot, v, t) => {
      counter.set(slot, [v]);
      timers.registerEventTime(slot, t);
    },
    chainPt: (slot, v, t) => {
      counter.set(slot, [v]);
      timers.registerProcessingTime(slot, t);
    },
    read: () => {},
  };
  return {
    processRow(_input: number, batch: Batch, row: number, slot: number, timestamp: bigint | null) {
      const values = readRow(batch, row);
      const [k, v, op, t] = values;
      if (op === 'side') {
        output.collect(SIDE, values, timestamp);
        return;
      }
      operations[op as string](slot, (v ?? 0n) as bigint, (t ?? 0n) as bigint);
      output.collect(0, [k, op, timestamp, null, null, services.watermark, services.processingTime], timestamp);
    },
    onTimer({ domain, slot, time }) {
      const isEvent = domain === EVENT_TIME;
      const row = [state.keyOf(slot)[0], null, null, time, isEvent ? 'event' : 'processing', services.watermark, services.processingTime];
      output.collect(0, row, isEvent ? time : null);
      const left = (counter.get(slot)?.[0] ?? 0n) as bigint;
      if (left <= 0n) return;
      counter.set(slot, [left - 1n]);
      timers.register(domain, slot, BigInt.asIntN(64, time + step));
    },
  };
}

function replayCount(operator: ExactObject): Adaptation {
  const harness = harnessOf(COUNTS, [value('count', [BIGINT, BIGINT])], 'countWithTimeout', (services) =>
    countProgram(services, integer(operator.timeout), operator.time === 'event', operator.deleteOld === true),
  );
  return {
    step: (input) =>
      runStep(harness, input, toColumns).map((emission) =>
        toOutput(harness, emission, [null], (_port, values) => named(['k', 'count'], values)),
      ),
  };
}

function countProgram(services: ProcessServices, timeout: bigint, eventTime: boolean, deleteOld: boolean): RowFunction {
  const { state, output } = services;
  const domain = eventTime ? EVENT_TIME : PROCESSING_TIME;
  const count = state.value('count');
  return {
    processRow(_input, _batch, _row, slot, timestamp) {
      const now = eventTime ? (timestamp ?? 0n) : services.processingTime;
      const before = count.get(slot) as readonly bigint[] | null;
      if (before !== null && deleteOld) state.timers.delete(domain, slot, before[1] + timeout);
      count.set(slot, [(before?.[0] ?? 0n) + 1n, now]);
      state.timers.register(domain, slot, now + timeout);
    },
    onTimer({ slot, time }) {
      const kept = count.get(slot) as readonly bigint[] | null;
      if (kept === null || time !== kept[1] + timeout) return;
      output.collect(0, [state.keyOf(slot)[0], kept[0]], eventTime ? time : null);
      count.clear(slot);
    },
  };
}
