/** Operator lists: what they keep comes back as it was, and what they are no longer is refused by name. */
import { expect, test } from 'vitest';
import type { RestoredSection, SnapshotWriter } from '../operators/operator.ts';
import { BIGINT, BOOLEAN, DOUBLE, decimalType, INT, notNull, rowType, STRING, timestampType } from '../types/make-type.ts';
import { checkOperatorLists, OperatorListState } from './operator-list-state.ts';

const ROW = rowType([
  { name: 'id', type: notNull(BIGINT) },
  { name: 'text', type: STRING },
  { name: 'share', type: DOUBLE },
  { name: 'price', type: decimalType(30, 2) },
  { name: 'at', type: timestampType(9) },
  { name: 'good', type: BOOLEAN },
]);

function stored(list: OperatorListState, subtaskIndex = 0): RestoredSection {
  const sections: RestoredSection[] = [];
  const writer: SnapshotWriter = {
    section: (name, distribution, header) => {
      const read = JSON.parse(JSON.stringify(header));
      sections.push({ name, distribution, header: read, bytes: new Uint8Array(), keyGroups: { start: 0, end: 127 }, subtaskIndex });
    },
    syncBeforeComplete: () => {},
    committable: () => {},
  };
  list.snapshot(writer);
  return sections[0];
}

test('every value comes back as it was', () => {
  const list = new OperatorListState({ name: 'seen', redistribution: 'split', type: ROW });
  list.values = [
    [2n ** 62n, 'é', -0, 10n ** 29n, 1n, true],
    [-1n, null, Number.NaN, null, null, null],
    [0n, '', Number.NEGATIVE_INFINITY, -5n, -(2n ** 60n), false],
  ];
  const again = new OperatorListState(list.spec);
  again.open([stored(list)]);
  expect(again.values).toEqual(list.values);
  const whole = new OperatorListState({ name: 'numbers', redistribution: 'union', type: INT });
  whole.values = [1, 2];
  const [first, second] = [stored(whole, 1), stored(new OperatorListState(whole.spec), 0)];
  again.open([first, second]);
  expect(again.values).toEqual([]);
  whole.open([first, second]);
  expect(whole.values).toEqual([1, 2]);
});

test('a list that is gone, of another type or dealt out otherwise is refused; a new one begins empty', () => {
  const list = new OperatorListState({ name: 'seen', redistribution: 'split', type: notNull(INT) });
  const section = stored(list);
  const another = (changed: object) => () =>
    checkOperatorLists(
      'node',
      [section],
      [new OperatorListState({ ...list.spec, ...changed }), new OperatorListState({ ...list.spec, name: 'new' })],
    );
  expect(another({})).not.toThrow();
  expect(another({ type: INT })).not.toThrow();
  for (const changed of [{ name: 'other' }, { type: BIGINT }, { redistribution: 'union' }])
    expect(another(changed)).toThrow(/node node: the stored state is that of split list seen \(INTEGER\)/);
});
