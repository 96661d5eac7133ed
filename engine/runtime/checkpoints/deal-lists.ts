/**
 * Deals the values of split lists out to another number of subtasks, value for value as Flink does (RoundRobinOperatorStateRepartitioner):
 * all values of a list in the order of the subtasks that had them, in stretches as even as can be; where one list's longer stretches
 * ended, those of the next begin. Lists take turns in the order of a Java hash map of their names.
 *
 * Five values of two subtasks, `a b c` and `d e`, become `a b`, `c d`, `e` in three.
 */
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { RestoredSection } from '../../operators/operator.ts';
import type { OperatorListHeader } from '../../state/operator-list-state.ts';

const HASH_MAP_CAPACITY = 16;
const HASH_MAP_LOAD = 0.75;

/** Where a list is kept does not matter. */
type ListSection = Pick<RestoredSection, 'name' | 'subtaskIndex' | 'header'>;

/** By new subtask. */
export function dealLists<S extends ListSection>(stored: readonly S[], parallelism: number): readonly (readonly S[])[] {
  const dealt: S[][] = Array.from({ length: parallelism }, () => []);
  let start = 0;
  for (const name of hashMapOrder([...new Set(stored.map((section) => section.name))])) {
    const parts = stored.filter((section) => section.name === name).sort((left, right) => left.subtaskIndex - right.subtaskIndex);
    const values = parts.flatMap(({ header }) => (header as unknown as OperatorListHeader).values);
    const [first] = parts;
    const share = Math.floor(values.length / parallelism);
    const longer = values.length % parallelism;
    let from = 0;
    for (let turn = 0; turn < parallelism; turn++) {
      const to = from + share + (turn < longer ? 1 : 0);
      const header: JsonValue = { ...(first.header as JsonObject), values: values.slice(from, to) };
      dealt[(turn + start) % parallelism].push({ ...first, header });
      from = to;
    }
    start = (start + longer) % parallelism;
  }
  return dealt;
}

function hashMapOrder(names: readonly string[]): readonly string[] {
  let capacity = HASH_MAP_CAPACITY;
  while (names.length > capacity * HASH_MAP_LOAD) capacity *= 2;
  const bucketOf = (name: string): number => {
    let hash = 0;
    for (let at = 0; at < name.length; at++) hash = (Math.imul(31, hash) + name.charCodeAt(at)) | 0;
    return (hash ^ (hash >>> 16)) & (capacity - 1);
  };
  return [...names].sort((left, right) => bucketOf(left) - bucketOf(right));
}
