/** A select node runs as one projection of the fused loop. */
import type { ProjectStage } from '../../../expressions/compile/stage.ts';
import type { StageContext } from '../../../spec/stage-module.ts';
import type { SelectConfig } from './node.ts';
import { selectStage } from './stage.ts';

export function createStage(config: SelectConfig, context: StageContext): ProjectStage {
  return selectStage(config, context);
}
