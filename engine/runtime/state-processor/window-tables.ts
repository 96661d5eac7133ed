/** Windows of the general operator as tables: a row per window, per record that is kept, per timer. */
import type { ColumnValue } from '../../columnar/column-value.ts';
import { floorMillis } from '../../columnar/column-value.ts';
import { LONG_MIN } from '../../operators/time/long.ts';
import { BIGINT, DOUBLE, notNull, STRING, timestampType } from '../../types/make-type.ts';
import { asLong } from './state-part.ts';
import type { Member, StateRow, StateTable } from './state-table.ts';
import { textOfMembers } from './state-table.ts';
import type { StoredWindowsPlan } from './stored-windows.ts';

/** Time domains, by the number of their queue. */
export const DOMAINS = ['event-time', 'processing-time'] as const;

export interface WindowTables {
  readonly windows: StateTable;
  readonly records: StateTable | null;
  readonly timers: StateTable;
  /** How many members tell the window, in every table the first: its key, and bounds where it has some. */
  readonly placed: number;
}

/** The window a row is of or belongs to, as text. */
export function windowNameOf(row: StateRow, { placed }: WindowTables): string {
  return textOfMembers(row, placed);
}

/** Key, start and end of a row of a window; a window without bounds is the one of all time. */
export function placeOf({ values }: StateRow, { about }: StoredWindowsPlan): readonly [ColumnValue, bigint, bigint] {
  if (about.global) return [values[0], LONG_MIN, LONG_MIN];
  return [values[0], floorMillis(asLong(values[1])), floorMillis(asLong(values[2]))];
}

/** What a window is told by stands first, in every table. */
export function windowTables({ keyTypes, about, columns, callMembers }: StoredWindowsPlan): WindowTables {
  const long = notNull(BIGINT);
  const time = notNull(timestampType(3));
  const key: Member = { name: 'key', shape: 'tuple', types: keyTypes, identifies: true };
  const start: Member = { name: 'window_start', shape: 'one', types: [time], identifies: true };
  // A session is told by its start, so that its end may be edited.
  const end: Member = { name: 'window_end', shape: 'one', types: [time], identifies: !about.merging };
  const place = about.global ? [key] : [key, start, end];
  const placed = about.global ? 1 : about.merging ? 2 : 3;
  const remembered = about.trigger.map(
    ({ name, form }): Member => ({
      name: form === 'event-time' || form === 'processing-time' ? `${name} (${form})` : name,
      shape: 'one',
      types: [form === 'count' ? long : form === 'double' ? DOUBLE : BIGINT],
      identifies: false,
      absent: form === 'count' ? 0n : null,
    }),
  );
  const added: Member = { name: 'records', shape: 'one', types: [long], identifies: false };
  const number: Member = { name: 'number', shape: 'one', types: [long], identifies: true };
  const stamp: Member = { name: 'timestamp_ms', shape: 'one', types: [BIGINT], identifies: false };
  const what = about.global ? 'a window of all time' : about.merging ? 'sessions' : 'windows';
  return {
    windows: {
      state: 'windows',
      kind: `${what} with a trigger`,
      members: [...place, ...remembered, ...(columns === null ? [added, ...callMembers] : [])],
    },
    records:
      columns === null
        ? null
        : {
            state: 'records',
            kind: 'records that windows keep',
            members: [...place.slice(0, placed), number, stamp, { name: 'row', shape: 'tuple', types: columns, identifies: false }],
          },
    timers: {
      state: '@timers',
      kind: 'timers of windows',
      members: [
        ...place.slice(0, placed),
        { name: 'domain', shape: 'one', types: [notNull(STRING)], identifies: true, oneOf: DOMAINS },
        { name: 'at_ms', shape: 'one', types: [long], identifies: true },
      ],
    },
    placed,
  };
}
