/** A pattern's conditions made of expressions: those about one row are decided for whole batches, the others for one partial match at a time. */

import { Arena } from '../../columnar/arena.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { allocateLanes, allocateValidity } from '../../columnar/lanes.ts';
import { ChainKernel } from '../../expressions/compile/chain-kernel.ts';
import type { PatternCondition } from '../../expressions/pattern/pattern-scope.ts';
import type { KeptColumn } from '../../expressions/pattern/pattern-slots.ts';
import type { OperatorContext } from '../operator.ts';
import type { MatchConditions } from './decisions.ts';
import type { MatchBuffer } from './match-buffer.ts';
import type { KeptValue, PatternRows } from './pattern-rows.ts';
import { SlotValues } from './slot-values.ts';

export interface StepCondition {
  readonly condition: PatternCondition;
  /** The step that a row becomes a row of. */
  readonly step: number;
}

export class ExpressionRows implements PatternRows {
  readonly conditionCount: number;
  readonly simpleBits: number;
  readonly kept: readonly KeptValue[];
  private readonly context: OperatorContext;
  private readonly keptColumns: readonly KeptColumn[];
  private readonly asked: readonly StepCondition[];
  private readonly bits: readonly number[];
  private readonly kernel: ChainKernel;
  private history: HistoryConditions | null = null;

  constructor(context: OperatorContext, asked: readonly StepCondition[], kept: readonly KeptColumn[]) {
    this.context = context;
    this.asked = asked;
    this.keptColumns = kept;
    this.conditionCount = asked.length;
    this.kept = kept.map(({ text, expression }) => ({ text, type: expression.type }));
    const simple = asked.flatMap(({ condition }, at) => (condition.kind === 'row' ? [{ at, expression: condition.expression }] : []));
    this.bits = simple.map(({ at }) => 1 << at);
    this.simpleBits = this.bits.reduce((bits, bit) => bits | bit, 0);
    this.kernel = new ChainKernel({
      input: context.inputSchemas[0],
      stages: [
        {
          kind: 'project',
          nodeId: context.nodeId,
          columns: [
            ...simple.map(({ at, expression }) => ({ name: `c${at}`, expression })),
            ...kept.map(({ expression }, at) => ({ name: `k${at}`, expression })),
          ],
        },
      ],
      memory: context.memory,
      arena: context.arena,
      runtime: { timeZone: context.timeZone, now: () => context.clock.now() },
    });
  }

  look(batch: Batch) {
    const { columns } = this.kernel.process(batch);
    const masks = this.context.arena.allocate(4 * Math.max(batch.rowCount, 1));
    writeMasks(batch, columns, this.bits, masks);
    return { masks, columns: columns.slice(this.bits.length) };
  }

  conditions(buffer: MatchBuffer): MatchConditions {
    this.history = new HistoryConditions(this.context, this.asked, this.keptColumns, buffer);
    return this.history;
  }

  order(): null {
    return null;
  }

  close(): void {
    this.kernel.close();
    this.history?.close();
  }
}

/** One bit per condition that is TRUE; FALSE and UNKNOWN are none. */
function writeMasks(batch: Batch, decided: readonly Column[], bits: readonly number[], masks: Address): void {
  const { i32, u8 } = batch.memory;
  const list = masks >>> 2;
  const selection = batch.selection >>> 2;
  for (let at = 0; at < batch.selectedCount; at++) i32[list + (batch.selection === 0 ? at : i32[selection + at])] = 0;
  for (let condition = 0; condition < bits.length; condition++) {
    const { data, validity } = decided[condition];
    const bit = bits[condition];
    for (let at = 0; at < batch.selectedCount; at++) {
      const row = batch.selection === 0 ? at : i32[selection + at];
      if (u8[data + row] === 1 && (validity === 0 || u8[validity + row] !== 0)) i32[list + row] |= bit;
    }
  }
}

class HistoryConditions implements MatchConditions {
  private readonly context: OperatorContext;
  private readonly buffer: MatchBuffer;
  private readonly arena: Arena;
  private readonly tests: readonly (HistoryTest | null)[];
  private readonly rows = { count: 0, steps: [] as number[], events: [] as number[] };

  constructor(context: OperatorContext, asked: readonly StepCondition[], kept: readonly KeptColumn[], buffer: MatchBuffer) {
    this.context = context;
    this.buffer = buffer;
    this.arena = new Arena(context.memory);
    this.tests = asked.map((each) => this.createTest(each, kept));
  }

  test(index: number, event: number, before: number): boolean {
    const test = this.tests[index];
    if (test === null) return false;
    const { rows } = this;
    this.collect(before);
    rows.steps[rows.count] = test.step;
    rows.events[rows.count++] = event;
    test.values.write(rows, test.batch.columns, 0);
    const mark = this.arena.mark();
    const [{ data, validity }] = test.kernel.process(test.batch).columns;
    const { u8 } = this.context.memory;
    const answer = u8[data] === 1 && (validity === 0 || u8[validity] !== 0);
    this.arena.release(mark);
    return answer;
  }

  close(): void {
    for (const test of this.tests) {
      test?.kernel.close();
      test?.values.close();
    }
    this.arena.close();
  }

  /** One row with a column per slot; its lanes stay in the arena. */
  private createTest({ condition, step }: StepCondition, kept: readonly KeptColumn[]): HistoryTest | null {
    if (condition.kind === 'row') return null;
    const { context, arena } = this;
    const batch = createBatch(context.memory, condition.schema);
    for (const column of batch.columns) {
      allocateLanes(arena, column, 1);
      allocateValidity(arena, column, 1);
    }
    batch.rowCount = 1;
    batch.selectedCount = 1;
    const kernel = new ChainKernel({
      input: condition.schema,
      stages: [{ kind: 'project', nodeId: context.nodeId, columns: [{ name: 'answer', expression: condition.expression }] }],
      memory: context.memory,
      arena,
      runtime: { timeZone: context.timeZone, now: () => context.clock.now() },
    });
    return { step, batch, kernel, values: new SlotValues(context.memory, this.buffer, kept, condition.slots) };
  }

  /** The rows of a chain, first to last. */
  private collect(end: number): void {
    const { rows, buffer } = this;
    let count = 0;
    for (let link = end; link >= 0; link = buffer.beforeOf(link)) count++;
    rows.count = count;
    for (let link = end; link >= 0; link = buffer.beforeOf(link)) {
      rows.steps[--count] = buffer.stepOf(link);
      rows.events[count] = buffer.eventOf(link);
    }
  }
}

interface HistoryTest {
  readonly step: number;
  readonly batch: Batch;
  readonly kernel: ChainKernel;
  readonly values: SlotValues;
}
