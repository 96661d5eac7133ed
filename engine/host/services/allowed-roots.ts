/** The folders a page may see: every path it names is made real and must lie inside one of them. */
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../base/errors.ts';

const PATH_LENGTH_MAX = 4096;
const CHOSEN_MAX = 1_000;

export interface NamedRoot {
  readonly name: string;
  readonly path: string;
}

export class AllowedRoots {
  readonly roots: readonly NamedRoot[];
  /** Folders that the person chose in a dialog of the system, or a file of; they are no roots to walk from. */
  private readonly chosen = new Set<string>();

  /** Roots must exist. */
  static async create(roots: readonly NamedRoot[]): Promise<AllowedRoots> {
    const real = await Promise.all(roots.map(async ({ name, path: folder }) => ({ name, path: await realpath(folder) })));
    return new AllowedRoots(real);
  }

  private constructor(roots: readonly NamedRoot[]) {
    this.roots = roots;
  }

  /** The folder itself, or that of the file: what lies beside a pipeline belongs to it. */
  async allow(chosen: string): Promise<void> {
    const found = await stat(chosen).catch(() => null);
    const folder = found?.isDirectory() === true ? chosen : path.dirname(chosen);
    const real = await realpath(folder).catch(() => null);
    if (real !== null && this.chosen.size < CHOSEN_MAX) this.chosen.add(real);
  }

  /** Real path of something that exists, links followed. Absent and forbidden look the same from outside. */
  async resolveExisting(wanted: string): Promise<string> {
    const absolute = this.toAbsolute(wanted);
    const real = await realpath(absolute).catch(() => null);
    if (real === null || !this.contains(real)) throw notFound(wanted);
    return real;
  }

  /** Real path of a file that may not exist yet, in a folder that does; a link at its place is followed. */
  async resolveForWriting(wanted: string): Promise<string> {
    const absolute = this.toAbsolute(wanted);
    const existing = await realpath(absolute).catch(() => null);
    if (existing !== null) {
      if (!this.contains(existing)) throw notFound(wanted);
      return existing;
    }
    const folder = await realpath(path.dirname(absolute)).catch(() => null);
    if (folder === null || !this.contains(folder)) throw notFound(wanted);
    return path.join(folder, path.basename(absolute));
  }

  contains(real: string): boolean {
    return [...this.roots.map((root) => root.path), ...this.chosen].some((folder) => {
      const prefix = folder.endsWith(path.sep) ? folder : folder + path.sep;
      return real === folder || real.startsWith(prefix);
    });
  }

  private toAbsolute(wanted: string): string {
    const strange = wanted.length === 0 || wanted.length > PATH_LENGTH_MAX || wanted.includes('\0') || !path.isAbsolute(wanted);
    // A UNC path would make Windows talk to another machine.
    if (strange || wanted.startsWith('\\\\') || wanted.startsWith('//')) throw notFound(wanted);
    return path.resolve(wanted);
  }
}

function notFound(wanted: string): EngineError {
  return new EngineError(
    'MR6202',
    `${JSON.stringify(wanted.slice(0, 200))} does not exist or lies outside the folders that may be opened`,
    {
      domain: 'user',
      remedy: 'choose a file in one of the folders shown, or start Millrace with --root FOLDER',
    },
  );
}
