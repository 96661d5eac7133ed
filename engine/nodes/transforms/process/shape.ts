/** What the code of a process node sees, made of its config and the columns that arrive. */
import type { CodeShape } from '../../../spec/custom-code/code-types.ts';
import { codeStatesOf, emittedSchema } from '../../../spec/custom-code/process-fields.ts';
import type { Field } from '../../../types/logical-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { ProcessConfig } from './node.ts';

/** States whose types cannot be read are left out: the check names them. */
export function codeShapeOf(config: ProcessConfig, input: Schema): CodeShape {
  return {
    inputs: [input.fields],
    keys: config.keys.flatMap((name) => input.fields.filter((field) => field.name === name)),
    output: outputFieldsOf(config, input),
    states: codeStatesOf(config.states),
    sideOutputs: config.sideOutputs.map(({ name }) => name),
  };
}

export function outputSchemaOf(config: ProcessConfig, input: Schema): Schema {
  return emittedSchema(outputFieldsOf(config, input), input);
}

function outputFieldsOf(config: ProcessConfig, input: Schema): readonly Field[] {
  return config.columns.length > 0 ? config.columns : input.fields;
}
