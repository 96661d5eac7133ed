/** Lists and inspects what lies in a checkpoint folder, for the command line and restore dialogs. */
import type { Storage } from '../base/storage.ts';
import { type FoundCheckpoint, listCheckpoints, listFolders, validateCheckpoint } from './checkpoints/checkpoint-folder.ts';
import { DamagedFileError } from './checkpoints/framed-file.ts';
import type { StoredCheckpoint } from './job-manager-api.ts';

/** `directory` is a checkpoint folder, the folder of one job in it, or one checkpoint. Newest first; everything is read and checked. */
export function listStoredCheckpoints(storage: Storage, directory: string): StoredCheckpoint[] {
  const folder = directory.replace(/\/+$/, '');
  const folders =
    listFolders(storage, folder).length > 0
      ? [folder]
      : storage.list(folder).flatMap((entry) => (entry.directory ? [`${folder}/${entry.name}`] : []));
  const found = folders.flatMap((each) => listCheckpoints(storage, each));
  if (found.length === 0 && storage.exists(`${folder}/manifest`)) {
    const parent = folder.slice(0, folder.lastIndexOf('/'));
    return listCheckpoints(storage, parent)
      .filter(({ path }) => path === folder)
      .map((each) => inspect(storage, each));
  }
  return found.map((each) => inspect(storage, each)).sort((a, b) => b.completedAtMs - a.completedAtMs);
}

function inspect(storage: Storage, found: FoundCheckpoint): StoredCheckpoint {
  const { id, kind, path, manifest } = found;
  const nodes = new Map<string, { sections: string[]; bytes: number }>();
  let damage = found.damage;
  try {
    for (const { description } of validateCheckpoint(storage, path, null).states) {
      for (const section of description.sections) {
        const node = nodes.get(section.nodeId) ?? { sections: [], bytes: 0 };
        if (!node.sections.includes(section.name)) node.sections.push(section.name);
        node.bytes += section.length;
        nodes.set(section.nodeId, node);
      }
    }
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    damage = error.message;
  }
  return {
    id,
    kind,
    path,
    jobId: manifest?.jobId ?? '',
    attempt: manifest?.attempt ?? 0,
    completedAtMs: manifest?.completedAtMs ?? 0,
    parallelism: manifest?.parallelism ?? 0,
    maxParallelism: manifest?.maxParallelism ?? 0,
    bytes: (manifest?.files ?? []).reduce((sum, file) => sum + file.bytes, 0),
    damage,
    nodes: [...nodes].map(([nodeId, { sections, bytes }]) => ({ nodeId, sections, bytes })),
  };
}
