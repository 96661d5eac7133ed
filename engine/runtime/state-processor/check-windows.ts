/** Windows that are put must be ones that a run would go on from: where its windows lie, with the timers that end them. */
import { LONG_MAX } from '../../operators/time/long.ts';
import { asLong } from './state-part.ts';
import type { StateRow } from './state-table.ts';
import { printStateRow, refuseRowValue } from './state-table.ts';
import type { StoredWindowsPlan } from './stored-windows.ts';
import { cleanupOf } from './stored-windows.ts';
import { checkApart } from './stretches.ts';
import type { WindowTables } from './window-tables.ts';
import { DOMAINS, placeOf, windowNameOf } from './window-tables.ts';

/** Counts have 32 bits. */
const COUNTS = 2n ** 31n;

/** The rows that are written: records and timers go with a window that was taken away. What was stored is not asked. */
export function checkWindows(
  rows: readonly StateRow[],
  stored: readonly StateRow[],
  tables: WindowTables,
  plan: StoredWindowsPlan,
  nodeId: string,
): readonly StateRow[] {
  const before = new Set(stored.map((row) => printStateRow('', row)));
  const isNew = (row: StateRow): boolean => !before.has(printStateRow('', row));
  const windows = rows.filter(({ table }) => table === tables.windows);
  const names = new Set(windows.map((row) => windowNameOf(row, tables)));
  const others = rows.filter(({ table }) => table !== tables.windows);
  const lost = others.filter((row) => !names.has(windowNameOf(row, tables)));
  const stray = lost.find(isNew);
  if (stray !== undefined) {
    const wanted = "must be that of a window of state 'windows'";
    throw refuseRowValue(stray, nodeId, tables.placed > 1 ? 'window_start' : 'key', wanted, 'put the window with it, or leave it out');
  }
  const timers = new Map<string, Set<string>>();
  for (const row of others.filter(({ table }) => table === tables.timers)) {
    const [domain, time] = row.values.slice(tables.placed);
    const name = windowNameOf(row, tables);
    timers.set(name, (timers.get(name) ?? new Set()).add(timerName(String(domain), asLong(time))));
  }
  const storedWindows = stored.filter(({ table }) => table === tables.windows);
  if (plan.about.merging) checkApart(windows, storedWindows, nodeId);
  const storedByName = new Map(storedWindows.map((row) => [windowNameOf(row, tables), row]));
  for (const row of windows) {
    const name = windowNameOf(row, tables);
    const was = storedByName.get(name) ?? null;
    if (was === null) checkPlace(row, plan, nodeId);
    checkTimers(row, was, timers.get(name) ?? new Set(), tables, plan, nodeId);
  }
  return [...windows, ...others.filter((row) => !lost.includes(row))];
}

function timerName(domain: string, time: bigint): string {
  return `${domain} ${time}`;
}

function checkPlace(row: StateRow, plan: StoredWindowsPlan, nodeId: string): void {
  const { global, merging, regular } = plan.about;
  if (global || merging) return;
  const [, start, end] = placeOf(row, plan);
  const remedy = 'write the bounds of a window that a row would open';
  if (end <= start) throw refuseRowValue(row, nodeId, 'window_end', "must be behind 'window_start'", remedy);
  if (regular === null) return;
  const [offset, every] = [BigInt(regular.offset), BigInt(regular.every)];
  if ((start - offset) % every !== 0n) {
    const wanted = `must be the start of a window of this node (every ${every} ms, ${offset} ms behind a full one)`;
    throw refuseRowValue(row, nodeId, 'window_start', wanted, remedy);
  }
  if (regular.size !== null && end - start !== BigInt(regular.size))
    throw refuseRowValue(row, nodeId, 'window_end', `must be ${regular.size} ms behind 'window_start'`, remedy);
}

/** A window that no timer ends would stay for ever; a firing that no timer brings would not come. `was`: the window as it was stored. */
function checkTimers(
  row: StateRow,
  was: StateRow | null,
  timers: ReadonlySet<string>,
  { windows }: WindowTables,
  plan: StoredWindowsPlan,
  nodeId: string,
): void {
  const { about } = plan;
  const remembered = about.global ? 1 : 3;
  for (const [at, { form }] of about.trigger.entries()) {
    const value = row.values[remembered + at];
    const { name } = windows.members[remembered + at];
    if (was?.values[remembered + at] === value || typeof value !== 'bigint') continue;
    if (form === 'count' && (value < 0n || value >= COUNTS))
      throw refuseRowValue(row, nodeId, name, `must be a count from 0 on, below ${COUNTS}`, 'write how many records it has seen');
    if (form === 'count' || form === 'double' || timers.has(timerName(form, value))) continue;
    throw refuseRowValue(row, nodeId, name, `must be the time of a timer of the window in ${form}`, putTimer(form, value));
  }
  const [, , end] = placeOf(row, plan);
  if (about.global || was?.values[2] === row.values[2]) return;
  const domain = DOMAINS[about.eventTime ? 0 : 1];
  const time = cleanupOf(plan, end);
  if (time === LONG_MAX || timers.has(timerName(domain, time))) return;
  throw refuseRowValue(row, nodeId, 'window_end', 'must have a timer at which the window is forgotten', putTimer(domain, time));
}

function putTimer(domain: string, time: bigint): string {
  return `put a row of state '@timers' for the window too, with "domain":"${domain}","at_ms":${time}`;
}
