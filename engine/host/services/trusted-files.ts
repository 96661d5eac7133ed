/**
 * Pipelines whose custom code may run, by real path: kept by the host beside its preferences, outside of every project, so that what
 * is opened cannot bring its own trust. The engine only reads it, before every run and preview. A copy elsewhere is asked about anew.
 */
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { JsonValue } from '../../base/json.ts';
import { writeFileAtomically } from './atomic-file.ts';

const TRUSTED_MAX = 10_000;

export function trustedFileOf(stateDirectory: string): string {
  return path.join(stateDirectory, 'trusted.json');
}

export class TrustedFiles {
  private readonly file: string;
  private write: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.file = file;
  }

  has(pipelinePath: string): boolean {
    const real = realPath(pipelinePath);
    return real !== null && readTrusted(this.file).includes(real);
  }

  /** A file that is not there cannot be trusted: what comes to lie there is not known. */
  async add(pipelinePath: string): Promise<boolean> {
    const real = realPath(pipelinePath);
    if (real === null) return false;
    const attempt = async (): Promise<void> => {
      const others = readTrusted(this.file).filter((other) => other !== real);
      const paths = [real, ...others].slice(0, TRUSTED_MAX);
      await writeFileAtomically(this.file, `${JSON.stringify(paths, null, 2)}\n`, 0o600);
    };
    this.write = this.write.then(attempt, attempt);
    await this.write;
    return true;
  }
}

function realPath(pipelinePath: string): string | null {
  try {
    return realpathSync(pipelinePath);
  } catch {
    return null;
  }
}

/** A damaged list trusts nothing. */
function readTrusted(file: string): readonly string[] {
  try {
    const value: JsonValue = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
  } catch {
    return [];
  }
}
