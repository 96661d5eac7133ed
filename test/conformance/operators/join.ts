/** Vectors of interval joins, window joins and co-groups. */
import type { ColumnValue } from '../../../engine/columnar/column-value.ts';
import type { ColumnPath } from '../../../engine/columnar/key-fields.ts';
import type { CoGroupFunction } from '../../../engine/operators/joining/co-group-operator.ts';
import { createCoGroup, pairs } from '../../../engine/operators/joining/co-group-operator.ts';
import { IntervalJoinOperator } from '../../../engine/operators/joining/interval-join-operator.ts';
import type { Trigger } from '../../../engine/operators/windowing/triggers.ts';
import type { WindowAssigner } from '../../../engine/operators/windowing/window-assigners.ts';
import type { LogicalType } from '../../../engine/types/logical-type.ts';
import { BIGINT, STRING } from '../../../engine/types/make-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { Adaptation, Adapter } from './adapter.ts';
import { missing } from './adapter.ts';
import { Harness } from './harness.ts';
import { named, runStep, toOutput } from './steps.ts';
import type { ExactObject } from './vector.ts';
import { integer, object, optionalInteger, print, text } from './vector.ts';
import { assignerOf, defaultTrigger, triggerOf } from './window.ts';

const schemaOf = (names: readonly string[]): Schema => ({
  fields: names.map((name) => ({ name, type: name.startsWith('k') ? STRING : BIGINT })),
});
/** The time of a record is also a column, so that a pair can show both. */
const RECORD = schemaOf(['k', 'v', 't']);
const KEY: readonly ColumnPath[] = [[0]];

export const joinAdapter: Adapter = {
  family: 'join',
  adapt({ operator }) {
    if (operator.type === 'intervalJoin') return replayInterval(operator);
    if (operator.type !== 'windowJoin' && operator.type !== 'windowCoGroup') return missing(`operator ${String(operator.type)}`);
    const assigner = assignerOf(object(operator.assigner));
    if (assigner === null) return missing(`assigner ${text(object(operator.assigner).type)}`);
    const trigger = operator.trigger === undefined ? defaultTrigger(object(operator.assigner)) : triggerOf(object(operator.trigger));
    if (trigger === null) return missing(`trigger ${text(object(operator.trigger).type)}`);
    return replayWindows(operator, assigner, trigger);
  },
};

function replayInterval(operator: ExactObject): Adaptation {
  const sides = operator.lateSideOutputs === true;
  const harness = new Harness({
    create: (context) =>
      new IntervalJoinOperator(
        {
          rules: 'stream',
          keys: [KEY, KEY],
          keyTypes: [STRING],
          lower: integer(operator.lower) + (operator.lowerInclusive === false ? 1n : 0n),
          upper: integer(operator.upper) - (operator.upperInclusive === false ? 1n : 0n),
          rowtime: [null, null],
          padded: [false, false],
          late: sides ? [1, 2] : 'drop',
          timestamps: true,
          watermarkDelay: 0n,
          meaning: print(operator),
        },
        context,
      ),
    inputSchemas: [RECORD, RECORD],
    outputSchemas: [schemaOf(['kl', 'l', 'lts', 'kr', 'r', 'rts']), RECORD, RECORD],
    keys: KEY,
  });
  const pair = named.bind(null, ['k', 'l', 'lts', 'kr', 'r', 'rts']);
  const step = (input: ExactObject) => {
    const columns = ({ k, v }: ExactObject) => [text(k), optionalInteger(v), optionalInteger(input.ts)];
    return runStep(harness, input, columns).map((emission) =>
      toOutput(harness, emission, [null, 'leftLate', 'rightLate'], (port, values) => {
        if (port > 0) return named(['k', 'v'], values, ['v']);
        const { kr: _, ...shown } = pair(values);
        return shown;
      }),
    );
  };
  return { step };
}

const LONGS: LogicalType = { kind: 'ARRAY', element: BIGINT, nullable: true };
const join = pairs((left, right) => [left[0], left[1], right[1]]);
const coGroup: CoGroupFunction = (context, left, right) => [[context.key[0], sortedValues(left), sortedValues(right)]];

function sortedValues(rows: readonly (readonly ColumnValue[])[]): bigint[] {
  return rows.map((row) => row[1] as bigint).sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
}

function replayWindows(operator: ExactObject, assigner: WindowAssigner, trigger: Trigger): Adaptation {
  const isJoin = operator.type === 'windowJoin';
  const output: Schema = { fields: ['k', 'l', 'r'].map((name) => ({ name, type: name === 'k' ? STRING : isJoin ? BIGINT : LONGS })) };
  const window = {
    assigner,
    trigger,
    evictor: null,
    allowedLateness: optionalInteger(operator.allowedLateness) ?? 0n,
    shift: null,
    keepsWatermark: false,
    fingerprint: print(operator),
  };
  const harness = new Harness({
    create: (context) => createCoGroup({ window, keys: [KEY, KEY], keyTypes: [STRING], function: isJoin ? join : coGroup }, context),
    inputSchemas: [RECORD, RECORD],
    outputSchemas: [output],
    keys: KEY,
  });
  const columns = ({ k, v }: ExactObject) => [text(k), optionalInteger(v), null];
  const step = (input: ExactObject) => {
    // Recorded on the union of both inputs: a watermark or status is that of each.
    const inputs = 'watermark' in input || 'idle' in input ? [1n, 2n] : [input.input];
    return inputs
      .flatMap((each) => runStep(harness, each === undefined ? input : { ...input, input: each }, columns))
      .map((emission) => toOutput(harness, emission, [null], (_port, values) => named(['k', 'l', 'r'], values)));
  };
  return { step };
}
