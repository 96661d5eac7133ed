/** Takes the state of a task's operators at a barrier: copies it, and remembers what must be synced and committed. */
import type { JsonValue } from '../../base/json.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import { keyGroupRangeOf } from '../../columnar/key-groups.ts';
import type { FileRange, KeyGroupRange, MemoryRange, SnapshotWriter } from '../../operators/operator.ts';
import type { TaskOperator } from '../tasks/task-operator.ts';
import type { SnapshotSection } from '../workers/messages.ts';
import type { FileBytes } from './framed-file.ts';
import type { SnapshotBuffers } from './snapshot-buffers.ts';

const NOTHING = new SharedArrayBuffer(0);

export class SnapshotCollector implements SnapshotWriter {
  readonly sections: SnapshotSection[] = [];
  readonly syncPaths: string[] = [];
  readonly committables: { nodeId: string; value: JsonValue }[] = [];
  private readonly checkpointId: number;
  private readonly memory: JobMemory;
  private readonly buffers: SnapshotBuffers;
  private nodeId = '';
  private keyGroups: KeyGroupRange = { start: 0, end: -1 };

  constructor(checkpointId: number, memory: JobMemory, buffers: SnapshotBuffers) {
    this.checkpointId = checkpointId;
    this.memory = memory;
    this.buffers = buffers;
  }

  /** The state of one operator of a subtask. */
  take({ plan, operator, source }: TaskOperator, subtask: number, maxParallelism: number): void {
    this.beginOperator(plan.nodeId, keyGroupRangeOf(subtask, maxParallelism, plan.parallelism));
    operator?.snapshot(this.checkpointId, this);
    source?.snapshot(this.checkpointId, this);
  }

  /** Whose sections those are that come next. */
  beginOperator(nodeId: string, keyGroups: KeyGroupRange): void {
    this.nodeId = nodeId;
    this.keyGroups = keyGroups;
  }

  /** What lies in files comes behind what lies in memory. */
  section(
    name: string,
    distribution: 'keyed' | 'list' | 'union',
    header: JsonValue,
    parts: readonly (MemoryRange | Uint8Array | FileRange)[],
  ): void {
    const files = parts.filter((part): part is FileRange => 'file' in part);
    const copied = parts.filter((part): part is MemoryRange | Uint8Array => !('file' in part));
    let bytes = 0;
    for (const part of copied) bytes += part instanceof Uint8Array ? part.length : part.bytes;
    const buffer = bytes === 0 ? NOTHING : this.buffers.acquire(this.checkpointId, bytes);
    const target = new Uint8Array(buffer);
    let offset = 0;
    for (const part of copied) {
      const source = part instanceof Uint8Array ? part : this.memory.u8.subarray(part.address, part.address + part.bytes);
      target.set(source, offset);
      offset += source.length;
    }
    const ranges = files.map((part): FileBytes => {
      part.file.hold(this.checkpointId);
      return { path: part.file.path, offset: part.offset, bytes: part.bytes };
    });
    const { nodeId, keyGroups } = this;
    this.sections.push({ nodeId, name, distribution, header, keyGroups, bytes, buffer, files: ranges });
  }

  syncBeforeComplete(paths: readonly string[]): void {
    this.syncPaths.push(...paths);
  }

  committable(value: JsonValue): void {
    this.committables.push({ nodeId: this.nodeId, value });
  }
}
