/** Makes output rows of matches: key columns, then expressions over the rows of the match, computed for all matches of a step at once. */
import type { Batch, Column } from '../../columnar/batch.ts';
import { ChainKernel } from '../../expressions/compile/chain-kernel.ts';
import type { KeptColumn, Slot } from '../../expressions/pattern/pattern-slots.ts';
import type { TypedExpression } from '../../expressions/typed-expression.ts';
import type { ExportKernel } from '../../state/row-export.ts';
import { exportKernel } from '../../state/row-export.ts';
import type { Schema } from '../../types/schema.ts';
import type { OperatorContext } from '../operator.ts';
import { ResultBatch } from '../windowing/result-batch.ts';
import type { KeyedPatterns } from './keyed-patterns.ts';
import type { FoundMatch, MatchEmitter } from './match-emitter.ts';
import { exactTime } from './match-emitter.ts';
import { SlotValues } from './slot-values.ts';

export interface MeasurePlan {
  /** Columns of `asked`: the keys, the slots, and the time of the match at the end. */
  readonly asked: Schema;
  readonly slots: readonly Slot[];
  readonly kept: readonly KeptColumn[];
  /** Output columns over `asked`. */
  readonly columns: readonly { readonly name: string; readonly expression: TypedExpression }[];
}

export class MeasureEmitter implements MatchEmitter {
  private readonly patterns: KeyedPatterns;
  private readonly results: ResultBatch;
  private readonly exportKey: ExportKernel;
  private readonly keyColumns: readonly Column[];
  private readonly slotColumns: readonly Column[];
  private readonly timeColumn: Column;
  private readonly values: SlotValues;
  private readonly kernel: ChainKernel;

  constructor(context: OperatorContext, patterns: KeyedPatterns, plan: MeasurePlan) {
    const { keyCells } = patterns.keys.layout;
    this.patterns = patterns;
    this.results = new ResultBatch(
      context.arena,
      plan.asked,
      context.batchRows,
      plan.asked.fields.map(() => true),
      false,
    );
    const { columns } = this.results.batch;
    this.exportKey = exportKernel(patterns.keys.layout, keyCells);
    this.keyColumns = columns.slice(0, keyCells.length);
    this.slotColumns = columns.slice(keyCells.length, -1);
    this.timeColumn = columns[columns.length - 1];
    this.values = new SlotValues(context.memory, patterns.buffer, plan.kept, plan.slots);
    this.kernel = new ChainKernel({
      input: plan.asked,
      stages: [{ kind: 'project', nodeId: context.nodeId, columns: plan.columns }],
      memory: context.memory,
      arena: context.arena,
      runtime: { timeZone: context.timeZone, now: () => context.clock.now() },
    });
  }

  get room(): number {
    return this.results.room;
  }

  add(match: FoundMatch): void {
    const { results, patterns } = this;
    const target = results.nextRow();
    const { memory } = results.batch;
    this.exportKey(patterns.keys, memory, 0, match.key, match.key + 1, this.keyColumns, target);
    this.values.write(match, this.slotColumns, target);
    memory.i64[(this.timeColumn.data >>> 3) + target] = exactTime(match.time);
    results.advance(1);
  }

  mark(watermark: bigint): void {
    this.results.mark(watermark);
  }

  take(): Batch | null {
    const found = this.results.take();
    return found === null ? null : this.kernel.process(found);
  }

  reset(): void {
    this.results.reset();
  }

  close(): void {
    this.kernel.close();
    this.values.close();
  }
}
