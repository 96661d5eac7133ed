/** What the command line asks about pipelines without running them. */
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { Language } from '../../spec/text.ts';
import type { FieldMessage } from '../contract.ts';
import type { PipelineTools } from '../engine-service.ts';
import type { RunNodeIds } from './run-command.ts';

export interface CommandLineTools extends PipelineTools {
  runNodes(text: string): RunNodeIds;
  /** Lines for people. Throws MR6403 when the text is no pipeline at all. */
  describe(text: string, language: Language): readonly string[];
  describeAsJson(text: string, language: Language): JsonValue;
  inferFileSchema(
    file: string,
    format: string,
    fields: JsonObject,
  ): Promise<{ readonly fields: readonly FieldMessage[]; readonly sampleRows: number }>;
  listNodes(type: string | undefined, language: Language): readonly string[];
  /** Lines of its help page, Markdown. */
  nodeHelp(type: string, language: Language): Promise<readonly string[]>;
  nodesAsJson(type: string | undefined, language: Language): JsonValue;
  pipelineJsonSchema(): JsonValue;
}
