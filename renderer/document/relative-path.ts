/** Paths in a pipeline start at its own folder where they can, so that the folder can be moved. */

export function relativePath(documentPath: string, chosen: string): string {
  if (documentPath === '') return chosen;
  const folder = documentPath.split('/').slice(0, -1);
  const parts = chosen.split('/');
  let common = 0;
  while (common < folder.length && common < parts.length - 1 && folder[common] === parts[common]) common++;
  // Only within the same tree: a path through the root says less than the absolute one.
  if (common <= 1) return chosen;
  return [...folder.slice(common).map(() => '..'), ...parts.slice(common)].join('/');
}

export function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/') || '/';
}
