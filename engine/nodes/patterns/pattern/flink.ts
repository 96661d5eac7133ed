/** Flink SQL: MATCH_RECOGNIZE, for what it can say: steps that follow each other directly. */
import { assert } from '../../../base/assert.ts';
import { printExpression } from '../../../expressions/print-expression.ts';
import { rewriteSyntax } from '../../../expressions/rewrite-syntax.ts';
import type { Syntax } from '../../../expressions/syntax.ts';
import { columnName, columnReference, resolveColumn } from '../../../spec/column-path.ts';
import type { FlinkContext, FlinkContribution } from '../../../spec/contributions/flink.ts';
import { flinkInterval } from '../../../spec/contributions/flink-interval.ts';
import { parseChecked } from '../../../spec/contributions/flink-view.ts';
import { identifier, joinSql, relation, SqlFragment, sql } from '../../../spec/contributions/sql-fragment.ts';
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import type { Text } from '../../../spec/text.ts';
import { text } from '../../../spec/text.ts';
import type { PatternConfig, StepConfig } from './node.ts';
import { isNegatedStep } from './pattern-plan.ts';
import { MATCH_TIME } from './schema.ts';

type Context = FlinkContext<PatternConfig>;

const NEAREST = text({
  en: 'use steps that follow directly, or run the pattern here and export the rest',
  zh: '改用紧接的步骤，或在此运行该模式并导出其余部分',
});

export function patternFlink(context: Context): FlinkContribution | Unsupported {
  const reason = refuse(context);
  if (reason !== null) return unsupported(reason, NEAREST);
  const name = context.name();
  return {
    views: [{ name, query: matchRecognize(context) }],
    outputs: { out: { name, schema: context.outputSchema('out'), origin: null } },
  };
}

/** Why MATCH_RECOGNIZE cannot say it; null when it can. */
function refuse(context: Context): Text | null {
  const { config } = context;
  const last = config.steps.at(-1);
  if (config.groups.length > 0)
    return text({ en: 'Flink SQL has no groups of steps that come several times', zh: 'Flink SQL 不支持可重复的步骤组' });
  if (config.steps.some(isNegatedStep))
    return text({ en: 'Flink SQL has no steps that must not come', zh: 'Flink SQL 不支持“不得出现”的步骤' });
  if (config.steps.some((step, at) => (at > 0 && step.follows !== 'next') || (isLoop(step) && step.between !== 'strict')))
    return text({
      en: 'the steps of MATCH_RECOGNIZE follow each other directly; rows between them need the DataStream API',
      zh: 'MATCH_RECOGNIZE 的步骤必须紧接；其间有其他行需要 DataStream API',
    });
  if (config.steps.some((step) => step.until !== null || step.gap !== null))
    return text({ en: 'MATCH_RECOGNIZE has no “until” and no time limit per step', zh: 'MATCH_RECOGNIZE 没有“直到”条件，也没有单步时限' });
  if (config.afterMatch === 'no-skip')
    return text({ en: 'MATCH_RECOGNIZE cannot keep every match: it always skips', zh: 'MATCH_RECOGNIZE 不能保留所有匹配：它总会跳过' });
  if (mayGoNowhere(config))
    return text({
      en: 'Flink SQL fails at run time when the step to go on at has no row in the match, or its first row',
      zh: '若要继续的步骤在匹配中没有行，或就是匹配的首行，Flink SQL 会在运行时失败',
    });
  if (last !== undefined && isLoop(last) && last.greedy && last.times !== 'exactly')
    return text({ en: 'Flink SQL refuses a greedy last step', zh: 'Flink SQL 不允许最后一步为贪婪' });
  if (config.timeouts === 'timeout-output' && context.isUsed('timeout'))
    return text({ en: 'MATCH_RECOGNIZE drops matches that run out of time', zh: 'MATCH_RECOGNIZE 会丢弃超时的部分匹配' });
  if (config.lateRows === 'late-output' && context.isUsed('late'))
    return text({ en: 'MATCH_RECOGNIZE drops late rows', zh: 'MATCH_RECOGNIZE 会丢弃迟到数据' });
  return null;
}

/** Whether a match can lack the row that SKIP TO names, or begin with it: MATCH_RECOGNIZE ends the job then. */
function mayGoNowhere({ steps, afterMatch: skip, afterStep }: PatternConfig): boolean {
  if (skip !== 'to-first' && skip !== 'to-last') return false;
  const at = steps.findIndex((step) => step.name === afterStep);
  const fewest = at < 0 ? 0 : rowsMin(steps[at]);
  if (fewest === 0) return true;
  const begins = steps.slice(0, at).every((step) => rowsMin(step) === 0);
  return begins && (skip === 'to-first' || fewest === 1);
}

function rowsMin(step: StepConfig): number {
  switch (step.times) {
    case 'once':
    case 'one-or-more':
      return 1;
    case 'optional':
    case 'any':
      return 0;
    default:
      return step.from;
  }
}

function isLoop(step: StepConfig): boolean {
  return step.times !== 'once' && step.times !== 'optional';
}

function matchRecognize(context: Context): SqlFragment {
  const { config } = context;
  const input = context.input();
  const { rowtime } = input.schema;
  assert(rowtime !== undefined, 'a pattern has event time');
  const keys = config.keys.map((path) => SqlFragment.trusted(columnReference(resolveColumn(input.schema, path)?.names ?? [path])));
  const names = config.keys.map((path) => identifier(columnName(input.schema, path)));
  const measures = config.measures.map((measure) => sql`${expression(context, measure.expression, null)} AS ${identifier(measure.name)}`);
  if (config.matchTime) measures.push(sql`MATCH_ROWTIME() AS ${identifier(MATCH_TIME)}`);
  const defined = config.steps.flatMap((step) =>
    step.condition === null ? [] : [sql`${identifier(step.name)} AS ${expression(context, step.condition, step.name)}`],
  );
  const partition = keys.length === 0 ? sql`` : sql`PARTITION BY ${joinSql(keys, ', ')}\n  `;
  const measured = measures.length === 0 ? sql`` : sql`MEASURES\n  ${joinSql(measures, ',\n  ')}\n  `;
  const within = config.within === null ? sql`` : sql` WITHIN ${flinkInterval(config.within)}`;
  // DEFINE must not be empty: a step without a condition takes any row.
  const define = defined.length > 0 ? defined : [sql`${identifier(config.steps[0].name)} AS TRUE`];
  const columns = [
    ...names,
    ...config.measures.map((measure) => identifier(measure.name)),
    ...(config.matchTime ? [identifier(MATCH_TIME)] : []),
  ];
  return sql`SELECT ${joinSql(columns, ', ')}\nFROM ${relation(input.name)}\nMATCH_RECOGNIZE (\n  ${partition}ORDER BY ${identifier(rowtime)}\n  ${measured}ONE ROW PER MATCH\n  AFTER MATCH ${afterMatch(config)}\n  PATTERN (${patternOf(config)})${within}\n  DEFINE\n  ${joinSql(define, ',\n  ')}\n)`;
}

function afterMatch(config: PatternConfig): SqlFragment {
  switch (config.afterMatch) {
    case 'to-next':
      return sql`SKIP TO NEXT ROW`;
    case 'to-first':
      return sql`SKIP TO FIRST ${identifier(config.afterStep)}`;
    case 'to-last':
      return sql`SKIP TO LAST ${identifier(config.afterStep)}`;
    default:
      return sql`SKIP PAST LAST ROW`;
  }
}

function patternOf(config: PatternConfig): SqlFragment {
  const parts = config.steps.map((step) => `${identifier(step.name).text}${quantifier(step)}`);
  return SqlFragment.trusted(parts.join(' '));
}

/** SQL is greedy unless a question mark says otherwise. */
function quantifier(step: StepConfig): string {
  const reluctant = step.greedy ? '' : '?';
  switch (step.times) {
    case 'once':
      return '';
    case 'optional':
      return '?';
    case 'one-or-more':
      return `+${reluctant}`;
    case 'any':
      return `*${reluctant}`;
    case 'exactly':
      return `{${step.from}}`;
    case 'between':
      return `{${step.from},${step.to}}${reluctant}`;
    case 'at-least':
      return `{${step.from},}${reluctant}`;
  }
}

/** Names without a step belong to the row a condition is asked for; in measures, to the last row of the match. */
function expression(context: Context, words: string, self: string | null): SqlFragment {
  const steps = new Set(context.config.steps.map((step) => step.name));
  const qualified = rewriteSyntax(parseChecked(words), (node): Syntax | null => {
    if (node.kind === 'call' && ofSeveralRows(node.name)) return node;
    if (node.kind !== 'name') return null;
    return self === null || (node.parts.length > 1 && steps.has(node.parts[0])) ? node : { ...node, parts: [self, ...node.parts] };
  });
  return SqlFragment.trusted(printExpression(qualified, { column: columnReference }));
}

function ofSeveralRows(name: string): boolean {
  return ['FIRST', 'LAST', 'COUNT', 'SUM', 'AVG', 'MIN', 'MAX'].includes(name);
}
