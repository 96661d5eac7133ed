/** What an assignment computes, as a value of its column's type. */
import type { LogicalType } from '../../../types/logical-type.ts';
import { isCharacter, withNullable } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';

const NUMBERS = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'DECIMAL', 'FLOAT', 'DOUBLE'];

/** As INSERT would: numbers and texts fit each other, everything else only itself; NULL fits all. */
export function fits(type: LogicalType, column: LogicalType): boolean {
  if (type.kind === 'NULL') return true;
  if (isCharacter(column)) return isCharacter(type);
  if (NUMBERS.includes(column.kind)) return NUMBERS.includes(type.kind);
  return type.kind === column.kind;
}

/** The expression in the column's type; line ends stay apart, for an expression may end in a comment. */
export function castTo(expression: string, column: LogicalType): string {
  return `CAST((${expression}\n) AS ${printType(withNullable(column, true))})`;
}
