/** Vectors of interval joins, window joins and co-groups. */
import type { ColumnPath } from '../../../engine/columnar/key-fields.ts';
import { IntervalJoinOperator } from '../../../engine/operators/joining/interval-join-operator.ts';
import { BIGINT, STRING } from '../../../engine/types/make-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { Adaptation, Adapter } from './adapter.ts';
import { missing } from './adapter.ts';
import { Harness } from './harness.ts';
import { named, runStep, toOutput } from './steps.ts';
import type { ExactObject } from './vector.ts';
import { integer, optionalInteger, print, text } from './vector.ts';

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
    return missing(`operator ${String(operator.type)}`);
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
