/** Vectors of watermark generators, of the splits of a source reader, and of the DataStream and SQL watermark operators. */
import type { Batch } from '../../../engine/columnar/batch.ts';
import { SqlWatermarkOperator } from '../../../engine/operators/time/sql-watermark-operator.ts';
import { TimestampsAndWatermarksOperator } from '../../../engine/operators/time/timestamps-watermarks-operator.ts';
import type { WatermarkGenerator, WatermarkSink } from '../../../engine/operators/time/watermark-generators.ts';
import { ascendingTimestamps, boundedOutOfOrderness, withIdleness } from '../../../engine/operators/time/watermark-generators.ts';
import { WatermarkMultiplexer } from '../../../engine/operators/time/watermark-multiplexer.ts';
import { BIGINT, STRING, timestampType } from '../../../engine/types/make-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { Adaptation, Adapter } from './adapter.ts';
import { missing } from './adapter.ts';
import type { Emission } from './harness.ts';
import { Harness } from './harness.ts';
import type { Exact, ExactObject } from './vector.ts';
import { integer, object, optionalInteger, text } from './vector.ts';

const NANOS = 1_000_000n;

export const watermarkGeneratorAdapter: Adapter = {
  family: 'watermark-generator',
  adapt({ operator }) {
    switch (operator.type) {
      case 'generator':
        return replayGenerator(operator);
      case 'multiplexer':
        return replayMultiplexer();
      case 'timestampsAndWatermarks':
        return replayDataStream(operator);
      case 'sqlWatermarkAssigner':
        return replaySql(operator);
      default:
        return missing(`operator ${String(operator.type)}`);
    }
  },
};

function generatorOf(operator: ExactObject): WatermarkGenerator | null {
  const idleTimeout = optionalInteger(operator.idleTimeout);
  const generator = plainGenerator(operator);
  return generator === null || idleTimeout === null ? generator : withIdleness(generator, Number(idleTimeout));
}

function plainGenerator(operator: ExactObject): WatermarkGenerator | null {
  switch (operator.generator) {
    case 'boundedOutOfOrderness':
      return boundedOutOfOrderness(optionalInteger(operator.delay) ?? 0n);
    case 'ascending':
      return ascendingTimestamps();
    case 'punctuated':
      return { onEvent: () => {}, onPeriodic: () => {} };
    default:
      return null;
  }
}

class Recorder implements WatermarkSink {
  readonly outputs: ExactObject[] = [];

  emitWatermark(watermark: bigint): void {
    this.outputs.push({ watermark });
  }

  markIdle(): void {
    this.outputs.push({ idle: true });
  }

  take(): ExactObject[] {
    return this.outputs.splice(0);
  }
}

function replayGenerator(operator: ExactObject): Adaptation {
  const generator = generatorOf(operator);
  if (generator === null) return missing(`generator ${String(operator.generator)}`);
  const recorder = new Recorder();
  return {
    step(step) {
      if ('event' in step) generator.onEvent(integer(step.event), recorder);
      else generator.onPeriodic(Number(integer(step.periodicAt)), recorder);
      return recorder.take();
    },
  };
}

function replayMultiplexer(): Adaptation {
  const recorder = new Recorder();
  const multiplexer = new WatermarkMultiplexer(recorder);
  return {
    step(step) {
      if ('register' in step) multiplexer.register(text(step.split));
      else if ('unregister' in step) multiplexer.unregister(text(step.split));
      else if ('watermark' in step) multiplexer.onWatermark(text(step.split), integer(step.watermark), step.deferred === true);
      else if ('idle' in step) multiplexer.onStatus(text(step.split), step.idle === true, step.deferred === true);
      else multiplexer.onPeriodic();
      return recorder.take();
    },
  };
}

const RECORDS: Schema = {
  fields: [
    { name: 'k', type: STRING },
    { name: 'v', type: BIGINT },
    { name: 'op', type: STRING },
    { name: 't', type: BIGINT },
  ],
};

const readLong = (column: number) => (batch: Batch, row: number) => batch.memory.i64[(batch.columns[column].data >>> 3) + row];

function replayDataStream(operator: ExactObject): Adaptation {
  const timestampOf = readLong(3);
  const isMark = (batch: Batch, row: number) => batch.columns[2].validity === 0 || batch.memory.u8[batch.columns[2].validity + row] !== 0;
  const harness = new Harness({
    create: (context) => {
      const generator = generatorOf(operator);
      if (generator === null) throw new Error(`generator ${String(operator.generator)}`);
      const punctuation =
        operator.generator === 'punctuated' ? (batch: Batch, row: number) => (isMark(batch, row) ? timestampOf(batch, row) : null) : null;
      const autoWatermarkIntervalMs = Number(integer(operator.autoWatermarkInterval));
      return new TimestampsAndWatermarksOperator({ timestampOf, generator, punctuation, autoWatermarkIntervalMs }, context);
    },
    inputSchemas: [RECORDS],
    outputSchemas: [RECORDS],
    keys: [],
  });
  const row = ({ k, v, op, t }: ExactObject) => [optionalText(k), optionalInteger(v), optionalText(op), optionalInteger(t)];
  return { step: (step) => runStep(harness, step, row).map((emission) => toOutput(emission, ['k', 'v', 'op', 't'], ['op'], 1n)) };
}

const ROWS: Schema = {
  fields: [
    { name: 'rowtime', type: timestampType(3) },
    { name: 'v', type: BIGINT },
  ],
  rowtime: 'rowtime',
};

function replaySql(operator: ExactObject): Adaptation {
  const delay = integer(operator.delay);
  const rowtimeOf = readLong(0);
  const watermarkOf = (batch: Batch, row: number) => {
    const { validity } = batch.columns[1];
    return validity !== 0 && batch.memory.u8[validity + row] === 0 ? null : rowtimeOf(batch, row) - delay;
  };
  const harness = new Harness({
    create: (context) =>
      new SqlWatermarkOperator(
        {
          rowtime: [0],
          watermarkOf,
          autoWatermarkIntervalMs: Number(integer(operator.autoWatermarkInterval)),
          idleTimeoutMs: Number(integer(operator.idleTimeout)),
        },
        context,
      ),
    inputSchemas: [ROWS],
    outputSchemas: [ROWS],
    keys: [],
  });
  const row = ({ rowtime, v }: ExactObject) => {
    const instant = optionalInteger(rowtime);
    return [instant === null ? null : instant * NANOS, optionalInteger(v)];
  };
  return { step: (step) => runStep(harness, step, row).map((emission) => toOutput(emission, ['rowtime', 'v'], [], NANOS)) };
}

function optionalText(value: Exact | undefined): string | null {
  return value === undefined || value === null ? null : text(value);
}

function runStep(harness: Harness, step: ExactObject, row: (element: ExactObject) => (string | bigint | null)[]): Emission[] {
  if ('element' in step) return harness.element([row(object(step.element))], [optionalInteger(step.ts)]);
  if ('watermark' in step) return harness.watermark(integer(step.watermark));
  if ('idle' in step) return harness.status(step.idle === true);
  if ('processingTime' in step) return harness.processingTime(integer(step.processingTime));
  harness.restore(harness.parallelism);
  return [];
}

/** Fields of `optional` are left out when they are null; times of TIMESTAMP columns are divided by `unit`. */
function toOutput(emission: Emission, names: readonly string[], optional: readonly string[], unit: bigint): ExactObject {
  if (emission.kind === 'watermark') return { watermark: emission.watermark };
  if (emission.kind === 'status') return { idle: emission.idle };
  const entries = names.map((name, at): [string, Exact] => {
    const value = emission.values[at] as Exact;
    return [name, name === 'rowtime' && typeof value === 'bigint' ? value / unit : value];
  });
  return {
    element: Object.fromEntries(entries.filter(([name, value]) => value !== null || !optional.includes(name))),
    ts: emission.timestamp,
  };
}
