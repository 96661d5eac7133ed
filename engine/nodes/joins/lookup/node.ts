/** Completes rows with what a server answers. */
import { appendOnly, defineNode, inputPort, outputPort } from '../../../spec/define-node.ts';
import { formatDuration } from '../../../spec/duration.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { choiceField, durationField, listField, numberField, textField, when } from '../../../spec/fields.ts';
import { oneLine } from '../../../spec/one-line.ts';
import { sameText, text } from '../../../spec/text.ts';
import { TEXT_TYPES } from '../../../spec/type-choice.ts';
import { VARIABLE_FORM } from '../../../spec/variables.ts';
import { checkLookup } from './check.ts';
import { lookupFlink } from './flink.ts';
import { failedSchema, lookupSchema } from './schema.ts';
import { lookupSpark } from './spark.ts';

const NAME_MAX = 256;
const HEADERS = text({ en: 'Headers', zh: '请求头' });
const FAILURES = text({ en: 'No answer', zh: '没有应答' });
const CACHE = text({ en: 'Cache', zh: '缓存' });

const fields = {
  url: textField({
    label: text({ en: 'Address', zh: '地址' }),
    help: text({
      en: 'Asked with GET for each row; {column} stands for a value of the row, behind the host.',
      zh: '每行发送一次 GET 请求；{column} 代表该行中该列的值，只能出现在主机之后。',
    }),
    placeholder: 'http://127.0.0.1:8080/users/{user_id}',
    lengthMax: 2000,
  }),
  results: listField({
    label: text({ en: 'Columns of the answer', zh: '应答中的列' }),
    itemLabel: text({ en: 'Column', zh: '列' }),
    item: {
      name: textField({ label: text({ en: 'Name', zh: '名称' }), lengthMax: NAME_MAX }),
      path: textField({
        label: text({ en: 'Path in the JSON', zh: 'JSON 路径' }),
        placeholder: '$.address.city',
        lengthMax: 1000,
      }),
      type: choiceField({ label: text({ en: 'Type', zh: '类型' }), options: TEXT_TYPES }),
    },
    countMin: 1,
    countMax: 200,
    default: [],
  }),
  missing: choiceField({
    label: text({ en: 'Rows the server has nothing for', zh: '服务器没有数据的行' }),
    help: text({ en: '404, an empty answer, or a value of the row that is NULL.', zh: '404、空应答，或行中的值为 NULL。' }),
    options: [
      { value: 'keep', label: text({ en: 'keep, with NULLs', zh: '保留并填 NULL' }), help: text({ en: 'LEFT JOIN.', zh: 'LEFT JOIN。' }) },
      { value: 'drop', label: text({ en: 'leave out', zh: '舍弃' }), help: text({ en: 'INNER JOIN.', zh: 'INNER JOIN。' }) },
    ],
  }),
  order: choiceField({
    label: text({ en: 'Rows leave', zh: '输出顺序' }),
    options: [
      {
        value: 'ordered',
        label: text({ en: 'in order', zh: '保持顺序' }),
        help: text({ en: 'orderedWait: a slow answer holds up those behind it.', zh: 'orderedWait：较慢的应答会拖住后面的行。' }),
      },
      {
        value: 'unordered',
        label: text({ en: 'as answered', zh: '按应答先后' }),
        help: text({ en: 'unorderedWait: no row passes a watermark.', zh: 'unorderedWait：任何行都不会越过水位线。' }),
      },
    ],
  }),
  capacity: numberField({
    label: text({ en: 'Under way at most', zh: '同时进行的上限' }),
    help: text({ en: 'Per subtask; beyond it the input waits.', zh: '每个子任务；超出时输入等待。' }),
    integer: true,
    minimum: 1,
    maximum: 10_000,
    default: 100,
    unit: text({ en: 'rows', zh: '行' }),
  }),
  headers: listField({
    label: text({ en: 'Sent with each question', zh: '随每次查询发送' }),
    help: text({
      en: `A secret comes from an environment variable of the machine that runs: write ${VARIABLE_FORM}. Only the name is kept.`,
      zh: `机密取自运行机器的环境变量：请写 ${VARIABLE_FORM}；只保存变量名。`,
    }),
    itemLabel: text({ en: 'Header', zh: '请求头' }),
    item: {
      name: textField({ label: text({ en: 'Name', zh: '名称' }), placeholder: 'Authorization', lengthMax: NAME_MAX }),
      value: textField({
        label: text({ en: 'Value', zh: '值' }),
        placeholder: `Bearer ${VARIABLE_FORM}`,
        lengthMax: 8000,
        variables: true,
      }),
    },
    countMax: 50,
    default: [],
    section: HEADERS,
  }),
  timeout: durationField({
    label: text({ en: 'Wait at most', zh: '最长等待' }),
    help: text({ en: 'For a row, with all that is tried again.', zh: '每行的总时长，包括重试。' }),
    minimumMs: 1,
    maximumMs: 3_600_000,
    default: '10 s',
    section: FAILURES,
  }),
  onFailure: choiceField({
    label: text({ en: 'Then', zh: '之后' }),
    help: text({ en: 'After an error or when the time is over.', zh: '出错或超时之后。' }),
    options: [
      { value: 'fail', label: text({ en: 'fail the run', zh: '运行失败' }) },
      { value: 'nulls', label: text({ en: 'keep, with NULLs', zh: '保留并填 NULL' }) },
      { value: 'side', label: text({ en: 'send to a port', zh: '送往单独端口' }) },
    ],
    section: FAILURES,
  }),
  retries: numberField({
    label: text({ en: 'Try again', zh: '重试次数' }),
    integer: true,
    minimum: 0,
    maximum: 100,
    default: 0,
    unit: text({ en: 'times', zh: '次' }),
    section: FAILURES,
  }),
  retryDelay: durationField({
    label: text({ en: 'After', zh: '间隔' }),
    minimumMs: 0,
    maximumMs: 3_600_000,
    default: '1 s',
    section: FAILURES,
  }),
  retryPace: choiceField({
    label: text({ en: 'The delay', zh: '间隔变化' }),
    options: [
      { value: 'fixed', label: text({ en: 'stays', zh: '不变' }) },
      { value: 'exponential', label: text({ en: 'doubles, up to 1 min', zh: '加倍，至多 1 分钟' }) },
    ],
    section: FAILURES,
  }),
  retryOn: choiceField({
    label: text({ en: 'Tried again on', zh: '重试条件' }),
    options: [
      { value: 'error', label: text({ en: 'errors', zh: '出错' }) },
      { value: 'missing', label: text({ en: 'errors and nothing found', zh: '出错或没有数据' }) },
    ],
    section: FAILURES,
  }),
  caching: choiceField({
    label: text({ en: 'Answers', zh: '应答' }),
    options: [
      { value: 'none', label: text({ en: 'are used once', zh: '只用一次' }) },
      { value: 'cache', label: text({ en: 'are kept for a while', zh: '保留一段时间' }) },
    ],
    section: CACHE,
  }),
  cacheRows: numberField({
    label: text({ en: 'Answers at most', zh: '应答数上限' }),
    integer: true,
    minimum: 1,
    maximum: 1_000_000,
    default: 10_000,
    section: CACHE,
    visibleWhen: when('caching', 'cache'),
  }),
  cacheFor: durationField({
    label: text({ en: 'Each for', zh: '每个保留' }),
    minimumMs: 1,
    default: '1 min',
    section: CACHE,
    visibleWhen: when('caching', 'cache'),
  }),
};

export type LookupConfig = ConfigOf<typeof fields>;

export const lookup = defineNode({
  type: 'lookup',
  category: 'joins',
  execution: 'operator',
  rank: 5,
  label: text({ en: 'HTTP lookup', zh: 'HTTP 查询' }),
  summary: text({
    en: 'Asks a server for each row and adds columns of its JSON answer.',
    zh: '为每一行查询服务器，并加入其 JSON 应答中的列。',
  }),
  searchWords: [
    'async',
    'AsyncDataStream',
    'asynchronous',
    'REST',
    'API',
    'enrich',
    'request',
    'header',
    'token',
    'authorization',
    'lookup join',
    'orderedWait',
    'unorderedWait',
    'web service',
  ],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'append' })],
  outputs: (config) => [
    outputPort('out', text({ en: 'completed rows', zh: '补全的数据' })),
    ...(config.onFailure === 'side' ? [outputPort('failed', text({ en: 'no answer', zh: '没有应答' }), 'dead-letter')] : []),
  ],
  describe: (config, language) => {
    if (config.url === '') return language === 'zh' ? '尚无地址' : 'no address yet';
    const wait = formatDuration(config.timeout, language);
    return oneLine(
      [config.url.replace(/^https?:\/\//, ''), `${config.capacity} × ${wait}`].map((words) => sameText(words)[language]).join(' · '),
    );
  },
  check: checkLookup,
  outputSchema: (config, inputs) => ({
    out: appendOnly(lookupSchema(config, inputs.schema())),
    failed: appendOnly(failedSchema(inputs.schema())),
  }),
  flinkSql: lookupFlink,
  pySpark: lookupSpark,
  migrations: [],
});
