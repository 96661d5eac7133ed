/** The file sink under checkpoints, crashes at every step, rescaling and the restore of older checkpoints: every row exactly once. */
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { inTemporaryFolder, OperatorHarness, type Snapshot, takeSnapshot } from '../../../../test/support/operator-harness.ts';
import { setKillPointHook } from '../../../base/kill-point.ts';
import { createNodeStorage } from '../../../base/node-storage.ts';
import { mix32, SeededRandom } from '../../../base/random.ts';
import type { Storage } from '../../../base/storage.ts';
import { Arena } from '../../../columnar/arena.ts';
import { JobMemory } from '../../../columnar/job-memory.ts';
import { buildBatch } from '../../../columnar/row-builder.ts';
import type { Committer, Operator } from '../../../operators/operator.ts';
import { BIGINT, STRING } from '../../../types/make-type.ts';
import type { FileSinkConfig } from './node.ts';
import { createCommitter, createOperator } from './operator.ts';

const seed = Number(process.env.MILLRACE_SEED ?? 20261122);
const arena = new Arena(new JobMemory());
/** Crashes here are thrown, not power losses: syncing would only take time. */
const unsynced = withoutSync(createNodeStorage());
const schema = {
  fields: [
    { name: 'n', type: BIGINT },
    { name: 's', type: STRING },
  ],
};
const BASE: FileSinkConfig = {
  path: 'out',
  format: 'ndjson',
  timestampFormat: 'sql',
  delimiter: ',',
  header: true,
  nullText: '',
  prefix: 'part',
  rollMegabytes: 128,
  rollInterval: 60_000,
};

function withoutSync(storage: Storage): Storage {
  return {
    ...storage,
    open: (path, mode) => Object.assign(storage.open(path, mode), { sync: () => undefined }),
    syncDirectory: () => undefined,
  };
}

afterEach(() => setKillPointHook(null));

/** A job of one sink whose source is a counter: attempts, checkpoints and restores as the coordinator does them. */
class SinkJob {
  readonly config: FileSinkConfig;
  readonly folder: string;
  attempt = 0;
  storage = unsynced;
  /** Completed checkpoints, oldest first: next number of the source and each subtask's snapshot. */
  readonly completed: { next: number; ended: boolean; snapshots: Snapshot[] }[] = [];
  private sinks: { operator: Operator; harness: OperatorHarness }[] = [];
  private committer: Committer | null = null;
  private next = 0;
  private ended = false;

  constructor(folder: string, config: Partial<FileSinkConfig>) {
    this.folder = folder;
    this.config = { ...BASE, ...config };
  }

  /** Starts from the newest completed checkpoint. */
  start(parallelism: number): void {
    for (const sink of this.sinks) sink.operator.close();
    const last = this.completed.at(-1);
    this.attempt++;
    const options = {
      baseDirectory: this.folder,
      attempt: this.attempt,
      parallelism,
      inputSchemas: [schema],
      storage: this.storage,
      arena,
    };
    this.committer = createCommitter(this.config, new OperatorHarness(options).environment);
    const committables = last?.snapshots.flatMap((snapshot) => snapshot.committables) ?? [];
    this.committer.discardUncommitted(committables);
    if (committables.length > 0) this.committer.commit(committables);
    const sections = last?.snapshots.flatMap((snapshot) => snapshot.sections) ?? [];
    const list = sections.filter((section) => section.distribution === 'list');
    const union = sections.filter((section) => section.distribution === 'union');
    this.sinks = Array.from({ length: parallelism }, (_unused, subtaskIndex) => {
      const harness = new OperatorHarness({ ...options, subtaskIndex });
      const operator = createOperator(this.config, harness.context);
      operator.open([...union, ...list.filter((_section, index) => index % parallelism === subtaskIndex)]);
      return { operator, harness };
    });
    this.next = last?.next ?? 0;
    this.ended = last?.ended ?? false;
    if (this.ended) this.end();
  }

  write(count: number): void {
    for (const [index, { operator, harness }] of this.sinks.entries()) {
      const rows = Array.from({ length: count }, (_unused, row) => this.next + row).filter((n) => n % this.sinks.length === index);
      const mark = harness.arena.mark();
      operator.processBatch(
        0,
        buildBatch(
          harness.arena,
          schema,
          rows.map((n) => [BigInt(n), `text ${n}`]),
        ),
      );
      harness.arena.release(mark);
    }
    this.next += count;
  }

  end(): void {
    this.ended = true;
    for (const { operator } of this.sinks) operator.endInput(0);
  }

  checkpoint(notify = true): void {
    const id = this.completed.length + 1;
    const snapshots = this.sinks.map(({ operator }, index) => takeSnapshot(operator, id, index));
    // The I/O worker opens what it syncs for writing: a file published in the meantime comes back empty.
    for (const path of snapshots.flatMap((snapshot) => snapshot.syncPaths)) closeSync(openSync(path, 'a'));
    this.completed.push({ next: this.next, ended: this.ended, snapshots });
    this.committer?.commit(snapshots.flatMap((snapshot) => snapshot.committables));
    if (notify) for (const { operator } of this.sinks) operator.notifyCheckpointComplete(id);
  }

  get total(): number {
    return this.completed.at(-1)?.next ?? 0;
  }

  /** Numbers in the published files. */
  published(): number[] {
    const target = join(this.folder, this.config.path);
    const files = existsSync(target)
      ? this.config.path.includes('.')
        ? [target]
        : readdirSync(target)
            .filter((name) => !name.startsWith('.'))
            .map((name) => join(target, name))
      : [];
    return files
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => line !== '' && line !== 'n,s'),
      )
      .map((line) => (line.startsWith('{') ? (JSON.parse(line) as { n: number }).n : Number(line.split(',')[0])))
      .sort((left, right) => left - right);
  }

  close(): void {
    for (const sink of this.sinks) sink.operator.close();
  }
}

const range = (count: number) => Array.from({ length: count }, (_unused, index) => index);

test.each(['ndjson', 'csv'] as const)('one subtask, a path with an extension: exactly that %s file, when the input has ended', (format) => {
  inTemporaryFolder((folder) => {
    const job = new SinkJob(folder, { path: `result.${format}`, format });
    job.start(1);
    job.write(3);
    job.checkpoint();
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual([]);
    job.write(2);
    job.end();
    job.checkpoint();
    const lines = range(5).map((n) => (format === 'csv' ? `${n},text ${n}\n` : `{"n":${n},"s":"text ${n}"}\n`));
    expect(readFileSync(join(folder, `result.${format}`), 'utf8')).toBe((format === 'csv' ? 'n,s\n' : '') + lines.join(''));
    expect(readdirSync(folder)).toEqual([`result.${format}`]);
    job.start(1);
    job.checkpoint();
    expect(job.published()).toEqual(range(5));
    job.close();
  });
});

test('a folder: parts appear with the checkpoint after they were closed, each file complete; a new run adds to them', () => {
  inTemporaryFolder((folder) => {
    const job = new SinkJob(folder, { format: 'csv', rollMegabytes: 0.00002 });
    job.start(2);
    job.write(4);
    expect(job.published()).toEqual([]);
    job.checkpoint();
    expect(job.published()).toEqual(range(4));
    job.write(4);
    job.end();
    job.checkpoint();
    expect(job.published()).toEqual(range(8));
    const parts = readdirSync(join(folder, 'out')).filter((name) => !name.startsWith('.'));
    expect(
      parts.every((name) => /^part-[01]-\d+\.csv$/.test(name) && readFileSync(join(folder, 'out', name), 'utf8').startsWith('n,s\n')),
    ).toBe(true);
    job.close();
    const again = new SinkJob(folder, { format: 'csv' });
    again.start(1);
    again.write(2);
    again.end();
    again.checkpoint();
    expect(again.published()).toEqual([0, 0, 1, 1, 2, 3, 4, 5, 6, 7]);
    again.close();
  });
});

test('an empty result is an empty file, with its header', () => {
  inTemporaryFolder((folder) => {
    const job = new SinkJob(folder, { path: 'none.csv', format: 'csv' });
    job.start(2);
    job.end();
    job.checkpoint();
    expect(readFileSync(join(folder, 'none.csv'), 'utf8')).toBe('n,s\n');
    job.close();
  });
});

describe.each([['out'], ['out.ndjson'], ['out.csv']])(`crashes (seed ${seed}), path %s`, (path) => {
  test('at every step, at changing parallelism: every row exactly once', () => {
    const hits = new Map<string, number>();
    for (let round = 0; round < 60; round++) {
      inTemporaryFolder((folder) => {
        const random = new SeededRandom(mix32(seed + round));
        const job = new SinkJob(folder, {
          path,
          format: path.endsWith('csv') ? 'csv' : 'ndjson',
          rollMegabytes: [0.00005, 128][random.nextInt(2)],
        });
        let countdown = 1 + random.nextInt(25);
        setKillPointHook((name) => {
          if (--countdown > 0) return;
          hits.set(name, (hits.get(name) ?? 0) + 1);
          countdown = 1 + random.nextInt(25);
          throw new Error('killed');
        });
        for (let steps = 0; ; ) {
          try {
            job.start(1 + random.nextInt(3));
            for (; steps < 12; steps++) {
              job.write(random.nextInt(20));
              if (random.nextInt(3) === 0) job.checkpoint(random.nextInt(3) > 0);
              if (random.nextInt(6) === 0) throw new Error('killed');
            }
            job.end();
            job.checkpoint();
            break;
          } catch (error) {
            if (!(error instanceof Error) || error.message !== 'killed') throw error;
            steps++;
          }
        }
        expect(job.published()).toEqual(range(job.total));
        setKillPointHook(null);
        job.close();
      });
    }
    expect([...hits.keys()].sort()).toEqual(
      expect.arrayContaining([
        'sink.commit.first',
        'sink.commit.journal',
        'sink.commit.renamed',
        'sink.committed',
        'sink.stage',
        'sink.superseded',
      ]),
    );
  });
});

test('restoring an older checkpoint takes back what was published after it', () => {
  for (let drop = 1; drop <= 3; drop++) {
    inTemporaryFolder((folder) => {
      const job = new SinkJob(folder, { rollMegabytes: 0.0001 });
      job.start(2);
      for (let step = 0; step < 5; step++) {
        job.write(10);
        job.checkpoint();
      }
      job.completed.splice(5 - drop);
      job.start(2);
      job.write(7);
      job.end();
      job.checkpoint();
      expect(job.published()).toEqual(range(job.total));
      job.close();
    });
  }
});

test('files of others in the folder are left alone', () => {
  inTemporaryFolder((folder) => {
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'out', 'part-0-0.ndjson'), '{"n":99}\n');
    writeFileSync(join(folder, 'out', 'notes.txt'), 'mine');
    const job = new SinkJob(folder, {});
    job.start(1);
    job.write(1);
    job.checkpoint();
    job.start(1);
    job.end();
    job.checkpoint();
    expect(readFileSync(join(folder, 'out', 'part-0-0.ndjson'), 'utf8')).toBe('{"n":99}\n');
    expect(readFileSync(join(folder, 'out', 'part-0-1.ndjson'), 'utf8')).toBe('{"n":0,"s":"text 0"}\n');
    expect(existsSync(join(folder, 'out', 'notes.txt'))).toBe(true);
    job.close();
  });
});

test('what an attempt that came to no checkpoint left behind never replaces a published part of the same name and length', () => {
  inTemporaryFolder((folder) => {
    const job = new SinkJob(folder, { rollMegabytes: 0.00002 });
    job.start(1);
    job.write(10);
    job.checkpoint();
    // Two subtasks: the first closes a part of rows 10 and 12 …
    job.start(2);
    job.write(4);
    // … and alone, under the same name and as long, one of rows 10 and 11.
    job.start(1);
    job.write(2);
    job.write(2);
    setKillPointHook((name) => {
      if (name === 'sink.committed') throw new Error('killed');
    });
    expect(() => job.checkpoint()).toThrow('killed');
    setKillPointHook(null);
    expect(job.published()).toEqual(range(14));
    job.start(1);
    expect(job.published()).toEqual(range(14));
    job.close();
  });
});

test('one file: an end in the middle of removing what it was made of does not lose it', () => {
  inTemporaryFolder((folder) => {
    const job = new SinkJob(folder, { path: 'out.ndjson' });
    const removeTree = (path: string): void => {
      const all = existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [];
      const files = all.filter((name) => name.endsWith('.inprogress'));
      if (files.length === 0) {
        unsynced.removeTree(path);
        return;
      }
      unlinkSync(join(path, files.sort()[files.length - 1]));
      throw new Error('killed');
    };
    job.storage = { ...unsynced, removeTree };
    job.start(2);
    job.write(10);
    job.end();
    expect(() => job.checkpoint()).toThrow('killed');
    job.storage = unsynced;
    job.start(2);
    job.checkpoint();
    expect(job.published()).toEqual(range(10));
    expect(readdirSync(folder)).toEqual(['out.ndjson']);
    job.close();
  });
});

test('damaged staged output is refused, not published', () => {
  inTemporaryFolder((folder) => {
    const job = new SinkJob(folder, {});
    job.start(1);
    job.write(10);
    job.checkpoint();
    const staging = readdirSync(join(folder, 'out'))[0];
    const staged = join(folder, 'out', staging, 'attempt-1', 'part-0-0.inprogress');
    const bytes = readFileSync(staged);
    bytes[20] ^= 1;
    writeFileSync(staged, bytes);
    expect(() => job.start(1)).toThrow('is gone or damaged');
    job.close();
  });
});
