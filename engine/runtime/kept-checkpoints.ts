/** The checkpoints and savepoints that a run of this pipeline could start from, by their manifests alone: quick enough for a menu. */
import path from 'node:path';
import { createNodeStorage } from '../base/node-storage.ts';
import type { CheckpointInfo } from '../host/contract.ts';
import { loadDocument } from '../spec/load-document.ts';
import { jobFolder, listCheckpoints } from './checkpoints/checkpoint-folder.ts';

const DEFAULT_FOLDER = '.millrace';

/** Newest first. A pipeline that cannot be read has none. */
export function listKeptCheckpoints(text: string, pipelinePath: string): readonly CheckpointInfo[] {
  const { document } = loadDocument(text);
  if (document === null) return [];
  const configured = document.job['checkpointDirectory'];
  const directory = path.resolve(path.dirname(pipelinePath), typeof configured === 'string' ? configured : DEFAULT_FOLDER);
  const storage = createNodeStorage();
  const folder = jobFolder(directory, document.id);
  if (!storage.exists(folder)) return [];
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
