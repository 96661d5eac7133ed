/** Prints logical types as Flink's `LogicalType.asSummaryString` does, e.g. `DECIMAL(10, 2) NOT NULL`. */

import type { LogicalType } from './logical-type.ts';
import { LENGTH_MAX } from './logical-type.ts';

export function printType(type: LogicalType): string {
  const text = printBare(type);
  return type.nullable ? text : `${text} NOT NULL`;
}

/** Without ` NOT NULL`. */
export function printBare(type: LogicalType): string {
  switch (type.kind) {
    case 'INTEGER':
      return 'INT';
    case 'DECIMAL':
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case 'VARCHAR':
      return type.length === LENGTH_MAX ? 'STRING' : `VARCHAR(${type.length})`;
    case 'VARBINARY':
      return type.length === LENGTH_MAX ? 'BYTES' : `VARBINARY(${type.length})`;
    case 'CHAR':
    case 'BINARY':
      return `${type.kind}(${type.length})`;
    case 'TIME':
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return `${type.kind}(${type.precision})`;
    case 'INTERVAL_YEAR_MONTH':
    case 'INTERVAL_DAY_TIME':
      return `INTERVAL ${type.unit}`;
    case 'ARRAY':
    case 'MULTISET':
      return `${type.kind}<${printType(type.element)}>`;
    case 'MAP':
      return `MAP<${printType(type.key)}, ${printType(type.value)}>`;
    case 'ROW':
      return `ROW<${type.fields.map((field) => `${quoteIdentifier(field.name)} ${printType(field.type)}`).join(', ')}>`;
    default:
      return type.kind;
  }
}

export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
