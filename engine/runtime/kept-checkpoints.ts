/** The checkpoints and savepoints that a run of this pipeline could start from, by their manifests alone: quick enough for a menu. */
import { createNodeStorage } from '../base/node-storage.ts';
import type { CheckpointInfo } from '../host/contract.ts';
import { listCheckpoints } from './checkpoints/checkpoint-folder.ts';
import { jobFolderOf } from './job-folder-of.ts';

/** Newest first. A pipeline that cannot be read has none. */
export function listKeptCheckpoints(text: string, pipelinePath: string): readonly CheckpointInfo[] {
  const folder = jobFolderOf(text, pipelinePath);
  const storage = createNodeStorage();
  if (folder === null || !storage.exists(folder)) return [];
  return listCheckpoints(storage, folder).flatMap((found): CheckpointInfo[] => {
    const { manifest } = found;
    // A finished pipeline has nothing to go on with.
    if (manifest === null || manifest.finished) return [];
    return [
      {
        id: found.id,
        kind: found.kind,
        status: 'complete',
        startedAtMs: manifest.startedAtMs,
        durationMs: manifest.completedAtMs - manifest.startedAtMs,
        bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
        path: found.path,
        failure: null,
      },
    ];
  });
}
