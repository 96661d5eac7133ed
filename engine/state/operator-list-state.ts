/** Operator list state: values of a subtask without a key, dealt out or given to all when the job restarts with another parallelism. */
import type { JsonValue } from '../base/json.ts';
import type { RestoredSection, SnapshotWriter } from '../operators/operator.ts';

/** Parts a list is cut into in a snapshot, so that it can be dealt out; longer lists have several values per part. */
const PARTS_MAX = 128;

export class OperatorListState {
  values: JsonValue[] = [];
  private readonly name: string;
  private readonly redistribution: 'list' | 'union';

  /** `list`: every value goes to one of the new subtasks, round robin; `union`: each of them gets all values. */
  constructor(name: string, redistribution: 'list' | 'union') {
    this.name = name;
    this.redistribution = redistribution;
  }

  open(restored: readonly RestoredSection[]): void {
    this.values = restored
      .filter((section) => section.distribution === this.redistribution && section.name === this.name)
      .flatMap((section) => section.header as readonly JsonValue[]);
  }

  snapshot(writer: SnapshotWriter): void {
    const parts = this.redistribution === 'union' ? 1 : Math.min(this.values.length, PARTS_MAX);
    for (let part = 0; part < parts; part++) {
      const values = this.values.filter((_, at) => at % parts === part);
      writer.section(this.name, this.redistribution, values, []);
    }
  }
}
