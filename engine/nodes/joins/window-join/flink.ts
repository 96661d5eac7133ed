/** Flink SQL: a join of two window table functions on their bounds and the keys. */
import { assert } from '../../../base/assert.ts';
import type { FlinkContext, FlinkContribution, FlinkRelation } from '../../../spec/contributions/flink.ts';
import { flinkInterval } from '../../../spec/contributions/flink-interval.ts';
import { identifier, joinSql, relation, SqlFragment, sql } from '../../../spec/contributions/sql-fragment.ts';
import { allOf, joinedSelect, keysEqual, LEFT, RIGHT, sideAlias } from '../../../spec/join-inputs.ts';
import type { WindowJoinConfig } from './node.ts';
import { showsRight } from './schema.ts';

const KINDS = { inner: 'INNER JOIN', left: 'LEFT JOIN', right: 'RIGHT JOIN', full: 'FULL JOIN' } as const;

export function windowJoinFlink(context: FlinkContext<WindowJoinConfig>): FlinkContribution {
  const { config } = context;
  const [left, right] = [context.input(LEFT), context.input(RIGHT)];
  const bounds = ['window_start', 'window_end', ...(config.windowTime ? ['window_time'] : [])];
  const same = bounds.slice(0, 2).map((bound) => sql`${boundOf(LEFT, bound)} = ${boundOf(RIGHT, bound)}`);
  const condition = allOf([...keysEqual(config, left.schema, right.schema), ...same]);
  const name = context.name();
  const leftWindows = sql`(SELECT * FROM ${windowFunction(config, left)}) AS ${sideAlias(LEFT)}`;
  const rightWindows = sql`(SELECT * FROM ${windowFunction(config, right)}) AS ${sideAlias(RIGHT)}`;
  const columns = showsRight(config)
    ? [...joinedSelect(left.schema, right.schema, null), ...bounds.map((bound) => boundOfPair(config, bound))]
    : [...joinedSelect(left.schema, { fields: [] }, null), ...bounds.map((bound) => sql`${boundOf(LEFT, bound)} AS ${identifier(bound)}`)];
  const query = sql`SELECT\n  ${joinSql(columns, ',\n  ')}\nFROM ${leftWindows}\n${joined(config, rightWindows, condition)}`;
  return { views: [{ name, query }], outputs: { out: { name, schema: context.outputSchema('out'), origin: null } } };
}

function joined(config: WindowJoinConfig, right: SqlFragment, condition: SqlFragment): SqlFragment {
  if (config.kind === 'semi') return sql`WHERE EXISTS (SELECT * FROM ${right} WHERE ${condition})`;
  if (config.kind === 'anti') return sql`WHERE NOT EXISTS (SELECT * FROM ${right} WHERE ${condition})`;
  return sql`${SqlFragment.trusted(KINDS[config.kind])} ${right}\nON ${condition}`;
}

function boundOf(side: typeof LEFT | typeof RIGHT, bound: string): SqlFragment {
  return sql`${sideAlias(side)}.${identifier(bound)}`;
}

/** A padded side has no bounds. */
function boundOfPair(config: WindowJoinConfig, bound: string): SqlFragment {
  const name = identifier(bound);
  if (config.kind === 'right') return sql`${boundOf(RIGHT, bound)} AS ${name}`;
  if (config.kind === 'full') return sql`COALESCE(${boundOf(LEFT, bound)}, ${boundOf(RIGHT, bound)}) AS ${name}`;
  return sql`${boundOf(LEFT, bound)} AS ${name}`;
}

function windowFunction(config: WindowJoinConfig, input: FlinkRelation): SqlFragment {
  const { rowtime } = input.schema;
  assert(rowtime !== undefined, 'a window join has event time');
  const rows = sql`TABLE ${relation(input.name)}`;
  const time = sql`DESCRIPTOR(${identifier(rowtime)})`;
  const size = flinkInterval(config.size);
  switch (config.window) {
    case 'tumbling':
      return sql`TABLE(TUMBLE(${rows}, ${time}, ${size}))`;
    case 'sliding':
      return sql`TABLE(HOP(${rows}, ${time}, ${flinkInterval(config.slide)}, ${size}))`;
    case 'cumulative':
      return sql`TABLE(CUMULATE(${rows}, ${time}, ${flinkInterval(config.step)}, ${size}))`;
  }
}
