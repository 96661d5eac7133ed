/** Where a pipeline keeps the checkpoints and the history of its runs, found from its text alone. */
import path from 'node:path';
import { loadDocument } from '../spec/load-document.ts';
import { jobFolder } from './checkpoints/checkpoint-folder.ts';

export const DEFAULT_CHECKPOINT_FOLDER = '.millrace';

/** Null when the text is no pipeline. `checkpointDirectory` goes before what the text says. */
export function jobFolderOf(text: string, pipelinePath: string, checkpointDirectory?: string): string | null {
  const { document } = loadDocument(text);
  if (document === null) return null;
  const configured = document.job['checkpointDirectory'];
  const wanted = typeof configured === 'string' ? configured : DEFAULT_CHECKPOINT_FOLDER;
  return jobFolder(checkpointDirectory ?? path.resolve(path.dirname(pipelinePath), wanted), document.id);
}
