/** The checkpoints and savepoints that a run of this pipeline could start from, by their manifests alone: quick enough for a menu. */
import { createNodeStorage } from '../base/node-storage.ts';
import type { CheckpointInfo, KeptState } from '../host/contract.ts';
import { type FoundCheckpoint, listCheckpoints, readBaseline } from './checkpoints/checkpoint-folder.ts';
import { hasReadAll } from './checkpoints/manifest.ts';
import { jobFolderOf } from './job-folder-of.ts';

/** A pipeline that cannot be read has none. */
export function listKeptState(text: string, pipelinePath: string): KeptState {
  const folder = jobFolderOf(text, pipelinePath);
  const storage = createNodeStorage();
  if (folder === null || !storage.exists(folder)) return { checkpoints: [], goesOnFrom: null };
  const listed = listCheckpoints(storage, folder);
  const checkpoints = listed.flatMap(describe);
  const baseline = readBaseline(storage, folder);
  const newest = listed.find(({ id, manifest }) => id > baseline.upTo && manifest !== null);
  if (newest?.manifest && hasReadAll(newest.manifest)) return { checkpoints, goesOnFrom: null };
  return { checkpoints, goesOnFrom: newest?.path ?? baseline.restoredFrom };
}

function describe({ id, kind, manifest, path }: FoundCheckpoint): readonly CheckpointInfo[] {
  // Behind all of the input there is nothing to go on with.
  if (manifest === null || hasReadAll(manifest)) return [];
  return [
    {
      id,
      kind,
      status: 'complete',
      startedAtMs: manifest.startedAtMs,
      durationMs: manifest.completedAtMs - manifest.startedAtMs,
      bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
      path,
      failure: null,
    },
  ];
}
