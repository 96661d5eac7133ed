/** The watermark that a SQL window keeps for itself: it is in the snapshot, so that a restored job does not take late rows again. */
import { assert } from '../../base/assert.ts';
import type { RestoredSection, SnapshotWriter } from '../operator.ts';
import { LONG_MIN } from '../time/long.ts';

const SECTION = 'watermark';

export function writeProgress(writer: SnapshotWriter, watermark: bigint): void {
  writer.section(SECTION, 'union', { watermark: String(watermark) }, []);
}

/** The smallest of all subtasks' watermarks; Long.MIN when none was stored. */
export function restoreProgress(restored: readonly RestoredSection[]): bigint {
  let smallest: bigint | null = null;
  for (const section of restored) {
    if (section.name !== SECTION) continue;
    const { header } = section;
    assert(typeof header === 'object' && header !== null && 'watermark' in header, 'a watermark section names a watermark');
    const watermark = BigInt(String(header.watermark));
    if (smallest === null || watermark < smallest) smallest = watermark;
  }
  return smallest ?? LONG_MIN;
}
