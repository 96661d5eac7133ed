/** Reads lines from a TCP server. */

import { sourcePorts, sourceShapes } from '../../../spec/dead-letter.ts';
import { defineNode } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { durationField, numberField, schemaField, textField } from '../../../spec/fields.ts';
import {
  badLinesField,
  delimiterField,
  formatField,
  lineBytesMaxField,
  nullTextField,
  timestampFormatField,
} from '../../../spec/input-format.ts';
import { text } from '../../../spec/text.ts';
import { socketSourceFlink } from './flink.ts';
import { socketSourceSpark } from './spark.ts';

const fields = {
  host: textField({ label: text({ en: 'Host', zh: '主机' }), default: '127.0.0.1', lengthMax: 253 }),
  port: numberField({ label: text({ en: 'Port', zh: '端口' }), integer: true, minimum: 1, maximum: 65535, default: 9999 }),
  format: formatField,
  schema: schemaField({
    label: text({ en: 'Columns', zh: '列' }),
    help: text({ en: 'Names and Flink SQL types of the rows.', zh: '各行的列名与 Flink SQL 类型。' }),
  }),
  reconnectDelay: durationField({
    label: text({ en: 'Try again after', zh: '重试间隔' }),
    help: text({
      en: 'When the connection cannot be made or breaks. When the server closes it, the source ends.',
      zh: '无法连接或连接中断时。服务器正常关闭时，数据源结束。',
    }),
    minimumMs: 10,
    default: '1 s',
    advanced: true,
  }),
  reconnectAttempts: numberField({
    label: text({ en: 'Attempts in a row at most', zh: '连续尝试次数上限' }),
    integer: true,
    minimum: 1,
    maximum: 1000000,
    default: 10,
    advanced: true,
  }),
  timestampFormat: timestampFormatField,
  delimiter: delimiterField,
  nullText: nullTextField,
  badLines: badLinesField,
  lineBytesMax: lineBytesMaxField,
};

export type SocketSourceConfig = ConfigOf<typeof fields>;

export const socketSource = defineNode({
  type: 'socket-source',
  category: 'sources',
  execution: 'source',
  rank: 5,
  label: text({ en: 'Socket', zh: '套接字' }),
  summary: text({ en: 'Lines from a TCP server; cannot be read twice.', zh: '来自 TCP 服务器的文本行；无法重复读取。' }),
  searchWords: ['tcp', 'netcat', 'nc', 'socketTextStream'],
  presets: [],
  fields,
  inputs: [],
  outputs: (config) => sourcePorts(config.badLines),
  describe: (config) => `${config.host}:${config.port}`,
  check: () => [],
  outputSchema: (config) => sourceShapes({ fields: config.schema }),
  parallelismMax: () => 1,
  delivery: () => 'not-replayable',
  flinkSql: socketSourceFlink,
  pySpark: socketSourceSpark,
  migrations: [],
});
