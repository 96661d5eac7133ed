/** What a run begins with: the state of the latest checkpoint, of a chosen one, or none. */
import type { CheckpointInfo, RunOptions } from '../../engine/host/contract.ts';
import type { Designer } from '../app/designer.ts';
import { documentText } from '../files/pipeline-files.ts';

export type StartFrom =
  | { readonly kind: 'latest' }
  | { readonly kind: 'none' }
  | { readonly kind: 'checkpoint'; readonly checkpoint: CheckpointInfo };

export function restoreOption(from: StartFrom): RunOptions['restore'] {
  return from.kind === 'checkpoint' ? { path: from.checkpoint.path } : from.kind;
}

export function sameStart(a: StartFrom, b: StartFrom): boolean {
  if (a.kind === 'checkpoint' && b.kind === 'checkpoint') return a.checkpoint.path === b.checkpoint.path;
  return a.kind === b.kind;
}

/** Asks which of the first `count` checkpoints the pipeline, as it is now, could go on from. */
export async function checkKept(designer: Designer, count: number): Promise<void> {
  const { documents, host, shell } = designer;
  const { path, document } = documents.getState();
  if (path === '') return;
  const text = documentText(designer);
  const refusals = new Map<string, string>();
  for (const { path: checkpoint } of shell.getState().keptCheckpoints.slice(0, count)) {
    const { problems } = await host.call('checkpoint.check', { path, text, checkpoint }).catch(() => ({ problems: [] }));
    if (documents.getState().document !== document) return;
    if (problems.length > 0) refusals.set(checkpoint, problems.map(({ message }) => message).join('; '));
  }
  shell.set({ restoreRefusals: refusals });
}

/** Asks what the open pipeline could go on from. */
export async function listKept(designer: Designer): Promise<void> {
  const { documents, host, shell } = designer;
  const { path, generation } = documents.getState();
  const kept = path === '' ? [] : await host.call('checkpoint.list', { path, text: documentText(designer) }).catch(() => []);
  if (documents.getState().generation === generation) shell.set({ keptCheckpoints: kept });
}
