/** Splits batches: one generated pass decides every condition, one loop deals rows to ports as selections; nothing is copied. */
import type { Batch, Column } from '../../../columnar/batch.ts';
import { createBatch } from '../../../columnar/batch.ts';
import type { Address, JobMemory } from '../../../columnar/job-memory.ts';
import { ChainKernel } from '../../../expressions/compile/chain-kernel.ts';
import type { Operator, OperatorContext, Progress } from '../../../operators/operator.ts';
import { StatelessOperator } from '../../../operators/stateless-operator.ts';
import { assertExpression } from '../../../spec/type-expression.ts';
import type { RouteConfig } from './node.ts';

export function createOperator(config: RouteConfig, context: OperatorContext): Operator {
  return new Route(config, context);
}

class Route extends StatelessOperator {
  private readonly context: OperatorContext;
  private readonly conditions: ChainKernel;
  private readonly firstOnly: boolean;
  /** One per port, `else` last; columns are those of the batch that is being dealt. */
  private readonly batches: readonly Batch[];
  private readonly selections: Address[];
  private readonly counts: number[];

  constructor(config: RouteConfig, context: OperatorContext) {
    super();
    const [input] = context.inputSchemas;
    const settings = { timeZone: context.timeZone };
    const columns = config.routes.map((route, index) => ({
      name: `c${index}`,
      expression: assertExpression(route.expression, input, settings),
    }));
    this.context = context;
    this.firstOnly = config.matching === 'first';
    this.conditions = new ChainKernel({
      input,
      stages: [{ kind: 'project', nodeId: context.nodeId, columns }],
      memory: context.memory,
      arena: context.arena,
      runtime: { timeZone: context.timeZone, now: () => context.clock.now() },
    });
    this.batches = Array.from({ length: columns.length + 1 }, () => createBatch(context.memory, input));
    this.selections = this.batches.map(() => 0);
    this.counts = this.batches.map(() => 0);
  }

  override processBatch(_input: number, batch: Batch): Progress {
    const decided = this.conditions.process(batch);
    const { memory, arena } = this.context;
    for (const port of this.selections.keys()) this.selections[port] = arena.allocate(Math.max(4 * batch.selectedCount, 4));
    deal(memory, batch, decided.columns, this.firstOnly, this.selections, this.counts);
    for (const [port, out] of this.batches.entries()) {
      if (this.counts[port] === 0 && batch.markCount === 0) continue;
      Object.assign(out, batch, { selection: this.selections[port], selectedCount: this.counts[port] });
      this.context.output.emit(port, out);
    }
    return 'done';
  }

  override close(): void {
    this.conditions.close();
  }
}

/** Writes each selected row's number into the selections of the ports it goes to; the last port takes what fits none. */
function deal(
  memory: JobMemory,
  batch: Batch,
  decided: readonly Column[],
  firstOnly: boolean,
  selections: readonly Address[],
  counts: number[],
): void {
  const { u8, i32 } = memory;
  const rest = decided.length;
  counts.fill(0);
  for (let at = 0; at < batch.selectedCount; at++) {
    const row = batch.selection === 0 ? at : i32[(batch.selection >>> 2) + at];
    let fits = false;
    for (let port = 0; port < rest; port++) {
      const { data, validity } = decided[port];
      if (u8[data + row] !== 1 || (validity !== 0 && u8[validity + row] === 0)) continue;
      fits = true;
      i32[(selections[port] >>> 2) + counts[port]++] = row;
      if (firstOnly) break;
    }
    if (!fits) i32[(selections[rest] >>> 2) + counts[rest]++] = row;
  }
}
