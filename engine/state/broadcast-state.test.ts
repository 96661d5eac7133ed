/** Broadcast copies over a change of parallelism. */
import { expect, test } from 'vitest';
import { JobMemory } from '../columnar/job-memory.ts';
import type { RestoredSection, SnapshotWriter } from '../operators/operator.ts';
import { BIGINT, STRING } from '../types/make-type.ts';
import { BroadcastState } from './broadcast-state.ts';

function collect(memory: JobMemory, subtaskIndex: number, sections: RestoredSection[]): SnapshotWriter {
  return {
    section: (name, distribution, header, parts) => {
      const bytes = parts.flatMap((part) => {
        if (part instanceof Uint8Array) return [...part];
        return 'file' in part ? [] : [...memory.u8.subarray(part.address, part.address + part.bytes)];
      });
      const keyGroups = { start: 0, end: 127 };
      sections.push({
        name,
        distribution,
        header: JSON.parse(JSON.stringify(header)),
        bytes: Uint8Array.from(bytes),
        keyGroups,
        subtaskIndex,
      });
    },
    syncBeforeComplete: () => {},
    committable: () => {},
  };
}

function rules(subtaskIndex: number, restored: readonly RestoredSection[]): { memory: JobMemory; state: BroadcastState } {
  const memory = new JobMemory();
  const state = new BroadcastState(memory, 'rules', [STRING], [BIGINT]);
  state.open(restored, subtaskIndex);
  return { memory, state };
}

test('every subtask keeps its copy, further ones take copies in turn', () => {
  const sections: RestoredSection[] = [];
  for (const subtask of [0, 1]) {
    const { memory, state } = rules(subtask, []);
    state.put(['limit'], [10n + BigInt(subtask)]);
    state.put(['gone'], [1n]);
    state.remove(['gone']);
    state.snapshot(collect(memory, subtask, sections));
  }
  const limits = [0, 1, 2].map((subtask) => rules(subtask, sections).state.entries());
  expect(limits).toEqual([10n, 11n, 10n].map((limit) => [{ key: ['limit'], value: [limit] }]));
  const [one] = [rules(0, sections).state];
  one.clear();
  expect([one.entries(), one.get(['limit'])]).toEqual([[], null]);
});
