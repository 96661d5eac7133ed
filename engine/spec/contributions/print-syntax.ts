/** Prints the syntax tree of an expression as Flink SQL: every name quoted, every operand in parentheses where it is not a single thing. */
import { assert } from '../../base/assert.ts';
import type { CallSyntax, CaseSyntax, IntervalQualifier, JsonBehaviorSyntax, Syntax } from '../../expressions/syntax.ts';
import { printType } from '../../types/print-type.ts';

export function printSyntax(node: Syntax): string {
  switch (node.kind) {
    case 'number':
      return node.text;
    case 'text':
      return quote(node.value);
    case 'bytes':
      return `X'${node.hex}'`;
    case 'boolean':
      return node.value === null ? 'UNKNOWN' : node.value ? 'TRUE' : 'FALSE';
    case 'null':
      return 'NULL';
    case 'datetime':
      return `${node.type} ${quote(node.text)}`;
    case 'interval':
      return `INTERVAL ${node.negative ? '-' : ''}${quote(node.text)} ${printQualifier(node.qualifier)}`;
    case 'name':
      return node.parts.map((part) => `\`${part.replaceAll('`', '``')}\``).join('.');
    case 'symbol':
      return node.name;
    case 'call':
      return printCall(node);
    case 'cast':
      return `${node.safe ? 'TRY_CAST' : 'CAST'}(${printSyntax(node.operand)} AS ${printType(node.type)})`;
    case 'case':
      return printCase(node);
    default:
      return printOperator(node);
  }
}

function printOperator(
  node: Exclude<
    Syntax,
    { kind: 'number' | 'text' | 'bytes' | 'boolean' | 'null' | 'datetime' | 'interval' | 'name' | 'symbol' | 'call' | 'cast' | 'case' }
  >,
): string {
  switch (node.kind) {
    case 'unary':
      return `${node.operator} ${operand(node.operand)}`;
    case 'binary':
      return `${operand(node.left)} ${node.operator} ${operand(node.right)}`;
    case 'logic':
      return node.operands.map(operand).join(` ${node.operator} `);
    case 'is':
      return `${operand(node.operand)} IS ${node.negated ? 'NOT ' : ''}${node.test}`;
    case 'between':
      return `${operand(node.operand)} ${not(node)}BETWEEN ${node.symmetric ? 'SYMMETRIC ' : ''}${operand(node.low)} AND ${operand(node.high)}`;
    case 'in':
      return `${operand(node.operand)} ${not(node)}IN (${node.items.map(printSyntax).join(', ')})`;
    case 'like': {
      const escaped = node.escape === null ? '' : ` ESCAPE ${operand(node.escape)}`;
      return `${operand(node.operand)} ${not(node)}${node.similar ? 'SIMILAR TO' : 'LIKE'} ${operand(node.pattern)}${escaped}`;
    }
    case 'difference':
      return `(${operand(node.left)} - ${operand(node.right)}) ${printQualifier(node.qualifier)}`;
    case 'unbuilt':
      assert(false, `an expression that was checked holds no ${node.what}`);
  }
}

const SINGLE: readonly Syntax['kind'][] = [
  'number',
  'text',
  'bytes',
  'boolean',
  'null',
  'name',
  'symbol',
  'call',
  'cast',
  'datetime',
  'interval',
];

function operand(node: Syntax): string {
  return SINGLE.includes(node.kind) ? printSyntax(node) : `(${printSyntax(node)})`;
}

function not(node: { readonly negated: boolean }): string {
  return node.negated ? 'NOT ' : '';
}

function quote(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function printQualifier(qualifier: IntervalQualifier): string {
  const from =
    qualifier.fromPrecision === null
      ? qualifier.from
      : `${qualifier.from}(${qualifier.fromPrecision}${qualifier.to === null && qualifier.secondPrecision !== null ? `, ${qualifier.secondPrecision}` : ''})`;
  if (qualifier.to === null) return from;
  return `${from} TO ${qualifier.to}${qualifier.secondPrecision === null ? '' : `(${qualifier.secondPrecision})`}`;
}

function printCase(node: CaseSyntax): string {
  const subject = node.subject === null ? '' : ` ${operand(node.subject)}`;
  const branches = node.branches.map((branch) => ` WHEN ${printSyntax(branch.condition)} THEN ${printSyntax(branch.result)}`);
  return `CASE${subject}${branches.join('')}${node.otherwise === null ? '' : ` ELSE ${printSyntax(node.otherwise)}`} END`;
}

/** Arguments of special syntax stand in the order of functions/define-function.ts. */
function printCall(node: CallSyntax): string {
  const parts = node.arguments.map(printSyntax);
  const tail = (index: number, word: string): string => (parts[index] === undefined ? '' : ` ${word} ${parts[index]}`);
  switch (node.form) {
    case 'plain':
    case 'unit-first':
      return `${node.name}(${parts.join(', ')})`;
    case 'bare':
      return node.name;
    case 'extract':
      return `EXTRACT(${parts[0]} FROM ${parts[1]})`;
    case 'floor-to':
      return `${node.name}(${parts[0]} TO ${parts[1]})`;
    case 'trim':
      return `TRIM(${parts[0]} ${parts[1]} FROM ${parts[2]})`;
    case 'position':
      return `POSITION(${parts[0]} IN ${parts[1]}${tail(2, 'FROM')})`;
    case 'substring':
      return `SUBSTRING(${parts[0]}${tail(1, 'FROM')}${tail(2, 'FOR')})`;
    case 'overlay':
      return `OVERLAY(${parts[0]} PLACING ${parts[1]}${tail(2, 'FROM')}${tail(3, 'FOR')})`;
    case 'json-value':
      return `JSON_VALUE(${parts[0]}, ${parts[1]}${printJsonOptions(node, parts)})`;
  }
}

function printJsonOptions(node: CallSyntax, parts: readonly string[]): string {
  const behavior = (value: JsonBehaviorSyntax | null, event: string): string => {
    if (value === null) return '';
    return value.kind === 'DEFAULT' ? ` DEFAULT ${parts[value.argument]} ON ${event}` : ` ${value.kind} ON ${event}`;
  };
  const returning = node.returning === null ? '' : ` RETURNING ${printType(node.returning)}`;
  return `${returning}${behavior(node.onEmpty, 'EMPTY')}${behavior(node.onError, 'ERROR')}`;
}
