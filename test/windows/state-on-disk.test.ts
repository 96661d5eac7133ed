/** Windows with state on disk: what the disk refuses is told with the folder and the way out; files live as long as they are needed. */
import { expect, test } from 'vitest';
import { EngineError } from '../../engine/base/errors.ts';
import { createOperator } from '../../engine/nodes/windows/window-aggregate/operator.ts';
import { SpillFolder } from '../../engine/state/spill/spill-folder.ts';
import { BIGINT, notNull, STRING, timestampType } from '../../engine/types/make-type.ts';
import { Harness } from '../conformance/operators/harness.ts';
import { FaultStorage } from '../faults/storage/fault-storage.ts';
import { OperatorDisk } from '../support/operator-disk.ts';

const NANOS = 1_000_000n;
const BOUND = notNull(timestampType(3));
const INPUT = {
  fields: [
    { name: 'key', type: STRING },
    { name: 'time', type: timestampType(3) },
  ],
  rowtime: 'time',
};
const OUTPUT = {
  fields: [
    { name: 'key', type: STRING },
    { name: 'window_start', type: BOUND },
    { name: 'window_end', type: BOUND },
    { name: 'rows', type: notNull(BIGINT) },
  ],
};

function createHarness(disk: OperatorDisk): Harness {
  const config = {
    window: 'tumbling',
    size: 1000,
    slide: 1000,
    step: 1000,
    gap: 1000,
    offset: 0,
    keys: ['key'],
    aggregates: [{ name: 'rows', function: 'COUNT', column: null }],
    windowTime: false,
    lateRows: 'drop',
    allowedLateness: 0,
  } as const;
  const create = (context: Parameters<typeof createOperator>[1]) => createOperator(config, context);
  return new Harness({ create, inputSchemas: [INPUT], outputSchemas: [OUTPUT], keys: [[0]], disk });
}

const addRow = (harness: Harness) => harness.element([['a', 10n * NANOS]], [null]);

function refusalOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof EngineError) return `${error.code} ${error.message} → ${error.details.remedy}`;
    throw error;
  }
  return 'nothing was refused';
}

test.each([
  [
    'write',
    'ENOSPC',
    'MR5046',
    'free space there, set the checkpoint folder of the job to a disk with more of it, or raise the state memory',
  ],
  [
    'makeDirectory',
    'EACCES',
    'MR5047',
    'make the folder writable, set the checkpoint folder of the job to another one, or set its state backend to memory',
  ],
] as const)('%s fails with %s', (operation, failure, code, remedy) => {
  const disk = new OperatorDisk(() => 1);
  disk.storage.fault = (name) => (name === operation ? failure : null);
  const refusal = refusalOf(() => addRow(createHarness(disk)));
  expect(refusal).toContain(`${code} state cannot be kept on disk in /job/spill-1-0/0-node: ${failure}`);
  expect(refusal).toContain(`→ ${remedy}`);
});

test('a file that was cut off is not taken for state', () => {
  const disk = new OperatorDisk(() => 1);
  const harness = createHarness(disk);
  addRow(harness);
  const file = disk.storage.open('/job/spill-1-0/0-node/0.run', 'write');
  file.truncate(3);
  file.close();
  expect(refusalOf(() => harness.watermark(5000n))).toMatch(/^MR5047 state cannot be read back from .*0\.run: the file became shorter/);
});

test('a file stays until the checkpoint that copies from it has been written, however long ago its owner dropped it', () => {
  const storage = new FaultStorage();
  const folder = new SpillFolder(storage, '/job/spill-1-0/0-node');
  const file = folder.create();
  file.append(new Uint8Array(10));
  file.hold(7);
  file.hold(8);
  file.drop();
  expect([storage.exists(file.path), folder.diskBytes]).toEqual([true, 0]);
  folder.letGo(7);
  expect(storage.exists(file.path)).toBe(true);
  folder.letGo(8);
  expect(storage.exists(file.path)).toBe(false);
});
