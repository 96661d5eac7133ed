/** The bench of operators that make other rows of a row runs. */
import { expect, it } from 'vitest';
import { measureRowOperators } from './row-operators.ts';

it('operators that make other rows of a row, alone', () => {
  for (const { operator, millionRowsPerSecond, rowsOutPerRow } of measureRowOperators(4096)) {
    expect(millionRowsPerSecond, operator).toBeGreaterThan(0);
    expect(rowsOutPerRow, operator).toBeGreaterThan(0);
  }
});
