/** Sessions with a fixed gap that fire once: a row per key and session, the accumulators as they are kept. */
import type { ColumnValue } from '../../columnar/column-value.ts';
import { floorMillis, NANOS_PER_MILLI } from '../../columnar/column-value.ts';
import type { AggregateCall } from '../../operators/aggregating/aggregate-call.ts';
import { LONG_MIN, wrap } from '../../operators/time/long.ts';
import { LiveSessions } from '../../operators/windowing/live-sessions.ts';
import { restoreSessions, writeSessions } from '../../operators/windowing/live-sessions-snapshot.ts';
import { ProbeRow } from '../../state/probe-row.ts';
import { RetiredRegions } from '../../state/retired-regions.ts';
import { parseFingerprint } from '../../state/row-layout.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { notNull, timestampType } from '../../types/make-type.ts';
import { callMembers, callTexts, cellTypesOf, fitCalls, parseCalls } from './accumulator-members.ts';
import { keyAt, keyGroupsOf } from './join-parts.ts';
import type { PartContext, StatePart, StoredSectionContent, WrittenSection } from './state-part.ts';
import { asList, asLong, collectSections, firstOfSubtasks, rowsOfRange } from './state-part.ts';
import type { Member, StateRow, StateTable } from './state-table.ts';
import { refuseRowValue } from './state-table.ts';
import { fitKeyTypes, parseTypeNames } from './stored-schema.ts';
import { checkApart } from './stretches.ts';
import { WindowAccumulators } from './window-accumulators.ts';

/** Cells of a session before the heads of its sets of values. */
const FIXED_CELLS = 7;
/** Members before those of the aggregates: key, start, end. */
const FIRST_CALL = 3;
/** No zone's wall clock is further from UTC: which one bounds follow is not stored, and a session may be looked at too early. */
const ZONES_MS = 24n * 3_600_000n;

interface Header {
  readonly fingerprint: string;
  readonly keys: StoreHeader;
  readonly sessions: StoreHeader;
  readonly contents: readonly StoreHeader[];
}

/** Null when the text does not tell what is stored. */
export function openSessions(sections: readonly StoredSectionContent[], context: PartContext): StatePart | null {
  const { fingerprint, keys, sessions, contents } = sections[0].header as unknown as Header;
  const match = /^session windows \((\d+)\) ms by \((.*?)\) of (.*)$/.exec(fingerprint);
  if (match === null) return null;
  const [names, known] = [parseTypeNames(match[2]), parseCalls(match[3])];
  const cells = parseFingerprint(sessions.layout)?.payload;
  if (names === null || known === null || cells === undefined) return null;
  const first = FIXED_CELLS + known.filter((call) => call.function === 'COUNT_DISTINCT').length;
  const calls = fitCalls(
    known,
    cells.slice(first),
    contents.map(({ layout }) => layout),
  );
  const plan = { fingerprint, gap: BigInt(match[1]), keyTypes: fitKeyTypes(keys.layout, names), calls, first, texts: callTexts(match[3]) };
  const part = new SessionsPart(sections, plan, context);
  return part.fits(keys.layout, sessions.layout) ? part : null;
}

interface SessionPlan {
  readonly fingerprint: string;
  readonly gap: bigint;
  readonly keyTypes: readonly LogicalType[];
  readonly calls: readonly AggregateCall[];
  /** Cell of the first accumulator. */
  readonly first: number;
  readonly texts: readonly string[];
}

class SessionsPart implements StatePart {
  readonly tables: readonly [StateTable];
  private readonly sections: readonly StoredSectionContent[];
  private readonly plan: SessionPlan;
  private readonly context: PartContext;
  private readonly cellTypes: readonly (readonly LogicalType[])[];

  constructor(sections: readonly StoredSectionContent[], plan: SessionPlan, context: PartContext) {
    this.sections = sections;
    this.plan = plan;
    this.context = context;
    this.cellTypes = cellTypesOf(plan.calls);
    this.tables = [
      {
        state: 'sessions',
        kind: `sessions with a gap of ${plan.gap} ms`,
        members: [...placeMembers(plan.keyTypes), ...callMembers(plan.calls, plan.texts, this.cellTypes)],
      },
    ];
  }

  /** Whether what the text says is what lies in memory. */
  fits(keys: string, sessions: string): boolean {
    const { live, close } = this.create();
    const same = live.keys.layout.fingerprint === keys && live.sessions.layout.fingerprint === sessions;
    close();
    return same;
  }

  rows(): readonly StateRow[] {
    const { live, accumulators, close } = this.create();
    const { memory, maxParallelism } = this.context;
    const owner = { nodeId: this.sections[0].nodeId, memory, maxParallelism, keyGroups: { start: 0, end: maxParallelism - 1 } };
    restoreSessions(this.sections, live, owner, this.plan.fingerprint);
    const rows: StateRow[] = [];
    for (let row = 0; row < live.sessions.rowCount; row++) {
      if (!live.sessions.isLive(row)) continue;
      const key = keyAt(live.keys, live.slotOf(row), this.plan.keyTypes);
      const bounds = [live.startOf(row), live.endOf(row)].map((time) => time * NANOS_PER_MILLI);
      rows.push({ table: this.tables[0], values: [key, ...bounds, ...accumulators.read(row)] });
    }
    close();
    return rows;
  }

  write(rows: readonly StateRow[]): readonly WrittenSection[] {
    this.check(rows);
    const { context, plan, sections } = this;
    const scratch = this.create();
    const groups = keyGroupsOf(rows, plan.keyTypes, scratch.live.keys.layout, context);
    scratch.close();
    return firstOfSubtasks(sections).flatMap((section) => {
      const store = this.create();
      for (const { values } of rowsOfRange(rows, groups, section.keyGroups)) {
        const [start, end] = [millisOf(values[1]), millisOf(values[2])];
        const slot = store.probe.upsert(store.live.keys, asList(values[0]));
        const row = store.live.open(slot, start, end, earlyBefore(end));
        store.accumulators.write(row, values.slice(FIRST_CALL));
      }
      const written = collectSections(context.memory, section, (writer) => writeSessions(writer, store.live, plan.fingerprint));
      store.close();
      return written;
    });
  }

  private create() {
    const { memory } = this.context;
    const { keyTypes, calls, first } = this.plan;
    const retired = new RetiredRegions(memory);
    const live = new LiveSessions(memory, keyTypes, calls, retired);
    const probe = new ProbeRow(memory, keyTypes);
    const close = (): void => {
      live.close();
      retired.release();
      probe.close();
    };
    return { live, accumulators: new WindowAccumulators(memory, live.sessions, live.contents, calls, this.cellTypes, first), probe, close };
  }

  /** What no run would have made would not be found again, or be found twice. Those that were stored are not asked. */
  private check(rows: readonly StateRow[]): void {
    const [{ nodeId }] = this.sections;
    const { gap } = this.plan;
    const isNew = checkApart(rows, this.rows(), nodeId);
    for (const row of rows.filter(isNew)) {
      if (millisOf(row.values[2]) - millisOf(row.values[1]) >= gap) continue;
      const wanted = `must be at least the gap of ${gap} ms behind 'window_start'`;
      throw refuseRowValue(row, nodeId, 'window_end', wanted, `a session of one record ends ${gap} ms behind its start: write a later end`);
    }
  }
}

function placeMembers(keyTypes: readonly LogicalType[]): readonly Member[] {
  return [
    { name: 'key', shape: 'tuple', types: keyTypes, identifies: true },
    { name: 'window_start', shape: 'one', types: [notNull(timestampType(3))], identifies: true },
    { name: 'window_end', shape: 'one', types: [notNull(timestampType(3))], identifies: false },
  ];
}

function millisOf(value: ColumnValue): bigint {
  return floorMillis(asLong(value));
}

/** A time in the queue that is never behind the one at which a session with this end fires: it is corrected when it comes up. */
function earlyBefore(end: bigint): bigint {
  const last = wrap(end - 1n);
  return last < LONG_MIN + ZONES_MS ? LONG_MIN : last - ZONES_MS;
}
