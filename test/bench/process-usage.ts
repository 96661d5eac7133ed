/** What a host and its engine take of the machine: processor time and resident memory, as Linux tells them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface ProcessUsage {
  /** User and system time of all threads since the process began. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

export interface HostUsage {
  readonly host: ProcessUsage;
  readonly engine: ProcessUsage;
}

const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;
/** Fields of /proc/PID/stat behind the name, which may hold spaces. */
const PARENT = 1;
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;
const RESIDENT_PAGES = 21;

/** Null where the system has no /proc. */
export function readHostUsage(hostPid: number): HostUsage | null {
  if (!existsSync('/proc/self/stat')) return null;
  const host = readStat(hostPid);
  const engine = childrenOf(hostPid)
    .map(readStat)
    .find((stat) => stat !== null);
  return host === null || engine === undefined || engine === null ? null : { host: usageOf(host), engine: usageOf(engine) };
}

export function cpuOf({ host, engine }: HostUsage): number {
  return host.cpuSeconds + engine.cpuSeconds;
}

function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => Number(readStat(candidate)?.[PARENT]) === pid);
}

function readStat(pid: number): readonly string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function usageOf(stat: readonly string[]): ProcessUsage {
  return {
    cpuSeconds: (Number(stat[USER_TICKS]) + Number(stat[SYSTEM_TICKS])) / TICKS_PER_SECOND,
    residentBytes: Number(stat[RESIDENT_PAGES]) * PAGE_BYTES,
  };
}
