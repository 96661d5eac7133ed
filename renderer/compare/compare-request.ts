/** Which two versions of a pipeline are compared, and what can be done about it from there. */
import type { PipelineDocument } from '../../engine/spec/document.ts';

export interface ComparedVersion {
  /** "On disk, 14:33:02", "Here". */
  readonly title: string;
  readonly document: PipelineDocument;
}

export interface CompareWay {
  readonly label: string;
  readonly primary?: boolean;
  readonly run: () => void;
}

export interface CompareRequest {
  readonly before: ComparedVersion;
  readonly after: ComparedVersion;
  readonly ways: readonly CompareWay[];
}
