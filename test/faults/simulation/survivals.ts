/** The ways in which operations that were not durable yet may come out of a power loss. */
import type { PendingOperation, Survival } from '../storage/fault-storage.ts';

/** Up to so many pending operations every combination is tried. */
const EXHAUSTIVE_MAX = 12;
const COMBINATIONS_MAX = 4096;

/** Ways in which one operation may come out. */
function outcomes(operation: PendingOperation): readonly Survival[] {
  return operation.kind === 'write' ? ['kept', 'lost', 'torn', 'zeroed'] : ['kept', 'lost'];
}

/** Every combination while they are few; then all prefixes, each with one operation of it dropped. */
export function* survivals(pending: readonly PendingOperation[]): Generator<Survival[]> {
  const total = pending.reduce((product, operation) => product * outcomes(operation).length, 1);
  if (pending.length <= EXHAUSTIVE_MAX && total <= COMBINATIONS_MAX) {
    for (let number = 0; number < total; number++) {
      let rest = number;
      yield pending.map((operation) => {
        const ways = outcomes(operation);
        const way = ways[rest % ways.length];
        rest = Math.floor(rest / ways.length);
        return way;
      });
    }
    return;
  }
  for (let length = 0; length <= pending.length; length++) {
    for (let dropped = -1; dropped < length; dropped++) {
      for (const way of dropped < 0 ? (['lost'] as const) : outcomes(pending[dropped])) {
        if (way !== 'kept') yield pending.map((_, index) => (index >= length ? 'lost' : index === dropped ? way : 'kept'));
      }
    }
  }
}
