/** A mask node runs as one projection of the fused loop. */
import type { ProjectStage } from '../../../expressions/compile/stage.ts';
import type { StageContext } from '../../../spec/stage-module.ts';
import type { MaskConfig } from './node.ts';
import { maskStage } from './stage.ts';

export function createStage(config: MaskConfig, context: StageContext): ProjectStage {
  return maskStage(config, context);
}
