/** A sink that stages rows per checkpoint and shows them by rename: the protocol every exactly-once file sink follows. */
import type { JsonValue } from '../../../engine/base/json.ts';
import { killPoint } from '../../../engine/base/kill-point.ts';
import type { Storage } from '../../../engine/base/storage.ts';
import { readRows } from '../../../engine/columnar/row-reader.ts';
import type { Committer, CoordinatorEnvironment, Operator, OperatorContext, OperatorModule } from '../../../engine/operators/operator.ts';
import { makeDurableDirectory } from '../../../engine/runtime/checkpoints/checkpoint-folder.ts';
import { quietOperator } from './operators.ts';

export interface StagedSinkConfig {
  readonly directory: string;
}

interface Staged {
  readonly [name: string]: JsonValue;
  readonly staged: string;
  readonly final: string;
}

const encoder = new TextEncoder();

function createSink(config: StagedSinkConfig, context: OperatorContext): Operator {
  const folder = `${config.directory}/attempt-${context.attempt}`;
  let lines: string[] = [];
  return quietOperator({
    open: () => makeDurableDirectory(context.storage, folder),
    processBatch(_input, batch) {
      for (const row of readRows(batch)) lines.push(`${String(row[0])}/${String(row[1])}=${String(row[2])},${String(row[3])}`);
      return 'done';
    },
    snapshot(checkpointId, writer) {
      if (lines.length === 0) return;
      const name = `part-${context.attempt}-${context.subtaskIndex}-${checkpointId}`;
      const file = context.storage.open(`${folder}/${name}`, 'create');
      killPoint('sink.stage.created');
      file.write(encoder.encode(`${lines.join('\n')}\n`), 0);
      file.close();
      killPoint('sink.stage.written');
      writer.syncBeforeComplete([`${folder}/${name}`]);
      const staged: Staged = { staged: `${folder}/${name}`, final: `${config.directory}/${name}` };
      writer.committable(staged);
      lines = [];
    },
  });
}

function createCommitter(config: StagedSinkConfig, environment: CoordinatorEnvironment): Committer {
  const { storage } = environment;
  return {
    commit(committables) {
      for (const each of committables as readonly Staged[]) {
        if (!storage.exists(each.staged)) continue;
        killPoint('sink.commit.one');
        storage.rename(each.staged, each.final);
        killPoint('sink.commit.renamed');
      }
      if (committables.length > 0) storage.syncDirectory(config.directory);
      killPoint('sink.commit.synced');
    },
    discardUncommitted(committed) {
      const kept = new Set((committed as readonly Staged[]).map(({ staged }) => staged));
      for (const entry of storage.list(config.directory)) {
        if (!entry.directory || !entry.name.startsWith('attempt-')) continue;
        const folder = `${config.directory}/${entry.name}`;
        for (const file of storage.list(folder)) if (!kept.has(`${folder}/${file.name}`)) storage.remove(`${folder}/${file.name}`);
        killPoint('sink.discarded');
      }
    },
  };
}

export const STAGED_SINK: OperatorModule = { createOperator: createSink, createCommitter };

/** Every line a reader of the final names sees, sorted. */
export function committedLines(storage: Storage, directory: string): string[] {
  const decoder = new TextDecoder();
  return storage
    .list(directory)
    .filter((entry) => !entry.directory)
    .flatMap((entry) => {
      const file = storage.open(`${directory}/${entry.name}`, 'read');
      const bytes = new Uint8Array(file.size());
      file.read(bytes, 0, bytes.length, 0);
      file.close();
      return decoder
        .decode(bytes)
        .split('\n')
        .filter((line) => line !== '');
    })
    .sort();
}
