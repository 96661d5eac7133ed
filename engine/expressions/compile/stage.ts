/** Stateless stages: what filter, select/derive, watermark and similar nodes hand to the planner, which fuses neighbours. */
import type { Schema } from '../../types/schema.ts';
import type { TypedExpression } from '../typed-expression.ts';

/** Keeps the rows for which `predicate` (BOOLEAN over the stage's input schema) is TRUE. */
export interface FilterStage {
  readonly kind: 'filter';
  readonly nodeId: string;
  readonly predicate: TypedExpression;
}

/** Makes new columns out of the stage's input columns; a bare column costs nothing. */
export interface ProjectStage {
  readonly kind: 'project';
  readonly nodeId: string;
  readonly columns: readonly { readonly name: string; readonly expression: TypedExpression }[];
  /** Name of the event-time column in the output; keeps the input's when it is passed through under its name and this is absent. */
  readonly rowtime?: string;
}

/**
 * Declares event time: column `rowtime` (replaced when the input has it, else appended) gets the value of `expression`
 * (TIMESTAMP or TIMESTAMP_LTZ with precision <= 3), and the watermark follows its maximum.
 * `sql`: watermark = maximum - delay, a NULL time is an error. `datastream`: maximum - delay - 1, starting at Long.MIN.
 */
export interface WatermarkStage {
  readonly kind: 'watermark';
  readonly nodeId: string;
  readonly rowtime: string;
  readonly expression: TypedExpression;
  readonly delayMs: number;
  readonly rule: 'sql' | 'datastream';
  /** Without rows for this long the stream counts as idle and holds nobody's watermark back; absent: never. */
  readonly idleAfterMs?: number | null;
}

export type Stage = FilterStage | ProjectStage | WatermarkStage;

/** What leaves a stage. The nodes' `outputSchema` and the planner use the same function. */
export function stageOutputSchema(stage: Stage, input: Schema): Schema {
  if (stage.kind === 'filter') return input;
  if (stage.kind === 'project') return projectSchema(stage, input);
  const field = { name: stage.rowtime, type: stage.expression.type };
  const at = input.fields.findIndex((candidate) => candidate.name === stage.rowtime);
  const fields = at < 0 ? [...input.fields, field] : input.fields.map((candidate, index) => (index === at ? field : candidate));
  return { fields, rowtime: stage.rowtime };
}

function projectSchema(stage: ProjectStage, input: Schema): Schema {
  const fields = stage.columns.map((column) => ({ name: column.name, type: column.expression.type }));
  const kept = stage.rowtime ?? passedRowtime(stage, input);
  return kept === undefined ? { fields } : { fields, rowtime: kept };
}

/** The output name of the input's event-time column, when some output column is exactly it. */
function passedRowtime(stage: ProjectStage, input: Schema): string | undefined {
  if (input.rowtime === undefined) return undefined;
  const index = input.fields.findIndex((field) => field.name === input.rowtime);
  const isRowtime = (expression: TypedExpression) =>
    expression.kind === 'column' && expression.path.length === 1 && expression.path[0] === index;
  return stage.columns.find((column) => isRowtime(column.expression))?.name;
}
