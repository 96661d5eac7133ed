/** Ways out of problems that the checks know: a near name, a value that fits, an edge or node that is missing. */
import type { JsonValue } from '../base/json.ts';
import type { Schema } from '../types/schema.ts';
import type { Fix, Problem } from './problem.ts';
import { text } from './text.ts';

/** Suggestions offered for one name. */
const NEAR_MAX = 2;
/** Wider rows and longer names are not searched: a file full of wrong names must not take minutes. */
const NAMES_COMPARED_MAX = 500;
const LENGTH_COMPARED_MAX = 64;

/** The node is filled in by who knows it, see `withNode`. */
export function setFieldFix(field: string, value: JsonValue, shown: string): Fix {
  return { label: text({ en: `Use ${shown}`, zh: `改用 ${shown}` }), edit: { kind: 'set-field', nodeId: '', field, value } };
}

export function jobFix(field: string, value: number | string): Fix {
  return { label: text({ en: `Use ${value}`, zh: `改用 ${value}` }), edit: { kind: 'set-job', field, value } };
}

/** Back to the job's own: the field is taken out of the node. */
export function ownParallelismFix(nodeId: string, value: number | null): Fix {
  const label =
    value === null ? text({ en: 'Use that of the job', zh: '使用作业的并行度' }) : text({ en: `Use ${value}`, zh: `改用 ${value}` });
  return { label, edit: { kind: 'set-run', nodeId, field: 'parallelism', value } };
}

/** A problem of a node's own check, with its place; fixes of its fields are about that node too. */
export function withNode(problem: Problem, nodeId: string): Problem {
  const fixes = problem.fixes.map((fix) =>
    fix.edit.kind === 'set-field' && fix.edit.nodeId === '' ? { ...fix, edit: { ...fix.edit, nodeId } } : fix,
  );
  return { ...problem, nodeId, fixes };
}

/** Names that a slip of the keyboard may have meant, nearest first. */
export function nearNames(wanted: string, names: readonly string[]): readonly string[] {
  if (wanted.length > LENGTH_COMPARED_MAX) return [];
  const lower = wanted.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  return names
    .slice(0, NAMES_COMPARED_MAX)
    .map((name) => ({ name, distance: name.length > LENGTH_COMPARED_MAX ? limit + 1 : distance(lower, name.toLowerCase()) }))
    .filter((near) => near.distance <= limit)
    .sort((left, right) => left.distance - right.distance)
    .slice(0, NEAR_MAX)
    .map(({ name }) => name);
}

/** Columns by name, near ones first; of those only what `fits`. */
export function nearColumns(wanted: string, schema: Schema, fits: (field: Schema['fields'][number]) => boolean): readonly string[] {
  return nearNames(
    wanted,
    schema.fields.filter(fits).map((field) => field.name),
  );
}

/** Columns that can be event time. */
export function timeColumns(schema: Schema): readonly string[] {
  const fits = ({ type }: Schema['fields'][number]): boolean =>
    (type.kind === 'TIMESTAMP' || type.kind === 'TIMESTAMP_LTZ') && type.precision <= 3;
  return schema.fields.filter(fits).map((field) => field.name);
}

/** Insertions, removals, replacements and swaps of neighbours that lead from one to the other. */
function distance(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > LENGTH_COMPARED_MAX / 3) return LENGTH_COMPARED_MAX;
  let twoBefore: number[] = [];
  let before = Array.from({ length: right.length + 1 }, (_unused, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      current[column] = Math.min(before[column] + 1, current[column - 1] + 1, before[column - 1] + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) current[column] = Math.min(current[column], twoBefore[column - 2] + 1);
    }
    twoBefore = before;
    before = current;
  }
  return before[right.length];
}
