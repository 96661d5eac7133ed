/**
 * The harness must be able to fail: each sabotage breaks one promise on purpose, and within a few seeds the output is
 * wrong, a protocol violation is noticed or the job fails. A sabotage that goes unnoticed means the tests prove nothing.
 */
import { afterEach, expect, test, vi } from 'vitest';
import { Checksum } from '../../../engine/base/checksum.ts';
import { EngineError } from '../../../engine/base/errors.ts';
import type { SplitEnumerator } from '../../../engine/operators/operator.ts';
import { CheckpointCoordinator, type CheckpointHost } from '../../../engine/runtime/coordinator/checkpoint-coordinator.ts';
import { Committers, SplitAssigner } from '../../../engine/runtime/coordinator/node-parts.ts';
import { FaultStorage } from '../storage/fault-storage.ts';
import { expectedWindows } from '../workload/rows.ts';
import { EVENTS, type LivesOptions, liveThrough } from './lives.ts';
import { FOLDER, KEYS, WINDOW_MS } from './simulated-job.ts';

const SEEDS_MAX = 80;

const sabotaged = vi.hoisted(() => ({ rescale: false, dropState: false }));

vi.mock('../../../engine/runtime/checkpoints/assign-state.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../../engine/runtime/checkpoints/assign-state.ts')>();
  return {
    ...original,
    assignState: (...parameters: Parameters<typeof original.assignState>) => {
      const state = original.assignState(...parameters);
      if (!sabotaged.rescale && !sabotaged.dropState) return state;
      const sections = state.sections.map((mine, subtask) =>
        mine.filter((section) => section.distribution !== 'keyed' || (!sabotaged.dropState && section.subtaskIndex === subtask)),
      );
      return { ...state, sections };
    },
  };
});

afterEach(() => {
  vi.restoreAllMocks();
  Object.assign(sabotaged, { rescale: false, dropState: false });
});

interface Sabotage {
  readonly name: string;
  readonly death: LivesOptions['death'];
  readonly between?: LivesOptions['between'];
  readonly parallelism?: number;
  commit(): unknown;
}

/** A sync that only says it has synced. */
function skipSync(matches: (path: string) => boolean): void {
  const open = FaultStorage.prototype.open;
  vi.spyOn(FaultStorage.prototype, 'open').mockImplementation(function (this: FaultStorage, path, mode) {
    const file = open.call(this, path, mode);
    return matches(path) ? { ...file, sync: () => undefined } : file;
  });
}

function flipNewest(storage: FaultStorage, random: { nextInt(bound: number): number }): void {
  const folders = storage.list(FOLDER).filter((entry) => entry.directory && storage.exists(`${FOLDER}/${entry.name}/manifest`));
  const newest = folders
    .map(({ name }) => name)
    .sort()
    .at(-1);
  const states = newest === undefined ? [] : storage.list(`${FOLDER}/${newest}`).filter(({ name }) => name.endsWith('.state'));
  for (const { name } of states) {
    const path = `${FOLDER}/${newest}/${name}`;
    const bytes = storage.bytes(path);
    // One digit of the state becomes another: still readable, no longer true.
    const digits = [...bytes.keys()].filter((at) => at > 400 && bytes[at] >= 0x31 && bytes[at] <= 0x38);
    if (digits.length > 0) storage.flipBit(path, digits[random.nextInt(digits.length)] * 8);
  }
}

const SABOTAGES: readonly Sabotage[] = [
  { name: 'the sync of state files is skipped', death: 'power loss', commit: () => skipSync((path) => path.endsWith('.state')) },
  { name: 'the sync of manifests is skipped', death: 'power loss', commit: () => skipSync((path) => path.endsWith('manifest.tmp')) },
  { name: 'the sync of staged output is skipped', death: 'power loss', commit: () => skipSync((path) => path.includes('/attempt-')) },
  {
    name: 'the sync of directories is skipped',
    death: 'power loss',
    commit: () => vi.spyOn(FaultStorage.prototype, 'syncDirectory').mockImplementation(() => undefined),
  },
  {
    name: 'output is committed before the checkpoint is complete',
    death: 'kill',
    commit() {
      const onSnapshot = CheckpointCoordinator.prototype.onSnapshot;
      vi.spyOn(CheckpointCoordinator.prototype, 'onSnapshot').mockImplementation(function (this: CheckpointCoordinator, snapshot) {
        const { host } = this as unknown as { host: CheckpointHost };
        host.parts.committers.commit(snapshot.committables);
        onSnapshot.call(this, snapshot);
      });
    },
  },
  {
    name: 'positions of checkpoint n + 1 are stored with the state of n',
    death: 'kill',
    commit() {
      const snapshot = SplitAssigner.prototype.snapshot;
      vi.spyOn(SplitAssigner.prototype, 'snapshot').mockImplementation(function (this: SplitAssigner) {
        const taken = snapshot.call(this);
        const { sources } = this as unknown as { sources: ReadonlyMap<number, { enumerator: SplitEnumerator }> };
        // Asked only when the manifest is written, when readers have long gone on.
        return taken.map(({ nodeId }, index) => ({
          nodeId,
          get state() {
            return [...sources.values()][index]?.enumerator.snapshot() ?? null;
          },
        }));
      });
    },
  },
  {
    name: 'a wrong checksum is accepted',
    death: 'kill',
    between: flipNewest,
    commit: () => vi.spyOn(Checksum.prototype, 'digest').mockReturnValue(7),
  },
  { name: 'keyed state goes to the old subtask after a rescale', death: 'kill', commit: () => Object.assign(sabotaged, { rescale: true }) },
  { name: 'keyed state and its timers are dropped on restore', death: 'kill', commit: () => Object.assign(sabotaged, { dropState: true }) },
  {
    name: 'staged output of the restored checkpoint is not committed',
    death: 'kill',
    commit() {
      const recover = Committers.prototype.recover;
      vi.spyOn(Committers.prototype, 'recover').mockImplementation(function (this: Committers) {
        recover.call(this, new Map());
      });
    },
  },
];

function isWrong(options: LivesOptions): boolean {
  try {
    const lives = liveThrough(options);
    const expected = expectedWindows(options.seed, EVENTS, KEYS, WINDOW_MS);
    return lives.failure !== null || lives.violations.length > 0 || lives.lines.join() !== expected.join();
  } catch {
    return true;
  }
}

test.each(SABOTAGES)('$name', { timeout: 120_000 }, ({ death, between, parallelism, commit }) => {
  commit();
  let seeds = 0;
  const options = { death, ...(between === undefined ? {} : { between }), ...(parallelism === undefined ? {} : { parallelism }) };
  while (++seeds <= SEEDS_MAX && !isWrong({ seed: seeds, ...options }));
  expect(seeds, 'seeds until it was noticed').toBeLessThanOrEqual(SEEDS_MAX);
});

test('flipped state is never used while checksums are looked at', { timeout: 120_000 }, () => {
  let used = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const lines = linesUnlessRefused(seed);
    if (lines === null) continue;
    used++;
    // This sink does not take back what the damaged checkpoint had shown, so lines may repeat, but none may be wrong.
    expect([...new Set(lines)], `seed ${seed}`).toEqual(expectedWindows(seed, EVENTS, KEYS, WINDOW_MS));
  }
  expect(used).toBeGreaterThan(0);
});

/** Null when no checkpoint was left that could be used, and the job said so. */
function linesUnlessRefused(seed: number): readonly string[] | null {
  try {
    return liveThrough({ seed, death: 'kill', between: flipNewest }).lines;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'MR5022') return null;
    throw error;
  }
}
