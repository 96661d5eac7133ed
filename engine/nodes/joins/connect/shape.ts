/** What the code of a connect node sees, made of its config and the columns that arrive at both inputs. */
import type { CodeShape } from '../../../spec/custom-code/code-types.ts';
import { codeBroadcastOf, codeStatesOf } from '../../../spec/custom-code/process-fields.ts';
import type { Field } from '../../../types/logical-type.ts';
import { withNullable } from '../../../types/make-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { ConnectConfig } from './node.ts';

export const FIRST = 'first';
export const SECOND = 'second';

export function codeShapeOf(config: ConnectConfig, first: Schema, second: Schema): CodeShape {
  const isBroadcast = config.second === 'broadcast';
  return {
    inputs: [first.fields, second.fields],
    keys: config.firstKeys.flatMap((name, at) =>
      isBroadcast ? first.fields.filter((field) => field.name === name) : keyOf(name, config.secondKeys[at], first, second),
    ),
    output: outputFieldsOf(config, first),
    states: [...codeStatesOf(config.states), ...(isBroadcast ? codeBroadcastOf(config.broadcastStates) : [])],
    sideOutputs: config.sideOutputs.map(({ name }) => name),
    ...(isBroadcast ? { broadcastInput: 1 } : {}),
  };
}

/** How many of the inputs event time is the least of: a broadcast one without it does not hold the other back. */
export function timedInputsOf(config: ConnectConfig, second: Schema): number {
  return config.second === 'broadcast' && second.rowtime === undefined ? 1 : 2;
}

/** Event time goes on where its column does, if all inputs have it that count. */
export function outputSchemaOf(config: ConnectConfig, first: Schema, second: Schema): Schema {
  const fields = outputFieldsOf(config, first);
  if (first.rowtime === undefined || (second.rowtime === undefined && timedInputsOf(config, second) === 2)) return { fields };
  const times = [first.rowtime, second.rowtime];
  const time = fields.find(
    ({ name, type }) => times.includes(name) && (type.kind === 'TIMESTAMP' || type.kind === 'TIMESTAMP_LTZ') && type.precision <= 3,
  );
  return time === undefined ? { fields } : { fields, rowtime: time.name };
}

function outputFieldsOf(config: ConnectConfig, first: Schema): readonly Field[] {
  return config.columns.length > 0 ? config.columns : first.fields;
}

/** Called as in the first input; NULL where either may be. */
function keyOf(name: string, other: string | undefined, first: Schema, second: Schema): Field[] {
  const own = first.fields.find((field) => field.name === name);
  const match = second.fields.find((field) => field.name === other);
  if (own === undefined) return [];
  return [{ name, type: withNullable(own.type, own.type.nullable || match === undefined || match.type.nullable) }];
}
