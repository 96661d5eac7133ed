/** Splits a stream by conditions, with a port for the rest. */

import type { PortShape } from '../../../spec/define-node.ts';
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, conditionsField } from '../../../spec/fields.ts';
import { sameText, text } from '../../../spec/text.ts';
import { checkRoute } from './check.ts';
import { routeFlink } from './flink.ts';
import { routeSpark } from './spark.ts';

export const ELSE_PORT = 'else';

const fields = {
  routes: conditionsField({
    label: text({ en: 'Routes', zh: '分支' }),
    help: text({ en: 'Each is a port with a condition, tried in order.', zh: '每个分支是一个带条件的端口，按顺序尝试。' }),
    countMin: 1,
    countMax: 32,
  }),
  matching: choiceField({
    label: text({ en: 'A row goes to', zh: '一行送往' }),
    options: [
      { value: 'first', label: text({ en: 'the first that fits', zh: '首个满足的分支' }) },
      { value: 'all', label: text({ en: 'all that fit', zh: '所有满足的分支' }) },
    ],
  }),
};

export type RouteConfig = ConfigOf<typeof fields>;

export const route = defineNode({
  type: 'route',
  category: 'transforms',
  execution: 'operator',
  rank: 4,
  label: text({ en: 'Route', zh: '分流' }),
  summary: text({ en: 'Splits rows by conditions; what fits none leaves by else.', zh: '按条件分流；都不满足的行从 else 输出。' }),
  searchWords: ['split', 'side output', 'switch', 'case', 'branch', 'partition by condition'],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'any' })],
  outputs: (config) => [
    ...config.routes.map((condition) => outputPort(condition.name, sameText(condition.name))),
    outputPort(ELSE_PORT, text({ en: 'else', zh: '其余' }), 'else'),
  ],
  describe: (config, language) => {
    if (config.routes.length === 0) return language === 'zh' ? '尚无分支' : 'no routes yet';
    return config.routes.map((condition) => condition.name).join(' · ');
  },
  check: checkRoute,
  outputSchema: (config, inputs) => {
    const shapes: [string, PortShape][] = [...config.routes.map((condition) => condition.name), ELSE_PORT].map((name) => [
      name,
      inputs.shape(),
    ]);
    return Object.fromEntries(shapes);
  },
  flinkSql: routeFlink,
  pySpark: routeSpark,
  migrations: [],
});
