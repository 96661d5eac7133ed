/** Types and evaluates a SQL expression without columns, for tests of functions: the answer with its type, or why there is none. */
import { checkExpression } from '../../engine/expressions/check/check-expression.ts';
import { createInterpreter } from '../../engine/expressions/evaluate/interpret.ts';
import type { Value } from '../../engine/expressions/value.ts';
import { printType } from '../../engine/types/print-type.ts';

export type Answer = { readonly type: string; readonly value: Value } | { readonly refused: string } | { readonly failed: string };

export function evaluateExpression(text: string, timeZone = 'UTC'): Answer {
  const checked = checkExpression(text, { fields: [] }, { timeZone });
  if ('problems' in checked) return { refused: checked.problems[0].text.en };
  try {
    return { type: printType(checked.type), value: createInterpreter(checked.expression, { timeZone, now: () => 0 })([]) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

/** The value alone; `!` and the reason where there is none. */
export function valueOf(text: string, timeZone = 'UTC'): Value {
  const answer = evaluateExpression(text, timeZone);
  if ('value' in answer) return answer.value;
  return `!${'refused' in answer ? 'refused' : 'failed'}`;
}
