/** Finds rows that follow each other as a pattern says, key by key. */
import type { JsonObject } from '../../../base/json.ts';
import { isObject } from '../../../base/json.ts';
import { defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import { formatDuration } from '../../../spec/duration.ts';
import type { ConfigOf, StripEntry } from '../../../spec/fields.ts';
import {
  choiceField,
  columnsField,
  durationField,
  expressionField,
  listField,
  numberField,
  projectionsField,
  textField,
  toggleField,
  when,
} from '../../../spec/fields.ts';
import { text } from '../../../spec/text.ts';
import { checkPattern } from './check.ts';
import { patternFlink } from './flink.ts';
import type { PatternPart } from './pattern-tree.ts';
import { groupRange, patternTree } from './pattern-tree.ts';
import { patternSchema } from './schema.ts';
import { patternSpark } from './spark.ts';

const RESULTS_SECTION = text({ en: 'Results', zh: '结果' });
const LOOPS = ['one-or-more', 'any', 'exactly', 'between', 'at-least'] as const;
/** Each has a condition and an end, and a row remembers them as bits. */
const STEPS_MAX = 15;

const OFTEN = [
  { value: 'optional', label: text({ en: 'once or not at all', zh: '零或一次' }) },
  { value: 'one-or-more', label: text({ en: 'one or more', zh: '一次或多次' }) },
  { value: 'any', label: text({ en: 'any number', zh: '任意次' }) },
  { value: 'exactly', label: text({ en: 'exactly', zh: '恰好' }) },
  { value: 'between', label: text({ en: 'between', zh: '介于' }) },
  { value: 'at-least', label: text({ en: 'at least', zh: '至少' }) },
] as const;

const CONTIGUITIES = [
  { value: 'relaxed', label: text({ en: 'rows that do not fit', zh: '可有不符合的行' }) },
  { value: 'strict', label: text({ en: 'no other rows', zh: '没有其他行' }) },
  { value: 'any', label: text({ en: 'any rows: all combinations', zh: '任意行：所有组合' }) },
] as const;

/** How often a step or group comes, besides the choice itself. */
const quantity = {
  from: numberField({
    label: text({ en: 'Times', zh: '次数' }),
    integer: true,
    minimum: 0,
    maximum: 1000,
    default: 2,
    visibleWhen: when('times', 'exactly', 'between', 'at-least'),
  }),
  to: numberField({
    label: text({ en: 'At most', zh: '至多' }),
    integer: true,
    minimum: 1,
    maximum: 1000,
    default: 3,
    visibleWhen: when('times', 'between'),
  }),
};

const step = {
  name: textField({
    label: text({ en: 'Name', zh: '名称' }),
    lengthMax: 40,
    pattern: '[A-Za-z_][A-Za-z0-9_]*',
    patternHelp: text({ en: 'letters, digits and underscore', zh: '字母、数字和下划线' }),
  }),
  follows: choiceField({
    label: text({ en: 'Follows the step before', zh: '与前一步的关系' }),
    ofEntryBefore: true,
    options: [
      {
        value: 'followed-by',
        label: text({ en: 'followed by', zh: '随后' }),
        help: text({ en: 'Rows that do not fit may lie between.', zh: '中间可以有不符合的行。' }),
      },
      {
        value: 'next',
        label: text({ en: 'directly', zh: '紧接' }),
        help: text({ en: 'By the very next row of the key.', zh: '同键的下一行。' }),
      },
      {
        value: 'followed-by-any',
        label: text({ en: 'followed by any', zh: '随后任一' }),
        help: text({ en: 'Every later row that fits, each a match of its own.', zh: '之后每个符合的行各自构成一个匹配。' }),
      },
      {
        value: 'not-next',
        label: text({ en: 'not directly', zh: '不紧接' }),
        help: text({ en: 'The next row must not fit.', zh: '下一行不得符合。' }),
      },
      {
        value: 'not-followed-by',
        label: text({ en: 'not followed by', zh: '其后没有' }),
        help: text({
          en: 'No row up to the next step may fit; at the end, none in the time allowed.',
          zh: '在下一步之前不得有符合的行；若是最后一步，则在时限内不得有。',
        }),
      },
    ],
  }),
  condition: expressionField({
    label: text({ en: 'Condition', zh: '条件' }),
    help: text({
      en: 'Over the row, and over rows of steps before: amount > LAST(small.amount). Empty: any row.',
      zh: '可引用当前行以及之前步骤的行：amount > LAST(small.amount)。留空：任意行。',
    }),
    returns: 'BOOLEAN',
    scope: 'pattern',
    optional: true,
  }),
  times: choiceField({
    label: text({ en: 'How often', zh: '次数' }),
    options: [{ value: 'once', label: text({ en: 'once', zh: '一次' }) }, ...OFTEN],
  }),
  ...quantity,
  between: choiceField({
    label: text({ en: 'Between these rows', zh: '这些行之间' }),
    options: [...CONTIGUITIES],
    visibleWhen: when('times', ...LOOPS),
  }),
  greedy: toggleField({
    label: text({ en: 'Take as many as possible', zh: '尽可能多取' }),
    help: text({ en: 'Rows that fit this step are not for the next one.', zh: '符合本步的行不留给下一步。' }),
    default: false,
    visibleWhen: when('times', ...LOOPS),
  }),
  until: expressionField({
    label: text({ en: 'Until', zh: '直到' }),
    help: text({ en: 'No row from this one on is taken.', zh: '从满足此条件的行起不再取行。' }),
    returns: 'BOOLEAN',
    scope: 'pattern',
    optional: true,
    visibleWhen: when('times', 'one-or-more', 'any', 'at-least'),
  }),
  gap: durationField({
    label: text({ en: 'Gap at most', zh: '间隔至多' }),
    whenEmpty: text({ en: 'any time', zh: '不限' }),
    help: text({
      en: 'Time since the row before, in a loop between its rows. Noticed when the key’s next row comes.',
      zh: '距前一行的时间；循环中为循环内各行之间的间隔。在该键的下一行到来时才会察觉。',
    }),
    minimumMs: 1,
    optional: true,
    advanced: true,
  }),
};

const group = {
  first: textField({ label: text({ en: 'From step', zh: '起始步骤' }), entryOf: 'steps' }),
  last: textField({ label: text({ en: 'To step', zh: '结束步骤' }), entryOf: 'steps' }),
  times: choiceField({ label: text({ en: 'How often', zh: '次数' }), options: [...OFTEN], default: 'one-or-more' }),
  ...quantity,
  between: choiceField({
    label: text({ en: 'Between its rounds', zh: '各轮之间' }),
    options: [...CONTIGUITIES],
    visibleWhen: when('times', ...LOOPS),
  }),
};

const fields = {
  steps: listField({
    label: text({ en: 'Steps', zh: '步骤' }),
    help: text({ en: 'Rows of one key, in the order of event time.', zh: '同一个键的行，按事件时间排序。' }),
    itemLabel: text({ en: 'step', zh: '步骤' }),
    item: step,
    strip: drawSteps,
    countMin: 1,
    countMax: STEPS_MAX,
    default: [{ name: 'first' }, { name: 'then' }],
  }),
  groups: listField({
    label: text({ en: 'Groups of steps', zh: '步骤组' }),
    help: text({
      en: 'Steps that come together, in order, as often as it says. A group follows the step before it as its first step does.',
      zh: '一起按顺序出现的若干步骤，次数如所选。组与前一步的关系由组内第一步决定。',
    }),
    itemLabel: text({ en: 'group', zh: '步骤组' }),
    item: group,
    countMax: STEPS_MAX,
    default: [],
    advanced: true,
  }),
  keys: columnsField({
    label: text({ en: 'For each', zh: '按键' }),
    help: text({
      en: 'Patterns are looked for among rows with the same values. None: among all rows, in one subtask.',
      zh: '在取值相同的行中查找模式。不选：在所有行中查找，单个子任务。',
    }),
    default: [],
  }),
  within: durationField({
    label: text({ en: 'Within', zh: '时限' }),
    whenEmpty: text({ en: 'any time', zh: '不限' }),
    help: text({
      en: 'The last row must come less than this after the first. Empty: any time.',
      zh: '最后一行与第一行的间隔必须小于此值。留空：不限。',
    }),
    minimumMs: 1,
    optional: true,
  }),
  afterMatch: choiceField({
    label: text({ en: 'After a match', zh: '匹配之后' }),
    options: [
      {
        value: 'past-last',
        label: text({ en: 'go on behind its last row', zh: '从最后一行之后继续' }),
        help: text({ en: 'No row belongs to two matches.', zh: '任何行不属于两个匹配。' }),
      },
      { value: 'no-skip', label: text({ en: 'keep every match', zh: '保留所有匹配' }) },
      { value: 'to-next', label: text({ en: 'go on behind its first row', zh: '从第一行之后继续' }) },
      { value: 'to-first', label: text({ en: 'go on at the first row of a step', zh: '从某步的第一行继续' }) },
      { value: 'to-last', label: text({ en: 'go on at the last row of a step', zh: '从某步的最后一行继续' }) },
    ],
  }),
  afterStep: textField({
    label: text({ en: 'Step', zh: '步骤' }),
    entryOf: 'steps',
    visibleWhen: when('afterMatch', 'to-first', 'to-last'),
  }),
  measures: projectionsField({
    label: text({ en: 'Columns', zh: '列' }),
    help: text({
      en: 'Behind the key columns: first.amount, LAST(then.ts), COUNT(then.ts), SUM, AVG, MIN, MAX.',
      zh: '位于键列之后：first.amount、LAST(then.ts)、COUNT(then.ts)、SUM、AVG、MIN、MAX。',
    }),
    scope: 'pattern',
    default: [],
    section: RESULTS_SECTION,
  }),
  matchTime: toggleField({
    label: text({ en: 'Keep event time', zh: '保留事件时间' }),
    help: text({
      en: 'Adds match_time, the event-time column that a following window needs.',
      zh: '增加 match_time，供后续窗口作为事件时间列。',
    }),
    default: false,
    section: RESULTS_SECTION,
    advanced: true,
  }),
  timeouts: choiceField({
    label: text({ en: 'Matches that run out of time', zh: '超时的部分匹配' }),
    options: [
      { value: 'drop', label: text({ en: 'drop', zh: '丢弃' }) },
      {
        value: 'timeout-output',
        label: text({ en: 'timeout output', zh: '超时输出' }),
        help: text({ en: 'With the same columns; NULL where a step has no row yet.', zh: '列相同；尚无行的步骤取 NULL。' }),
      },
    ],
    section: RESULTS_SECTION,
  }),
  lateRows: choiceField({
    label: text({ en: 'Late rows', zh: '迟到数据' }),
    help: text({ en: 'Rows at or behind the watermark.', zh: '不晚于水位线的行。' }),
    options: [
      { value: 'drop', label: text({ en: 'drop and count', zh: '丢弃并计数' }) },
      { value: 'late-output', label: text({ en: 'late output', zh: '迟到输出' }) },
    ],
    section: RESULTS_SECTION,
  }),
};

export type PatternConfig = ConfigOf<typeof fields>;
export type StepConfig = PatternConfig['steps'][number];
export type GroupConfig = PatternConfig['groups'][number];

export const pattern = defineNode({
  type: 'pattern',
  category: 'patterns',
  execution: 'operator',
  rank: 1,
  label: text({ en: 'Pattern', zh: '模式匹配' }),
  summary: text({ en: 'Finds rows that follow each other as a pattern says.', zh: '找出按模式先后出现的行。' }),
  searchWords: ['CEP', 'MATCH_RECOGNIZE', 'sequence', 'fraud', 'complex event processing', 'followedBy', 'NFA', '序列', '欺诈'],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'append', needs: 'watermark', keyedBy: 'keys' })],
  outputs: (config) => [
    outputPort('out', text({ en: 'matches', zh: '匹配' })),
    ...(config.timeouts === 'timeout-output' ? [outputPort('timeout', text({ en: 'timed out', zh: '超时' }), 'else')] : []),
    ...(config.lateRows === 'late-output' ? [outputPort('late', text({ en: 'late rows', zh: '迟到数据' }), 'late')] : []),
  ],
  describe: (config, language) => {
    const steps = describeParts(config, patternTree(config));
    const within =
      config.within === null
        ? ''
        : language === 'zh'
          ? ` · ${formatDuration(config.within, language)}内`
          : ` in ${formatDuration(config.within, language)}`;
    return `${steps}${within}`;
  },
  check: checkPattern,
  outputSchema: patternSchema,
  flinkSql: patternFlink,
  pySpark: patternSpark,
  migrations: [],
});

/** Like a regular expression: `(small+ large)*`, with `!` for what must not come. */
function describeParts(config: PatternConfig, parts: readonly PatternPart[]): string {
  const words = parts.map((part) =>
    typeof part === 'number'
      ? describeStep(config.steps[part])
      : `(${describeParts(config, part.parts)})${timesMark(config.groups[part.group])}`,
  );
  return words.join(' ');
}

function describeStep(config: StepConfig): string {
  const negated = config.follows === 'not-next' || config.follows === 'not-followed-by';
  return `${negated ? '!' : ''}${config.name}${negated ? '' : timesMark(config)}`;
}

const LINKS: { readonly [follows: string]: string } = { next: '→', 'followed-by-any': '⇉', 'not-next': '→', 'not-followed-by': '⇢' };

type Counted = Pick<StepConfig, 'times' | 'from' | 'to'>;

/** Steps in the strip of steps; their JSON may be unfinished. */
function drawSteps(steps: readonly JsonObject[], config: JsonObject): readonly StripEntry[] {
  const groups = Array.isArray(config['groups']) ? config['groups'].filter(isObject) : [];
  const named = {
    steps: steps.map(({ name }) => ({ name: String(name ?? '') })),
    groups: groups.map(({ first, last }) => ({ first: String(first ?? ''), last: String(last ?? '') })),
  };
  const ranges = groups.flatMap((each, at) => {
    const range = groupRange(named, at);
    return range === null ? [] : [{ ...range, mark: timesMark(countedOf(each, 'one-or-more')) }];
  });
  // Where several end at one step, the smaller ends first.
  ranges.sort((a, b) => a.last - a.first - (b.last - b.first));
  return steps.map(({ name, follows, ...often }, at) => {
    const crossed = follows === 'not-next' || follows === 'not-followed-by';
    return {
      link: LINKS[String(follows)] ?? '⇢',
      opens: '('.repeat(ranges.filter(({ first }) => first === at).length),
      name: String(name ?? ''),
      mark: crossed ? '' : timesMark(countedOf(often, 'once')),
      closes: ranges.map(({ last, mark }) => (last === at ? `)${mark}` : '')).join(''),
      crossed,
    };
  });
}

function countedOf({ times, from, to }: JsonObject, usual: StepConfig['times']): Counted {
  return {
    times: (times as StepConfig['times'] | undefined) ?? usual,
    from: Number(from ?? quantity.from.default),
    to: Number(to ?? quantity.to.default),
  };
}

function timesMark({ times, from, to }: Counted): string {
  switch (times) {
    case 'optional':
      return '?';
    case 'one-or-more':
      return '+';
    case 'any':
      return '*';
    case 'exactly':
      return `{${from}}`;
    case 'between':
      return `{${from},${to}}`;
    case 'at-least':
      return `{${from},}`;
    default:
      return '';
  }
}
