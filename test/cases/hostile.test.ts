/** Whatever stands in a config, checking answers problems and never throws; seeded, with the seed in every failure. */
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import { SeededRandom } from '../../engine/base/random.ts';
import { exportFlinkSql } from '../../engine/export/flink-sql/export-flink-sql.ts';
import { catalog, nodes } from '../../engine/nodes/node-types.ts';
import type { AnyNode } from '../../engine/spec/define-node.ts';
import type { CaseInput } from '../../engine/spec/node-cases.ts';
import { hasErrors } from '../../engine/spec/problem.ts';
import { resolvePipeline } from '../../engine/spec/resolve-pipeline.ts';
import { casePipeline, NODE_ID } from './case-pipeline.ts';

const ROUNDS = 150;
const INPUT: CaseInput = {
  columns: { id: 'INT', name: 'STRING', nested: 'ROW<a INT, `b c` STRING>', ts: 'TIMESTAMP(3)' },
  watermark: { column: 'ts', delay: '1 s' },
  rows: [],
};
const SCALARS: readonly JsonValue[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  0.5,
  '',
  ' ',
  'id',
  'name',
  'nested.a',
  'nested.`b c`',
  'ts',
  '*',
  '10 s',
  '0 s',
  'PT1H',
  'INT',
  'ROW<a INT>',
  'id > 1',
  'COUNT(*)',
  'SUM(id)',
  'UPPER(name)',
  "name = '",
  '((((((',
  `${'('.repeat(5000)}1${')'.repeat(5000)}`,
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '`',
  'x'.repeat(20_000),
];
const KEYS = ['name', 'expression', 'type', 'column', 'delay', 'method', 'rule', 'constructor', 'id'];

function randomValue(random: SeededRandom, depth: number): JsonValue {
  const kind = random.nextInt(depth > 2 ? 3 : 6);
  if (kind < 3) return SCALARS[random.nextInt(SCALARS.length)];
  const size = random.nextInt(4);
  if (kind === 3) return Array.from({ length: size }, () => randomValue(random, depth + 1));
  return Object.fromEntries(Array.from({ length: size + 1 }, () => [KEYS[random.nextInt(KEYS.length)], randomValue(random, depth + 1)]));
}

function randomConfig(definition: AnyNode, random: SeededRandom): JsonObject {
  const names = Object.keys(definition.fields).filter(() => random.nextInt(3) > 0);
  const options = (name: string): readonly JsonValue[] => {
    const field = definition.fields[name];
    return field.kind === 'choice' ? field.options.map((option) => option.value) : [];
  };
  return Object.fromEntries(
    names.map((name) => {
      const known = options(name);
      return [name, known.length > 0 && random.nextInt(2) === 0 ? known[random.nextInt(known.length)] : randomValue(random, 0)];
    }),
  );
}

describe.each(nodes.map((definition) => ({ definition })))('$definition.type', ({ definition }) => {
  it('survives any config', () => {
    const seed = Number(process.env.MILLRACE_SEED ?? Date.now() % 1_000_000);
    const random = new SeededRandom(seed);
    for (let round = 0; round < ROUNDS; round++) {
      const config = randomConfig(definition, random);
      const told = `MILLRACE_SEED=${seed} round ${round}: ${JSON.stringify(config).slice(0, 500)}`;
      const inputs = Object.fromEntries(definition.inputs.map((port) => [port.name, INPUT]));
      expect(() => {
        const { graph, problems } = resolvePipeline(casePipeline(definition, config, inputs, []), catalog);
        const node = graph.node.get(NODE_ID);
        if (node !== undefined) definition.describe(node.config, round % 2 === 0 ? 'en' : 'zh');
        if (!hasErrors(problems)) exportFlinkSql(graph);
      }, told).not.toThrow();
    }
  });
});
