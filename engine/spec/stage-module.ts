/** What the `operator.ts` of a stateless node exports: its config turned into a stage that the planner fuses with its neighbours. */
import type { Stage } from '../expressions/compile/stage.ts';
import type { ExpressionSettings } from '../expressions/typed-expression.ts';
import type { Schema } from '../types/schema.ts';

export interface StageContext {
  readonly nodeId: string;
  readonly inputSchema: Schema;
  readonly settings: ExpressionSettings;
}

/** Seen by the runtime; configs were checked by the definition before, hence `never`. */
export interface StageModule {
  readonly createStage: (config: never, context: StageContext) => Stage;
}
