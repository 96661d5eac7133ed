/** Runs a Flink SQL script on a real Flink through the scripts of the folder that `MILLRACE_FLINK` names. */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const TIMEOUT_MS = 300_000;

/** Folder with `sql`; null when there is none. */
export function findFlink(): string | null {
  const folder = process.env.MILLRACE_FLINK;
  return folder !== undefined && existsSync(path.join(folder, 'sql')) ? folder : null;
}

/** Answers what Flink printed when it refused; null when every statement ran to its end. */
export function runFlinkSql(flink: string, script: string, file: string): string | null {
  writeFileSync(file, script);
  const result = spawnSync(path.join(flink, 'sql'), [file], { encoding: 'utf8', timeout: TIMEOUT_MS });
  if (result.status === 0) return null;
  return `${result.error?.message ?? ''}${result.stderr}`.trim() || `exit code ${result.status}`;
}
