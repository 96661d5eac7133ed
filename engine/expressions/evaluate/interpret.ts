/** The plain interpreter over boxed rows: the oracle for kernels, and what runs in the page. */
import type { Evaluator, FunctionRuntime } from '../functions/define-function.ts';
import type { CaseExpression, LogicExpression, TypedExpression } from '../typed-expression.ts';
import type { Value } from '../value.ts';
import { createEvaluator, isStrict, propagatesNull } from './create-evaluator.ts';

/** Evaluates one row, given as the values of the schema's top-level columns (a ROW is an array of its fields). */
export type Interpreter = (row: readonly Value[]) => Value;

export function createInterpreter(node: TypedExpression, runtime: FunctionRuntime): Interpreter {
  if (isStrict(node)) return interpretStrict(node, runtime);
  switch (node.kind) {
    case 'literal':
      return () => node.value;
    case 'column':
      return interpretColumn(node.path);
    case 'logic':
      return interpretLogic(node, runtime);
    case 'not': {
      const operand = createInterpreter(node.operand, runtime);
      return (row) => {
        const value = operand(row);
        return value === null ? null : value !== true;
      };
    }
    case 'is': {
      const operand = createInterpreter(node.operand, runtime);
      const wanted = node.test === 'NULL' ? null : node.test === 'TRUE';
      return (row) => (operand(row) === wanted) !== node.negated;
    }
    default:
      return interpretCase(node, runtime);
  }
}

function interpretColumn(path: readonly number[]): Interpreter {
  if (path.length === 1) return (row) => row[path[0]];
  return (row) => {
    let value: Value = row;
    for (const index of path) {
      if (!Array.isArray(value)) return null;
      value = value[index] as Value;
    }
    return value;
  };
}

/** AND stops at FALSE, OR at TRUE; what was left to evaluate is not evaluated. */
function interpretLogic(node: LogicExpression, runtime: FunctionRuntime): Interpreter {
  const operands = node.operands.map((operand) => createInterpreter(operand, runtime));
  const deciding = node.operator === 'OR';
  return (row) => {
    let unknown = false;
    for (const operand of operands) {
      const value = operand(row);
      if (value === deciding) return deciding;
      if (value === null) unknown = true;
    }
    return unknown ? null : !deciding;
  };
}

function interpretCase(node: CaseExpression, runtime: FunctionRuntime): Interpreter {
  const branches = node.branches.map((branch) => ({
    condition: createInterpreter(branch.condition, runtime),
    result: createInterpreter(branch.result, runtime),
  }));
  const otherwise = createInterpreter(node.otherwise, runtime);
  return (row) => {
    for (const branch of branches) if (branch.condition(row) === true) return branch.result(row);
    return otherwise(row);
  };
}

function interpretStrict(node: Parameters<typeof createEvaluator>[0], runtime: FunctionRuntime): Interpreter {
  const evaluate = createEvaluator(node, runtime);
  const operands = operandsOf(node).map((operand) => (operand === null ? null : createInterpreter(operand, runtime)));
  const propagate = propagatesNull(node);
  if (operands.length === 1 && operands[0] !== null) return interpretUnary(evaluate, operands[0], propagate);
  const values: Value[] = new Array(operands.length).fill(null);
  return (row) => {
    // All operands are evaluated before a NULL among them decides, as in Flink: a later one may fail.
    let absent = false;
    for (let i = 0; i < operands.length; i++) {
      const operand = operands[i];
      if (operand === null) continue;
      values[i] = operand(row);
      if (values[i] === null) absent = true;
    }
    return absent && propagate ? null : evaluate(...values);
  };
}

function interpretUnary(evaluate: Evaluator, operand: Interpreter, propagate: boolean): Interpreter {
  return (row) => {
    const value = operand(row);
    return value === null && propagate ? null : evaluate(value);
  };
}

/** Operands in the order the evaluator takes them; a keyword of a call is null. */
export function operandsOf(node: Parameters<typeof createEvaluator>[0]): readonly (TypedExpression | null)[] {
  switch (node.kind) {
    case 'arithmetic':
    case 'comparison':
      return [node.left, node.right];
    case 'call':
      return node.arguments;
    default:
      return [node.operand];
  }
}
