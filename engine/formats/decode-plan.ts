/** How the columns of a schema are numbered and found by name while text is decoded into them. */
import type { LogicalType } from '../types/logical-type.ts';
import type { Schema } from '../types/schema.ts';

export interface DecodePlan {
  /** Depth-first number; the columns inside a ROW are `index + 1 … end - 1`. */
  readonly index: number;
  readonly end: number;
  readonly name: string;
  /** Path as people write it: `bid.auction`. */
  readonly path: string;
  readonly type: LogicalType;
  /** False: nobody downstream reads it, so it is checked but not kept. */
  readonly required: boolean;
  readonly children: readonly DecodePlan[];
  readonly byName: ReadonlyMap<string, DecodePlan>;
}

export interface SchemaPlan {
  readonly schema: Schema;
  readonly columns: readonly DecodePlan[];
  readonly byName: ReadonlyMap<string, DecodePlan>;
  /** All columns and nested columns by index. */
  readonly flat: readonly DecodePlan[];
}

/** `requiredColumns` as in OperatorContext: paths somebody reads, null = all. */
export function planSchema(schema: Schema, requiredColumns: readonly string[] | null): SchemaPlan {
  const flat: DecodePlan[] = [];
  const wanted = requiredColumns === null ? null : new Set(requiredColumns);
  const plan = (name: string, type: LogicalType, path: string, parentRequired: boolean): DecodePlan => {
    const index = flat.length;
    const required = parentRequired || wanted === null || wanted.has(path);
    flat.push(undefined as unknown as DecodePlan);
    const fields = type.kind === 'ROW' ? type.fields : [];
    const children = fields.map((field) => plan(field.name, field.type, `${path}.${field.name}`, required));
    const made = { index, end: flat.length, name, path, type, required, children, byName: mapByName(children) };
    flat[index] = made;
    return made;
  };
  const columns = schema.fields.map((field) => plan(field.name, field.type, field.name, false));
  return { schema, columns, byName: mapByName(columns), flat };
}

function mapByName(plans: readonly DecodePlan[]): ReadonlyMap<string, DecodePlan> {
  return new Map(plans.map((plan) => [plan.name, plan]));
}
