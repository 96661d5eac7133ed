/** Every row of the table; test/tidy/operator-speed.test.ts asks for one per node of the catalogue. */
import { CODE_ROWS } from './code-rows.ts';
import { END_ROWS } from './end-rows.ts';
import { JOIN_ROWS } from './join-rows.ts';
import type { OperatorRow } from './operator-row.ts';
import { PATTERN_ROWS } from './pattern-rows.ts';
import { TRANSFORM_ROWS } from './transform-rows.ts';
import { WINDOW_ROWS } from './window-rows.ts';

export const OPERATOR_ROWS: readonly OperatorRow[] = [
  ...TRANSFORM_ROWS,
  ...CODE_ROWS,
  ...WINDOW_ROWS,
  ...JOIN_ROWS,
  ...PATTERN_ROWS,
  ...END_ROWS,
];

/** Those with one of the words in node or setting; no words: all. */
export function rowsNamed(words: readonly string[]): readonly OperatorRow[] {
  const named = ({ node, setting }: OperatorRow) => words.length === 0 || words.some((one) => `${node}, ${setting}`.includes(one));
  return OPERATOR_ROWS.filter(named);
}
