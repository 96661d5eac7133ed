/** What a host and its engine take of the machine: processor time and resident memory, as Linux tells them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface ProcessUsage {
  /** User and system time of all threads since the process began. */
  readonly cpuSeconds: number;
  /** Of its main thread alone, which works on no rows. */
  readonly mainSeconds: number;
  readonly residentBytes: number;
}

export interface HostUsage {
  readonly host: ProcessUsage;
  readonly engine: ProcessUsage;
}

const TICKS_PER_SECOND = 100;
const NANOSECONDS = 1e9;
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
  const [enginePid] = childrenOf(hostPid);
  const engine = enginePid === undefined ? null : readStat(enginePid);
  return host === null || engine === null ? null : { host: usageOf(hostPid, host), engine: usageOf(enginePid, engine) };
}

export function cpuOf({ host, engine }: HostUsage): number {
  return host.cpuSeconds + engine.cpuSeconds;
}

export function mainThreadsOf({ host, engine }: HostUsage): number {
  return host.mainSeconds + engine.mainSeconds;
}

function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => Number(readStat(candidate)?.[PARENT]) === pid);
}

function readStat(pid: number): readonly string[] | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return null;
  }
}

/** Nanoseconds on a processor are the first figure of its schedule statistics; kernels without them count ticks. */
function mainSecondsOf(pid: number): number {
  const thread = `/proc/${pid}/task/${pid}`;
  if (existsSync(`${thread}/schedstat`)) return Number(readFileSync(`${thread}/schedstat`, 'utf8').split(' ')[0]) / NANOSECONDS;
  return cpuSecondsOf(parseStat(readFileSync(`${thread}/stat`, 'utf8')));
}

function cpuSecondsOf(stat: readonly string[]): number {
  return (Number(stat[USER_TICKS]) + Number(stat[SYSTEM_TICKS])) / TICKS_PER_SECOND;
}

function parseStat(text: string): readonly string[] {
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function usageOf(pid: number, stat: readonly string[]): ProcessUsage {
  return {
    cpuSeconds: cpuSecondsOf(stat),
    mainSeconds: mainSecondsOf(pid),
    residentBytes: Number(stat[RESIDENT_PAGES]) * PAGE_BYTES,
  };
}
