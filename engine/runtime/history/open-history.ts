/** The history of a pipeline on this machine's disk. */
import { createNodeProcessTable } from '../../base/node-process-table.ts';
import { createNodeStorage } from '../../base/node-storage.ts';
import { jobFolderOf } from '../job-folder-of.ts';
import { RunHistory } from './run-history.ts';

/** Null when the text is no pipeline. */
export function openHistory(text: string, pipelinePath: string, checkpointDirectory?: string): RunHistory | null {
  const folder = jobFolderOf(text, pipelinePath, checkpointDirectory);
  return folder === null ? null : new RunHistory(createNodeStorage(), folder, createNodeProcessTable());
}
