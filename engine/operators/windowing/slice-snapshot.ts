/** Slices as sections of a checkpoint: the rows as they lie in memory; a restore keeps those whose key group is its own. */
import { assert } from '../../base/assert.ts';
import type { JsonValue } from '../../base/json.ts';
import { containsKeyGroup } from '../../columnar/key-hash.ts';
import { keyGroupOfRow } from '../../state/row-key-group.ts';
import type { GroupHeader, GroupPlan } from '../aggregating/group-state.ts';
import { GroupState } from '../aggregating/group-state.ts';
import type { MemoryRange, OperatorContext, RestoredSection, SnapshotWriter } from '../operator.ts';
import type { SliceEntry, SliceSharing } from './slice-sharing.ts';
import { checkFingerprint, keyedSections } from './state-fingerprint.ts';

const SECTION = 'slices';

interface SliceHeader extends GroupHeader {
  readonly role: SliceEntry['role'];
  readonly end: string;
}

interface SectionHeader {
  readonly fingerprint: string;
  readonly slices: readonly SliceHeader[];
}

export function writeSlices(writer: SnapshotWriter, sharing: SliceSharing, fingerprint: string): void {
  const headers: JsonValue[] = [];
  const parts: MemoryRange[] = [];
  for (const entry of sharing.entries()) {
    const { groups, distinct } = entry.state.header();
    headers.push({ role: entry.role, end: String(entry.end), groups: { ...groups }, distinct: distinct.map((each) => ({ ...each })) });
    parts.push(...entry.state.ranges());
  }
  writer.section(SECTION, 'keyed', { fingerprint, slices: headers }, parts);
}

export function restoreSlices(
  restored: readonly RestoredSection[],
  sharing: SliceSharing,
  plan: GroupPlan,
  context: OperatorContext,
  fingerprint: string,
): void {
  for (const section of keyedSections(context.nodeId, restored, SECTION)) {
    const stored = section.header as unknown as SectionHeader;
    checkFingerprint(context.nodeId, stored.fingerprint, fingerprint);
    let offset = 0;
    for (const header of stored.slices) {
      const groups = new GroupState(context.memory, plan, null);
      offset = groups.load(header, section.bytes, offset);
      importSlice(header, groups, sharing, context);
      groups.close();
    }
    assert(offset === section.bytes.length, 'a section of slices holds what its header says');
  }
}

function importSlice(header: SliceHeader, stored: GroupState, sharing: SliceSharing, context: OperatorContext): void {
  const { keyGroups, maxParallelism } = context;
  const isOwn = (row: number) => containsKeyGroup(keyGroups, keyGroupOfRow(stored.table, row, maxParallelism));
  let own = 0;
  for (let row = 0; row < stored.table.rowCount && own === 0; row++) if (isOwn(row)) own++;
  if (own > 0) sharing.restore(header.role, BigInt(header.end)).importGroups(stored, isOwn);
}
