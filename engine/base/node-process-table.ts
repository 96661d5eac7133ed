/** Process identities from /proc on Linux; elsewhere only the process id is compared. */
import { readFileSync } from 'node:fs';
import type { ProcessIdentity, ProcessTable } from './process-identity.ts';

/** `starttime`, counted from behind the command's name, which may hold blanks and parentheses. */
const START_TIME_FIELD = 19;

export function createNodeProcessTable(): ProcessTable {
  const self: ProcessIdentity = { pid: process.pid, bootId: bootId(), startTime: startTimeOf(process.pid) ?? '' };
  return {
    self: () => self,
    isAlive(identity) {
      if (identity.bootId !== '' && self.bootId !== '' && identity.bootId !== self.bootId) return false;
      if (!exists(identity.pid)) return false;
      const startTime = startTimeOf(identity.pid);
      return startTime === null || identity.startTime === '' || startTime === identity.startTime;
    },
  };
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return '';
  }
}

function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent has not looked yet.
    return fields[0] === 'Z' ? 'ended' : fields[START_TIME_FIELD];
  } catch {
    return null;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
