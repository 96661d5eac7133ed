/**
 * Partial matches of patterns: a row per match with the rows it took, per row that waits for its time, per timer. A key's may be removed;
 * nothing is put: which conditions a row meets was decided when it came and stands beside it, and matches share rows.
 */
import { EngineError } from '../../base/errors.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import { keyForm } from '../../columnar/key-fields.ts';
import type { PatternsAbout, PatternsHeader } from '../../operators/cep/cep-snapshot.ts';
import { writeStoredPatterns } from '../../operators/cep/cep-snapshot.ts';
import { patternKeyLayout, TIMER_LAYOUT, TIMER_NEXT, TIMER_TIME } from '../../operators/cep/keyed-patterns.ts';
import { MatchBuffer } from '../../operators/cep/match-buffer.ts';
import { RUN_FIRST, RUN_LAYOUT, RUN_LINK, RUN_NEXT, RUN_STATE } from '../../operators/cep/nfa-runner.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import { NO_ROW, RowStore } from '../../state/row-store.ts';
import { readCell } from '../../state/stored-values.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { BIGINT, INT, notNull, STRING } from '../../types/make-type.ts';
import { keyAt, liveKeys } from './join-parts.ts';
import type { PartContext, StatePart, StoredSectionContent, WrittenSection } from './state-part.ts';
import { collectSections } from './state-part.ts';
import type { Member, StateRow, StateTable } from './state-table.ts';
import { keyOf, printStateRow } from './state-table.ts';
import { parsePrinted } from './stored-schema.ts';

/** Cells of a key that begin lists (row + 1): rows that wait, partial matches, complete ones, timers. */
const [WAITING, PARTIAL, COMPLETE, TIMERS] = [0, 2, 3, 4];

/** Null: a snapshot of before. */
export function openPatterns(sections: readonly StoredSectionContent[], context: PartContext): StatePart | null {
  const { about } = sections[0].header as unknown as PatternsHeader;
  if (about === undefined) return null;
  const [keyTypes, types] = [parsePrinted(about.keyTypes), parsePrinted(about.kept.map(([, type]) => type))];
  return keyTypes === null || types === null ? null : new PatternsPart(sections, about, keyTypes, types, context);
}

class PatternsPart implements StatePart {
  readonly tables: readonly [StateTable, StateTable, StateTable];
  private readonly sections: readonly StoredSectionContent[];
  private readonly about: PatternsAbout;
  private readonly keyTypes: readonly LogicalType[];
  private readonly types: readonly LogicalType[];
  private readonly context: PartContext;

  constructor(
    sections: readonly StoredSectionContent[],
    about: PatternsAbout,
    keyTypes: readonly LogicalType[],
    types: readonly LogicalType[],
    context: PartContext,
  ) {
    this.sections = sections;
    this.about = about;
    this.keyTypes = keyTypes;
    this.types = types;
    this.context = context;
    const one = (name: string, type: LogicalType, identifies = false): Member => ({ name, shape: 'one', types: [type], identifies });
    const key: Member = { name: 'key', shape: 'tuple', types: keyTypes, identifies: true };
    const number = one('number', notNull(INT), true);
    const kept = about.kept.map(([text]) => text).join(', ');
    this.tables = [
      {
        state: 'partial matches',
        kind: `partial matches, with rows as step, time and (${kept})`,
        members: [
          key,
          number,
          one('reached', notNull(STRING)),
          { name: 'waits_for', shape: 'many', types: [notNull(STRING)], identifies: false },
          one('started_ms', notNull(BIGINT)),
          { name: 'rows', shape: 'tuples', types: [notNull(STRING), notNull(BIGINT), ...types], identifies: false },
        ],
      },
      {
        state: 'waiting rows',
        kind: `rows that wait for the watermark, as (${kept})`,
        members: [key, number, one('time_ms', notNull(BIGINT)), { name: 'row', shape: 'tuple', types, identifies: false }],
      },
      { state: '@timers', kind: 'timers', members: [key, one('at_ms', notNull(BIGINT), true)] },
    ];
  }

  rows(): readonly StateRow[] {
    return this.sections.flatMap((section) => {
      const stored = this.load(section);
      const rows = liveKeys(stored.keys).flatMap((key) => this.rowsOf(stored, key));
      stored.close();
      return rows;
    });
  }

  /** Keys of which no row is left go, with all that is theirs; what is left must be as it was. */
  write(rows: readonly StateRow[]): readonly WrittenSection[] {
    const [before, after] = [byKey(this.rows()), byKey(rows)];
    for (const [key, texts] of after) if (JSON.stringify(before.get(key)) !== JSON.stringify(texts)) throw this.refuse(key);
    return this.sections.flatMap((section) => {
      const stored = this.load(section);
      for (const key of liveKeys(stored.keys)) {
        const own = this.rowsOf(stored, key);
        if (own.length > 0 && !after.has(keyOf(own[0]))) stored.keys.remove(key);
      }
      const { stores: _before, ...said } = section.header as unknown as PatternsHeader;
      const written = collectSections(this.context.memory, section, (writer) => writeStoredPatterns(writer, said, stored.stores));
      stored.close();
      return written;
    });
  }

  private load({ header, bytes }: StoredSectionContent) {
    const { memory } = this.context;
    const keys = new KeyedTable(memory, patternKeyLayout(this.keyTypes));
    const timers = new RowStore(memory, TIMER_LAYOUT);
    const runs = new RowStore(memory, RUN_LAYOUT);
    const buffer = new MatchBuffer(memory, this.types.map(keyForm), null);
    const stores: readonly RowStore[] = [keys, timers, runs, buffer.events, buffer.links];
    let offset = 0;
    stores.forEach((store, at) => {
      offset = store.load((header as unknown as PatternsHeader).stores[at], bytes, offset);
    });
    const close = (): void => {
      for (const store of [keys, timers, runs]) store.close();
      buffer.close();
    };
    return { keys, timers, runs, buffer, stores, close };
  }

  private rowsOf(stored: ReturnType<PatternsPart['load']>, key: number): readonly StateRow[] {
    const { keys, timers, runs, buffer } = stored;
    const { i32, i64 } = this.context.memory;
    const own = keyAt(keys, key, this.keyTypes);
    const list = (cell: number, store: RowStore, nextWord: number): number[] => {
      const found: number[] = [];
      for (let row = i32[keys.wordOf(key) + keys.layout.cells[cell].word]; row !== 0; row = i32[store.wordOf(row - 1) + nextWord])
        found.push(row - 1);
      return found;
    };
    const matches = [...list(COMPLETE, runs, RUN_NEXT), ...list(PARTIAL, runs, RUN_NEXT)];
    return [
      ...matches.map((run, at): StateRow => ({ table: this.tables[0], values: [own, at, ...this.matchOf(stored, run)] })),
      ...list(WAITING, buffer.events, buffer.nextWord).map(
        (event, at): StateRow => ({ table: this.tables[1], values: [own, at, buffer.exactTimeOf(event), this.keptOf(buffer, event)] }),
      ),
      ...list(TIMERS, timers, TIMER_NEXT).map(
        (timer): StateRow => ({ table: this.tables[2], values: [own, i64[(timers.wordOf(timer) + TIMER_TIME) >>> 1]] }),
      ),
    ];
  }

  /** Step reached, steps it waits for, time of the first row, all rows with their steps. */
  private matchOf({ runs, buffer }: ReturnType<PatternsPart['load']>, run: number): readonly ColumnValue[] {
    const { i32 } = this.context.memory;
    const { awaited, steps } = this.about;
    const word = runs.wordOf(run);
    const taken: (readonly ColumnValue[])[] = [];
    for (let link = i32[word + RUN_LINK]; link !== NO_ROW; link = buffer.beforeOf(link)) {
      const event = buffer.eventOf(link);
      taken.unshift([steps[buffer.stepOf(link)], buffer.exactTimeOf(event), ...this.keptOf(buffer, event)]);
    }
    const reached = taken.length === 0 ? '' : taken[taken.length - 1][0];
    const next = awaited[i32[word + RUN_STATE]].map((step) => steps[step]);
    return [reached, next, buffer.exactTimeOf(i32[word + RUN_FIRST]), taken];
  }

  private keptOf({ events, cells }: MatchBuffer, event: number): readonly ColumnValue[] {
    return cells.map((cell, at) => (events.isPresent(event, cell) ? readCell(events, event, cell, this.types[at]) : null));
  }

  private refuse(key: string | null): EngineError {
    const [{ nodeId }] = this.sections;
    const why = 'which conditions a row meets was decided when it came and stands beside it, and matches share rows';
    return new EngineError('MR5045', `partial matches of node '${nodeId}' cannot be made of rows: ${why}; key ${key} would differ`, {
      domain: 'user',
      nodeId,
      field: 'key',
      remedy: 'leave a key as it is, or remove all of it: `state remove --node … --key …` without --state',
    });
  }
}

/** Rows of each key as sorted text. */
function byKey(rows: readonly StateRow[]): ReadonlyMap<string | null, readonly string[]> {
  const found = new Map<string | null, string[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const texts = found.get(key) ?? [];
    texts.push(printStateRow('', row));
    found.set(key, texts);
  }
  for (const texts of found.values()) texts.sort();
  return found;
}
