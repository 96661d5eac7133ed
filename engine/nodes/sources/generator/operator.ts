/** Runs the generator source: rows made by their number, at a set rate. */
import type { Batch } from '../../../columnar/batch.ts';
import { buildBatch } from '../../../columnar/row-builder.ts';
import { RangeEnumerator, type RangeGenerator, RangeReader } from '../../../connectors/ranges/range-source.ts';
import type { CoordinatorEnvironment, OperatorContext, SourceOperator, SplitEnumerator } from '../../../operators/operator.ts';
import { type CellMaker, createCellMaker } from './cell-maker.ts';
import type { GeneratorConfig } from './node.ts';

export function createSource(config: GeneratorConfig, context: OperatorContext): SourceOperator {
  return new RangeReader(context, new GeneratedRows(config, context), config.rowsPerSecond);
}

export function createEnumerator(config: GeneratorConfig, _environment: CoordinatorEnvironment): SplitEnumerator {
  return new RangeEnumerator(0, config.count, config.rowsPerSecond);
}

class GeneratedRows implements RangeGenerator {
  private readonly context: OperatorContext;
  private readonly makers: readonly CellMaker[];

  constructor(config: GeneratorConfig, context: OperatorContext) {
    this.context = context;
    const rules = new Map(config.rules.map((rule) => [rule.column, rule]));
    this.makers = config.schema.map((field, column) => createCellMaker(field, column, rules.get(field.name) ?? null, config));
  }

  generate(first: number, end: number, rowsMax: number): { batch: Batch; used: number } {
    const count = Math.min(end - first, rowsMax);
    const rows = Array.from({ length: count }, (_unused, index) => this.makers.map((make) => make(first + index)));
    return { batch: buildBatch(this.context.arena, this.context.outputSchemas[0], rows), used: count };
  }

  close(): void {
    // Nothing is held.
  }
}
