/** Slices as sections of a checkpoint: the rows as they lie in memory; a restore keeps those whose key group is its own. */
import { assert } from '../../base/assert.ts';
import type { JsonValue } from '../../base/json.ts';
import { containsKeyGroup } from '../../columnar/key-hash.ts';
import { keyGroupOfRow } from '../../state/row-key-group.ts';
import type { GroupHeader, GroupPlan } from '../aggregating/group-state.ts';
import { GroupState } from '../aggregating/group-state.ts';
import type { MemoryRange, OperatorContext, RestoredSection, SnapshotWriter } from '../operator.ts';
import type { SliceEntry, SliceSharing } from './slice-sharing.ts';
import { spillAbove } from './spill-slices.ts';
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

/** One section with what is in memory and one for each run on disk: a restore merges the parts of a slice, wherever it then keeps them. */
export function writeSlices(writer: SnapshotWriter, sharing: SliceSharing, fingerprint: string): void {
  const headers: JsonValue[] = [];
  const parts: MemoryRange[] = [];
  for (const entry of sharing.entries()) {
    headers.push(sliceHeader(entry, entry.state.header()));
    parts.push(...entry.state.ranges());
    for (const { file, parts } of entry.state.runs) {
      const slices = parts.flatMap((part) => (part === null ? [] : [sliceHeader(entry, part.header)]));
      writer.section(SECTION, 'keyed', { fingerprint, slices }, [{ file, offset: 0, bytes: file.size }]);
    }
  }
  writer.section(SECTION, 'keyed', { fingerprint, slices: headers }, parts);
}

function sliceHeader({ role, end }: SliceEntry, { groups, distinct }: GroupHeader): JsonValue {
  return { role, end: String(end), groups: { ...groups }, distinct: distinct.map((each) => ({ ...each })) };
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
    const { bytes } = section;
    let offset = 0;
    for (const header of stored.slices) {
      const groups = new GroupState(context.memory, plan, null);
      offset = groups.load(header, bytes, offset);
      importSlice(header, groups, sharing, plan, context);
      groups.close();
    }
    assert(offset === bytes.length, 'a section of slices holds what its header says');
  }
}

function importSlice(header: SliceHeader, stored: GroupState, sharing: SliceSharing, plan: GroupPlan, context: OperatorContext): void {
  const { keyGroups, maxParallelism, memory, spill } = context;
  const isOwn = (row: number) => containsKeyGroup(keyGroups, keyGroupOfRow(stored.table, row, maxParallelism));
  let own = 0;
  for (let row = 0; row < stored.table.rowCount && own === 0; row++) if (isOwn(row)) own++;
  if (own === 0) return;
  const target = sharing.restore(header.role, BigInt(header.end));
  if (target.table.rowCount === 0) {
    target.importGroups(stored, isOwn);
  } else {
    const more = new GroupState(memory, plan, null);
    more.importGroups(stored, isOwn);
    target.mergeFrom(more);
    more.close();
  }
  if (spill !== undefined) spillAbove(sharing, spill);
}
