/** Vectors of the valve that combines the channels of one input. */

import type { ValveOutput } from '../../../engine/runtime/tasks/channel-valve.ts';
import { ChannelValve } from '../../../engine/runtime/tasks/channel-valve.ts';
import type { Adapter } from './adapter.ts';
import { missing } from './adapter.ts';
import type { ExactObject } from './vector.ts';
import { integer } from './vector.ts';

export const watermarkValveAdapter: Adapter = {
  family: 'watermark-valve',
  adapt(vector) {
    if (vector.operator.type !== 'valve') return missing(`operator ${String(vector.operator.type)}`);
    const valve = new ChannelValve(Number(vector.operator.channels));
    return {
      step(step) {
        const channel = Number(step.channel);
        return toOutput(
          'watermark' in step ? valve.onWatermark(channel, integer(step.watermark)) : valve.onStatus(channel, step.idle === true),
        );
      },
    };
  },
};

/** A watermark set free by a status goes before it, as Flink's valve emits them. */
function toOutput(output: ValveOutput): ExactObject[] {
  const watermark = output.watermark === null ? [] : [{ watermark: output.watermark }];
  const status = output.status === null ? [] : [{ idle: output.status === 'idle' }];
  return output.status === 'active' ? [...status, ...watermark] : [...watermark, ...status];
}
