/** What an operator sees, in which order: batches, marks, watermarks, status, drains, ends; and what it may cost. */
import { expect, test } from 'vitest';
import { Arena } from '../../columnar/arena.ts';
import type { Batch } from '../../columnar/batch.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import { readRows } from '../../columnar/row-reader.ts';
import { type Operator, type Progress, type SourceProgress, WATERMARK_MAX, type WatermarkPolicy } from '../../operators/operator.ts';
import { BIGINT } from '../../types/make-type.ts';
import type { PlanOperator } from '../plan/physical-plan.ts';
import { InputGate } from './input-gate.ts';
import { Task } from './task.ts';
import { TaskOperator } from './task-operator.ts';
import { WorkMeter } from './work-meter.ts';

const SCHEMA = { fields: [{ name: 'id', type: BIGINT }] };

class Bench {
  readonly memory = new JobMemory();
  readonly arena = new Arena(this.memory);
  readonly log: string[] = [];
  readonly operators: TaskOperator[] = [];
  /** Of the clock that work is measured by. */
  clockMs = 0;

  batch(ids: readonly number[], marks: readonly { row: number; watermark: bigint }[] = []): Batch {
    return buildBatch(
      this.arena,
      SCHEMA,
      ids.map((id) => [BigInt(id)]),
      marks.length === 0 ? {} : { marks },
    );
  }

  /** `channels`: one number per input. */
  add(nodeId: string, channels: readonly number[], outputs = 1): TaskOperator {
    const plan = {
      nodeId,
      nodeIds: [nodeId],
      kind: channels.length === 0 ? 'source' : 'operator',
      outputSchemas: Array.from({ length: outputs }, () => SCHEMA),
    };
    const operator = new TaskOperator(
      plan as unknown as PlanOperator,
      channels.map((count) => new InputGate(count)),
    );
    this.operators.push(operator);
    return operator;
  }

  /** A source that does what the steps say, one a poll. */
  source(steps: readonly ((output: TaskOperator) => void)[], nodeId = 'source'): TaskOperator {
    const operator = this.add(nodeId, []);
    let next = 0;
    operator.source = {
      open: () => undefined,
      addSplit: () => undefined,
      noMoreSplits: () => undefined,
      poll(): SourceProgress {
        if (next === steps.length) return { kind: 'end' };
        steps[next++](operator);
        return { kind: 'progress' };
      },
      snapshot: () => undefined,
      notifyCheckpointComplete: () => undefined,
      close: () => undefined,
    };
    return operator;
  }

  /** An operator that writes down what it is given; `parts` does more. */
  observer(nodeId: string, channels: readonly number[], parts: Partial<Operator & WatermarkPolicy> = {}, outputs = 0): TaskOperator {
    const operator = this.add(nodeId, channels, outputs);
    const note = (text: string): Progress => {
      this.log.push(`${nodeId} ${text}`);
      return 'done';
    };
    operator.operator = {
      open: () => undefined,
      processBatch: (_input, batch) => note(`batch ${readRows(batch).join()}${marksOf(batch)}`),
      processWatermark: (input, watermark) => note(`watermark ${input} ${watermark === WATERMARK_MAX ? 'max' : watermark}`),
      processStatus: (input, idle) => note(`${idle ? 'idle' : 'active'} ${input}`),
      drain: () => note('drain'),
      onProcessingTime: (nowMs) => note(`time ${nowMs}`),
      endInput: (input) => note(`end ${input}`),
      snapshot: () => undefined,
      notifyCheckpointComplete: () => undefined,
      close: () => undefined,
      ...parts,
    };
    operator.ownWatermarks = parts.watermarks === 'own';
    return operator;
  }

  connect(from: TaskOperator, to: TaskOperator, input = 0, channel = 0, port = 0): void {
    from.ports[port].targets.push({ edge: 0, direct: { operator: to, input, channel }, writer: null, rows: 0, bytes: 0, tap: null });
  }

  run(nowMs = 0): string[] {
    const host = { requestSplit: () => undefined, sourceEnded: () => undefined, snapshot: () => undefined, inFlight: () => undefined };
    const task = new Task(
      'test',
      this.operators,
      [],
      this.arena,
      host,
      new WorkMeter({ now: () => nowMs, monotonic: () => this.clockMs }),
      {
        alignsBarriers: true,
        resultsAtEnd: false,
      },
    );
    for (let steps = 0; task.step(nowMs) !== 'ended'; steps++) if (steps > 100_000) throw new Error('no end');
    return this.log;
  }
}

function marksOf(batch: Batch): string {
  const marks = Array.from({ length: batch.markCount }, (_, mark) => {
    const row = batch.memory.i32[(batch.markRows >>> 2) + mark];
    return `${row}:${batch.memory.i64[(batch.markWatermarks >>> 3) + mark]}`;
  });
  return marks.length === 0 ? '' : ` marks ${marks.join(' ')}`;
}

test('marks travel in the batch; who drops rows and marks has the watermark forwarded behind its drain', () => {
  const bench = new Bench();
  const source = bench.source([
    (output) =>
      output.emit(
        0,
        bench.batch(
          [1, 2],
          [
            { row: 0, watermark: 5n },
            { row: 1, watermark: 7n },
          ],
        ),
      ),
  ]);
  const dropping = bench.observer('dropping', [1], {}, 1);
  const last = bench.observer('last', [1]);
  bench.connect(source, dropping);
  bench.connect(dropping, last);
  expect(bench.run()).toEqual([
    'dropping batch 1,2 marks 0:5 1:7',
    'last watermark 0 7',
    'dropping watermark 0 max',
    'last watermark 0 max',
    'dropping end 0',
    'last end 0',
  ]);
});

test('what a watermark fires is consumed to the end before the watermark passes on', () => {
  const bench = new Bench();
  const source = bench.source([(output) => output.emitWatermark(10n)]);
  let left = 3;
  const emit = (): Progress => {
    firing.emit(0, bench.batch([left]));
    return --left > 0 ? 'more' : 'done';
  };
  const firing: TaskOperator = bench.observer(
    'firing',
    [1],
    { processWatermark: (_input, watermark) => (watermark === 10n ? emit() : 'done'), drain: emit },
    1,
  );
  const last = bench.observer('last', [1]);
  bench.connect(source, firing);
  bench.connect(firing, last);
  expect(bench.run().slice(0, 4)).toEqual(['last batch 3', 'last batch 2', 'last batch 1', 'last watermark 0 10']);
});

test('fan-out: every consumer gets the batch, each with everything behind it before the next', () => {
  const bench = new Bench();
  const source = bench.source([(output) => output.emit(0, bench.batch([1]))]);
  const pass = (nodeId: string): TaskOperator => {
    const operator: TaskOperator = bench.observer(
      nodeId,
      [1],
      {
        processBatch(_input, batch) {
          bench.log.push(`${nodeId} batch`);
          operator.emit(0, batch);
          return 'done';
        },
      },
      1,
    );
    return operator;
  };
  const [left, right] = [pass('left'), pass('right')];
  const both = bench.observer('both', [2]);
  bench.connect(source, left);
  bench.connect(source, right);
  bench.connect(left, both, 0, 0);
  bench.connect(right, both, 0, 1);
  expect(bench.run().slice(0, 4)).toEqual(['left batch', 'both batch 1', 'right batch', 'both batch 1']);
});

test('a union has one watermark: marks are rewritten to the minimum of the channels', () => {
  const bench = new Bench();
  const slow = bench.source([(output) => output.emitWatermark(6n), (output) => output.emitWatermark(9n)], 'slow');
  const fast = bench.source(
    [
      (output) =>
        output.emit(
          0,
          bench.batch(
            [1, 2],
            [
              { row: 0, watermark: 5n },
              { row: 1, watermark: 9n },
            ],
          ),
        ),
    ],
    'fast',
  );
  const union = bench.observer('union', [2]);
  bench.connect(slow, union, 0, 0);
  bench.connect(fast, union, 0, 1);
  expect(bench.run().slice(0, 2)).toEqual(['union batch 1,2 marks 0:5 1:6', 'union watermark 0 9']);
});

test('two inputs: the minimum passes on, an idle input does not hold it back', () => {
  const bench = new Bench();
  const left = bench.source([(output) => output.emitWatermark(3n), (output) => output.emitWatermark(8n), () => undefined], 'left');
  const right = bench.source([(output) => output.emitWatermark(5n), (output) => output.emitStatus(true), () => undefined], 'right');
  const join = bench.observer('join', [1, 1], {}, 1);
  const last = bench.observer('last', [1]);
  bench.connect(left, join, 0);
  bench.connect(right, join, 1);
  bench.connect(join, last);
  expect(
    bench
      .run()
      .filter((line) => line.startsWith('last'))
      .slice(0, 3),
  ).toEqual(['last watermark 0 3', 'last watermark 0 5', 'last watermark 0 8']);
});

test('an operator with its own watermarks stops those from upstream, but for the last', () => {
  const bench = new Bench();
  const source = bench.source([(output) => output.emitWatermark(10n), (output) => output.emit(0, bench.batch([1]))]);
  const assigner: TaskOperator = bench.observer(
    'assigner',
    [1],
    {
      watermarks: 'own',
      processBatch() {
        assigner.emitWatermark(4n);
        return 'done';
      },
    },
    1,
  );
  const last = bench.observer('last', [1]);
  bench.connect(source, assigner);
  bench.connect(assigner, last);
  expect(bench.run().filter((line) => line.startsWith('last'))).toEqual(['last watermark 0 4', 'last watermark 0 max', 'last end 0']);
});

test('a processing-time request is answered once, when the clock has come to it', () => {
  const bench = new Bench();
  const source = bench.source([]);
  const timed = bench.observer('timed', [1]);
  timed.timerAtMs = 50;
  bench.connect(source, timed);
  expect(bench.run(60)[0]).toBe('timed time 60');
});

test('a firing of ten thousand batches does not grow the memory', () => {
  const bench = new Bench();
  const source = bench.source([(output) => output.emitWatermark(10n)]);
  let left = 10_000;
  const emit = (): Progress => {
    bench.arena.allocate(100_000);
    firing.emit(0, bench.batch([left]));
    return --left > 0 ? 'more' : 'done';
  };
  const firing: TaskOperator = bench.observer(
    'firing',
    [1],
    { processWatermark: (_input, watermark) => (watermark === 10n ? emit() : 'done'), drain: emit },
    1,
  );
  const last = bench.observer('last', [1], { processBatch: () => 'done' });
  bench.connect(source, firing);
  bench.connect(firing, last);
  bench.run();
  expect(left).toBe(0);
  expect(bench.memory.allocatedBytes).toBeLessThan(4 * 1024 * 1024);
});

test('two batches on one port in one step are a mistake of the operator, with its name', () => {
  const bench = new Bench();
  bench.source([
    (output) => {
      output.emit(0, bench.batch([1]));
      output.emit(0, bench.batch([2]));
    },
  ]);
  expect(() => bench.run()).toThrow(/source emitted two batches on port 0/);
});

test('the time of a call is the operator’s that was called, whoever waits for it meanwhile', () => {
  const bench = new Bench();
  const takes = (ms: number): void => {
    bench.clockMs += ms;
  };
  const source = bench.source([
    (output) => {
      takes(1);
      output.emit(0, bench.batch([1]));
    },
  ]);
  let left = 2;
  const slow: Progress[] = ['more', 'done'];
  const working = bench.observer(
    'working',
    [1],
    {
      processBatch: (_input, batch) => {
        takes(2);
        working.emit(0, batch);
        return 'more';
      },
      drain: () => {
        takes(3);
        return 'done';
      },
    },
    1,
  );
  const sink = bench.observer('sink', [1], {
    processBatch: () => {
      takes(40);
      return slow[0];
    },
    drain: () => {
      takes(10);
      return slow[--left > 0 ? 0 : 1];
    },
  });
  bench.connect(source, working);
  bench.connect(working, sink);
  bench.run();
  expect(bench.operators.map((operator) => operator.workMs)).toEqual([1, 5, 60]);
});
