/** Prints a syntax tree back as Flink SQL with the fewest parentheses; printing, parsing and printing again changes nothing. */
import { printType, quoteIdentifier } from '../types/print-type.ts';
import { QUOTED_WORDS } from './reserved-words.ts';
import type { CallSyntax, IntervalQualifier, JsonBehaviorSyntax, Syntax } from './syntax.ts';

/** How tightly each form binds; children that bind less are put in parentheses. */
const ATOM = 100;
const POWERS: Readonly<Record<string, number>> = {
  OR: 22,
  AND: 24,
  NOT: 26,
  IS: 28,
  '=': 30,
  '<>': 30,
  '<': 30,
  '<=': 30,
  '>': 30,
  '>=': 30,
  RANGE: 32,
  '+': 40,
  '-': 40,
  DISTINCT: 40,
  '*': 60,
  '/': 60,
  '%': 60,
  '||': 60,
  SIGN: 80,
};

export interface PrintOptions {
  /** How a column is written; the default quotes every part with backquotes where needed. */
  readonly column?: (parts: readonly string[]) => string;
}

export function printExpression(node: Syntax, options: PrintOptions = {}): string {
  return new Printer(options).print(node);
}

class Printer {
  private readonly column: (parts: readonly string[]) => string;

  constructor(options: PrintOptions) {
    this.column = options.column ?? ((parts) => parts.map(printName).join('.'));
  }

  print(node: Syntax): string {
    switch (node.kind) {
      case 'number':
        return node.text;
      case 'text':
        return printText(node.value);
      case 'bytes':
        return `x'${node.hex}'`;
      case 'boolean':
        return node.value === null ? 'UNKNOWN' : node.value ? 'TRUE' : 'FALSE';
      case 'null':
        return 'NULL';
      case 'datetime':
        return `${node.type} ${printText(node.text)}`;
      case 'interval':
        return `INTERVAL ${node.negative ? '-' : ''}${printText(node.text)} ${printQualifier(node.qualifier)}`;
      case 'name':
        return this.column(node.parts);
      case 'unary':
        return node.operator === 'NOT' ? `NOT ${this.child(node.operand, POWERS.NOT)}` : `${node.operator}${this.signed(node.operand)}`;
      case 'symbol':
        return node.name;
      case 'case':
        return this.caseExpression(node);
      case 'cast':
        return `${node.safe ? 'TRY_CAST' : 'CAST'}(${this.print(node.operand)} AS ${printType(node.type)})`;
      case 'call':
        return this.call(node);
      case 'difference':
        return `(${this.child(node.left, POWERS['-'] - 1)} - ${this.child(node.right, POWERS['-'])}) ${printQualifier(node.qualifier)}`;
      case 'unbuilt':
        return `${node.what}(${node.parts.map((part) => this.print(part)).join(', ')})`;
      default:
        return this.operation(node);
    }
  }

  private operation(node: Extract<Syntax, { kind: 'binary' | 'logic' | 'is' | 'between' | 'in' | 'like' }>): string {
    const not = 'negated' in node && node.negated ? 'NOT ' : '';
    switch (node.kind) {
      case 'binary': {
        const power = powerOf(node);
        // Equal powers group to the left.
        return `${this.child(node.left, power - 1)} ${node.operator} ${this.child(node.right, power)}`;
      }
      case 'logic':
        return node.operands.map((operand) => this.child(operand, POWERS[node.operator])).join(` ${node.operator} `);
      case 'is':
        return `${this.child(node.operand, POWERS.IS - 1)} IS ${not}${node.test}`;
      case 'between':
        return `${this.child(node.operand, POWERS.RANGE - 1)} ${not}BETWEEN ${node.symmetric ? 'SYMMETRIC ' : ''}${this.child(node.low, POWERS.RANGE)} AND ${this.child(node.high, POWERS.RANGE)}`;
      case 'in':
        return `${this.child(node.operand, POWERS.RANGE - 1)} ${not}IN (${node.items.map((item) => this.print(item)).join(', ')})`;
      default: {
        const escapeBy = node.escape === null ? '' : ` ESCAPE ${this.child(node.escape, POWERS.RANGE)}`;
        return `${this.child(node.operand, POWERS.RANGE - 1)} ${not}${node.similar ? 'SIMILAR TO' : 'LIKE'} ${this.child(node.pattern, POWERS.RANGE)}${escapeBy}`;
      }
    }
  }

  /** In parentheses unless it binds tighter than `power`. */
  private child(node: Syntax, power: number): string {
    const text = this.print(node);
    return powerOf(node) > power ? text : `(${text})`;
  }

  /** Two signs in a row would read as a comment. */
  private signed(operand: Syntax): string {
    return operand.kind === 'unary' ? `(${this.print(operand)})` : this.child(operand, POWERS.SIGN);
  }

  private caseExpression(node: Extract<Syntax, { kind: 'case' }>): string {
    const subject = node.subject === null ? '' : ` ${this.print(node.subject)}`;
    const branches = node.branches.map((branch) => ` WHEN ${this.print(branch.condition)} THEN ${this.print(branch.result)}`).join('');
    const otherwise = node.otherwise === null ? '' : ` ELSE ${this.print(node.otherwise)}`;
    return `CASE${subject}${branches}${otherwise} END`;
  }

  private call(node: CallSyntax): string {
    const args = node.arguments.map((argument) => this.print(argument));
    switch (node.form) {
      case 'bare':
        return node.name;
      case 'extract':
        return `EXTRACT(${args[0]} FROM ${args[1]})`;
      case 'floor-to':
        return `${node.name}(${args[0]} TO ${args[1]})`;
      case 'trim':
        return `TRIM(${args[0]} ${args[1]} FROM ${args[2]})`;
      case 'position': {
        const needle = this.child(node.arguments[0], POWERS.RANGE);
        const text = this.child(node.arguments[1], POWERS.RANGE);
        return `POSITION(${needle} IN ${text}${args.length > 2 ? ` FROM ${args[2]}` : ''})`;
      }
      case 'substring':
        return `SUBSTRING(${args[0]} FROM ${args[1]}${args.length > 2 ? ` FOR ${args[2]}` : ''})`;
      case 'overlay':
        return `OVERLAY(${args[0]} PLACING ${args[1]} FROM ${args[2]}${args.length > 3 ? ` FOR ${args[3]}` : ''})`;
      case 'json-value':
        return this.jsonValue(node, args);
      default:
        return node.name === 'EXTRACT' ? `EXTRACT(${args[0]} FROM ${args[1]})` : `${printFunctionName(node.name)}(${args.join(', ')})`;
    }
  }

  private jsonValue(node: CallSyntax, args: readonly string[]): string {
    const returning = node.returning === null ? '' : ` RETURNING ${printType(node.returning)}`;
    const behavior = (one: JsonBehaviorSyntax | null, when: string): string => {
      if (one === null) return '';
      return ` ${one.kind === 'DEFAULT' ? `DEFAULT ${args[one.argument]}` : one.kind} ON ${when}`;
    };
    return `JSON_VALUE(${args[0]}, ${args[1]}${returning}${behavior(node.onEmpty, 'EMPTY')}${behavior(node.onError, 'ERROR')})`;
  }
}

function powerOf(node: Syntax): number {
  switch (node.kind) {
    case 'binary':
      return POWERS[node.operator] ?? POWERS.DISTINCT;
    case 'logic':
      return POWERS[node.operator];
    case 'is':
      return POWERS.IS;
    case 'between':
    case 'in':
    case 'like':
      return POWERS.RANGE;
    case 'unary':
      return node.operator === 'NOT' ? POWERS.NOT : POWERS.SIGN;
    default:
      return ATOM;
  }
}

export function printText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** A column or field name, with backquotes where SQL needs them. */
export function printName(name: string): string {
  return PLAIN_NAME.test(name) && !QUOTED_WORDS.has(name.toUpperCase()) ? name : quoteIdentifier(name);
}

function printFunctionName(name: string): string {
  return PLAIN_NAME.test(name) ? name : quoteIdentifier(name);
}

function printQualifier(qualifier: IntervalQualifier): string {
  const { from, fromPrecision, to, secondPrecision } = qualifier;
  const fraction = secondPrecision === null ? '' : `${secondPrecision}`;
  if (to === null) {
    if (fromPrecision === null) return from;
    return fraction === '' ? `${from}(${fromPrecision})` : `${from}(${fromPrecision}, ${fraction})`;
  }
  return `${from}${fromPrecision === null ? '' : `(${fromPrecision})`} TO ${to}${fraction === '' ? '' : `(${fraction})`}`;
}
