/** Data that a person dropped on a page: the browser hides where it came from, so it is copied to `data/` beside the pipeline. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../base/errors.ts';
import type { AllowedRoots } from './allowed-roots.ts';
import { writeFileAtomically } from './atomic-file.ts';

const BYTES_MAX = 8 * 1024 * 1024;
const NAMES_MAX = 1000;

/** Never over another file: equal content is there already, other content gets a number. */
export async function addDataFile(
  roots: AllowedRoots,
  pipelinePath: string,
  name: string,
  text: string,
): Promise<{ readonly path: string }> {
  if (Buffer.byteLength(text) > BYTES_MAX)
    throw new EngineError('MR6203', `data larger than ${BYTES_MAX} bytes is not copied`, { domain: 'user' });
  if (!/^[^\\/:*?"<>|\0]{1,200}$/.test(name) || name.startsWith('.'))
    throw new EngineError('MR6202', `${JSON.stringify(name.slice(0, 200))} is no name for a data file`, { domain: 'user' });
  const folder = path.join(path.dirname(await roots.resolveExisting(pipelinePath)), 'data');
  await mkdir(folder, { recursive: true });
  const { name: stem, ext } = path.parse(name);
  for (let number = 1; number <= NAMES_MAX; number++) {
    const file = await roots.resolveForWriting(path.join(folder, number === 1 ? name : `${stem}-${number}${ext}`));
    const present = await readFile(file, 'utf8').catch(() => null);
    if (present === null) await writeFileAtomically(file, text);
    if (present === null || present === text) return { path: file };
  }
  throw new EngineError('MR6202', `${name} has too many namesakes in ${folder}`, { domain: 'user' });
}
