/** What a table of rows shows: columns and rows with what is to be said about them. */
import type { FieldMessage } from '../../engine/host/contract.ts';
import type { RowCells } from './row-cells.ts';

export interface TableColumn extends FieldMessage {
  /** What the node did to it: made it, or gave it other values. */
  readonly mark: 'new' | 'changed' | null;
}

export interface TableRow {
  readonly cells: RowCells;
  /** Its place among all rows of the port, from 0. */
  readonly place: number;
  /** `faint`: left behind by the node. `failed`: the node could not take it. */
  readonly look: 'plain' | 'faint' | 'failed';
  /** The failure in words. */
  readonly note: string | null;
  /** Columns whose value differs from the row it came from. */
  readonly changed: ReadonlySet<string>;
}

const NUMBERS = /^(TINYINT|SMALLINT|INT|INTEGER|BIGINT|DECIMAL|FLOAT|DOUBLE|NUMERIC)\b/;

export function isNumeric(type: string): boolean {
  return NUMBERS.test(type);
}
