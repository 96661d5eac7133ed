/**
 * Which columns of a source anybody reads, so that it may leave the others out. Worked out backwards over the graph; a node
 * we cannot see through reads everything.
 */
import { assert } from '../../base/assert.ts';
import { columnsOf } from '../../expressions/columns-of.ts';
import type { Stage } from '../../expressions/compile/stage.ts';
import type { TypedExpression } from '../../expressions/typed-expression.ts';
import { printColumnPath, resolveColumn, splitColumnPath } from '../../spec/column-path.ts';
import type { Aggregate, NamedExpression } from '../../spec/field-values.ts';
import type { AnyField } from '../../spec/fields.ts';
import type { ResolvedNode } from '../../spec/resolved-graph.ts';
import { assertExpression } from '../../spec/type-expression.ts';
import type { Schema } from '../../types/schema.ts';
import { spreadColumns } from './physical-plan.ts';
import type { WiredEdge } from './plan-nodes.ts';

/** Column paths, or null for all. */
export type Required = ReadonlySet<string> | null;

export class RequiredColumns {
  private readonly edges: readonly WiredEdge[];
  private readonly stageOf: (node: ResolvedNode) => Stage;
  private readonly timeZone: string;
  private readonly known = new Map<ResolvedNode, Required>();

  constructor(edges: readonly WiredEdge[], stageOf: (node: ResolvedNode) => Stage, timeZone: string) {
    this.edges = edges;
    this.stageOf = stageOf;
    this.timeZone = timeZone;
  }

  /** What is read behind an output port. */
  ofOutput(node: ResolvedNode, port: number): Required {
    const wanted = new Set<string>();
    for (const edge of this.edges) {
      if (edge.from !== node || edge.fromPort !== port) continue;
      const below = this.ofInput(edge.to);
      if (below === null) return null;
      for (const path of below) wanted.add(path);
      for (const column of spreadColumns(edge.partitioning)) wanted.add(canonicalPath(edge.schema, column));
    }
    return wanted;
  }

  private ofInput(node: ResolvedNode): Required {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const required = this.work(node);
    this.known.set(node, required);
    return required;
  }

  private work(node: ResolvedNode): Required {
    const { execution, category } = node.definition;
    if (execution === 'stage') return throughStage(this.stageOf(node), node.inputs[0].schema, this.ofOutput(node, 0));
    if (execution !== 'operator' || node.inputs.length !== 1) return null;
    const [input] = node.inputs;
    const wanted = this.namedInConfig(node, input.schema);
    if (wanted === null) return null;
    if (input.schema.rowtime !== undefined) wanted.add(input.schema.rowtime);
    for (const [port, output] of node.outputs.entries()) {
      const below = this.ofOutput(node, port);
      if (!sameFields(output.schema, input.schema)) {
        // A window makes new rows out of what its config names and of columns that keep their name; of other operators we do not know.
        if (category !== 'windows') return null;
        for (const name of sharedNames(output.schema, input.schema)) wanted.add(canonicalPath(input.schema, name));
        continue;
      }
      if (below === null) return null;
      for (const path of below) wanted.add(path);
    }
    return wanted;
  }

  /** Columns that stand in the fields of the config; null when a field may hide some. */
  private namedInConfig(node: ResolvedNode, schema: Schema): Set<string> | null {
    const wanted = new Set<string>();
    const config = node.config as { readonly [field: string]: unknown };
    for (const [name, field] of Object.entries(node.definition.fields)) {
      const names = this.columnsOfField(field, config[name], schema);
      if (names === null) return null;
      for (const path of names) wanted.add(canonicalPath(schema, path));
    }
    return wanted;
  }

  private columnsOfField(field: AnyField, value: unknown, schema: Schema): readonly string[] | null {
    // A field that the form does not show for this config is blank.
    if (value === null || value === undefined || value === '') return [];
    switch (field.kind) {
      case 'column':
        return [value as string];
      case 'columns':
        return value as readonly string[];
      case 'aggregates':
        return (value as readonly Aggregate[]).flatMap(({ column }) => (column === null ? [] : [column]));
      case 'conditions':
        return (value as readonly NamedExpression[]).flatMap(({ expression }) => this.columnsOfText(expression, schema));
      case 'expression':
        return this.columnsOfText(value as string, schema);
      case 'duration':
      case 'choice':
      case 'toggle':
      case 'number':
      case 'text':
        return [];
      default:
        return null;
    }
  }

  private columnsOfText(expression: string, schema: Schema): string[] {
    const paths = new Set<string>();
    addColumns(assertExpression(expression, schema, { timeZone: this.timeZone }), schema, paths);
    return [...paths];
  }
}

function sharedNames(output: Schema, input: Schema): readonly string[] {
  const names = new Set(output.fields.map((field) => field.name));
  return input.fields.filter((field) => names.has(field.name)).map((field) => field.name);
}

function sameFields(left: Schema, right: Schema): boolean {
  return left.fields.length === right.fields.length && left.fields.every((field, index) => field.name === right.fields[index].name);
}

/** Input columns a stage needs for the output columns that are wanted. */
function throughStage(stage: Stage, input: Schema, below: Required): Required {
  if (stage.kind === 'filter') {
    if (below === null) return null;
    const wanted = new Set(below);
    addColumns(stage.predicate, input, wanted);
    return wanted;
  }
  if (stage.kind === 'watermark') {
    if (below === null) return null;
    const wanted = new Set([...below].filter((path) => path !== stage.rowtime));
    addColumns(stage.expression, input, wanted);
    return wanted;
  }
  const wanted = new Set<string>();
  for (const column of stage.columns) {
    // What the watermark follows is read even when nobody asks for it.
    if (below === null || column.name === stage.rowtime || [...below].some((path) => isWithin(path, column.name)))
      addColumns(column.expression, input, wanted);
  }
  return wanted;
}

function isWithin(path: string, name: string): boolean {
  return path === name || splitColumnPath(path)?.[0] === name;
}

/** Adds the paths of every column an expression reads. */
function addColumns(expression: TypedExpression, schema: Schema, into: Set<string>): void {
  for (const path of columnsOf(expression)) into.add(pathName(schema, path));
}

/** One spelling for a column however a config spells it (`` `value` `` and `value` are the same). */
function canonicalPath(schema: Schema, column: string): string {
  const resolved = resolveColumn(schema, column);
  assert(resolved !== null, `column ${column}, which was checked, is in the schema`);
  return pathName(schema, resolved.path);
}

function pathName(schema: Schema, path: readonly number[]): string {
  const names: string[] = [];
  let { fields } = schema;
  for (const index of path) {
    const field = fields[index];
    names.push(field.name);
    fields = field.type.kind === 'ROW' ? field.type.fields : [];
  }
  return path.length === 1 ? names[0] : printColumnPath(names);
}
