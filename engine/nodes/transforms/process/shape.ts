/** What the code of a process node sees, made of its config and the columns that arrive. */
import type { CodeShape, CodeState } from '../../../spec/custom-code/code-types.ts';
import type { Field } from '../../../types/logical-type.ts';
import { notNull } from '../../../types/make-type.ts';
import { parseType } from '../../../types/parse-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { ProcessConfig } from './node.ts';

/** States whose types cannot be read are left out: the check names them. */
export function codeShapeOf(config: ProcessConfig, input: Schema): CodeShape {
  return {
    input: input.fields,
    keys: config.keys.flatMap((name) => input.fields.filter((field) => field.name === name)),
    output: outputFieldsOf(config, input),
    states: config.states.flatMap(stateOf),
    sideOutputs: config.sideOutputs.map(({ name }) => name),
  };
}

/** Event time goes on where its column does. */
export function outputSchemaOf(config: ProcessConfig, input: Schema): Schema {
  const fields = outputFieldsOf(config, input);
  const { rowtime } = input;
  const kept = fields.some(
    ({ name, type }) => name === rowtime && (type.kind === 'TIMESTAMP' || type.kind === 'TIMESTAMP_LTZ') && type.precision <= 3,
  );
  return kept && rowtime !== undefined ? { fields, rowtime } : { fields };
}

function outputFieldsOf(config: ProcessConfig, input: Schema): readonly Field[] {
  return config.columns.length > 0 ? config.columns : input.fields;
}

function stateOf({ name, kind, type, keyType }: ProcessConfig['states'][number]): CodeState[] {
  const value = parseType(type);
  const key = kind === 'map' ? parseType(keyType ?? '') : null;
  if (!('type' in value) || (key !== null && !('type' in key))) return [];
  return [{ name, kind, type: notNull(value.type), keyType: key === null ? null : notNull(key.type) }];
}
