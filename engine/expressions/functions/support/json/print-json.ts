/** JSON trees as text, the way Flink has Jackson write them: no blanks, fields by name, exact numbers as Java prints a BigDecimal. */
import { parseExact } from '../../../decimal.ts';
import { printBigDecimal } from '../print-big-decimal.ts';
import type { JsonTree } from './read-json.ts';
import { JsonNumber } from './read-json.ts';

export function textOfNumber(number: JsonNumber): string {
  const exact = parseExact(number.text);
  return exact === null ? number.text : printBigDecimal(exact.unscaled, exact.scale);
}

export function printJson(tree: JsonTree): string {
  if (tree === null || typeof tree === 'boolean') return String(tree);
  if (typeof tree === 'string') return printText(tree);
  if (tree instanceof JsonNumber) return textOfNumber(tree);
  if (tree instanceof Map) {
    const names = Array.from(tree.keys()).sort();
    return `{${names.map((name) => `${printText(name)}:${printJson(tree.get(name) ?? null)}`).join(',')}}`;
  }
  return `[${Array.from(tree as readonly JsonTree[], printJson).join(',')}]`;
}

/** Jackson's digits of control characters are capitals. */
function printText(text: string): string {
  return JSON.stringify(text).replace(/\\(?:\\|u00[01][a-f])/g, (escape) =>
    escape.length === 2 ? escape : `\\u${escape.slice(2).toUpperCase()}`,
  );
}
