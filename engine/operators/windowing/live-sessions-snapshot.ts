/** Sessions as a section of a checkpoint; a restore keeps the keys that are its own. */
import { assert } from '../../base/assert.ts';
import type { JsonValue } from '../../base/json.ts';
import { containsKeyGroup } from '../../columnar/key-hash.ts';
import type { StateOwner } from '../../state/keyed-state-snapshot.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import { keyGroupOfRow } from '../../state/row-key-group.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import { NO_ROW, RowStore } from '../../state/row-store.ts';
import type { RestoredSection, SnapshotWriter } from '../operator.ts';
import type { LiveSessions } from './live-sessions.ts';
import { checkFingerprint, keyedSections } from './state-fingerprint.ts';

const SECTION = 'sessions';

interface SectionHeader {
  readonly fingerprint: string;
  readonly keys: StoreHeader;
  readonly sessions: StoreHeader;
  readonly contents: readonly StoreHeader[];
}

export function writeSessions(writer: SnapshotWriter, live: LiveSessions, fingerprint: string): void {
  const contents = live.contents.stores();
  const header: SectionHeader = {
    fingerprint,
    keys: live.keys.header(),
    sessions: live.sessions.header(),
    contents: contents.map((store) => store.header()),
  };
  const stores: readonly RowStore[] = [live.keys, live.sessions, ...contents];
  writer.section(
    SECTION,
    'keyed',
    header as unknown as JsonValue,
    stores.flatMap((store) => store.ranges()),
  );
}

export function restoreSessions(restored: readonly RestoredSection[], live: LiveSessions, owner: StateOwner, fingerprint: string): void {
  for (const section of keyedSections(owner.nodeId, restored, SECTION)) {
    restoreSection(section, live, owner, fingerprint);
  }
}

function restoreSection(section: RestoredSection, live: LiveSessions, owner: StateOwner, fingerprint: string): void {
  const header = section.header as unknown as SectionHeader;
  checkFingerprint(owner.nodeId, header.fingerprint, fingerprint);
  const keys = new KeyedTable(owner.memory, live.keys.layout);
  const stored = new RowStore(owner.memory, live.sessions.layout);
  const contents = live.contents.reader(owner.memory, stored);
  let offset = keys.load(header.keys, section.bytes, 0);
  offset = stored.load(header.sessions, section.bytes, offset);
  offset = contents.load(header.contents, section.bytes, offset);
  assert(offset === section.bytes.length, 'a section of sessions holds what its header says');
  const slots = importKeys(keys, live, owner);
  for (let row = 0; row < stored.rowCount; row++) {
    if (!stored.isLive(row)) continue;
    const slot = slots[owner.memory.i32[stored.wordOf(row) + live.slotWord]];
    if (slot !== NO_ROW) contents.copy(row, live.import(stored, row, slot));
  }
  contents.close();
  stored.close();
  keys.close();
}

/** New slot by old slot; NO_ROW for keys of other subtasks. */
function importKeys(keys: KeyedTable, live: LiveSessions, owner: StateOwner): Int32Array {
  const slots = new Int32Array(keys.rowCount).fill(NO_ROW);
  for (let row = 0; row < keys.rowCount; row++) {
    if (!keys.isLive(row) || !containsKeyGroup(owner.keyGroups, keyGroupOfRow(keys, row, owner.maxParallelism))) continue;
    slots[row] = live.keys.importKeyedRow(keys, row);
    owner.memory.i32[live.keys.wordOf(slots[row]) + live.headWord] = 0;
  }
  return slots;
}
