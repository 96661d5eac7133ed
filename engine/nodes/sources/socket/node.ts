/** Reads lines from a TCP server. */

import { sourcePorts, sourceShapes } from '../../../spec/dead-letter.ts';
import { defineNode } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { schemaField } from '../../../spec/fields.ts';
import {
  badLinesField,
  delimiterField,
  formatField,
  lineBytesMaxField,
  nullTextField,
  timestampFormatField,
} from '../../../spec/input-format.ts';
import { hostField, portField, reconnectAttemptsField, reconnectDelayField } from '../../../spec/socket-fields.ts';
import { text } from '../../../spec/text.ts';
import { socketSourceFlink } from './flink.ts';
import { socketSourceSpark } from './spark.ts';

const fields = {
  host: hostField,
  port: portField,
  format: formatField,
  schema: schemaField({
    label: text({ en: 'Columns', zh: '列' }),
    help: text({ en: 'Names and Flink SQL types of the rows.', zh: '各行的列名与 Flink SQL 类型。' }),
  }),
  reconnectDelay: {
    ...reconnectDelayField,
    help: text({
      en: 'When the connection cannot be made or breaks. When the server closes it, the source ends.',
      zh: '无法连接或连接中断时。服务器正常关闭时，数据源结束。',
    }),
  },
  reconnectAttempts: reconnectAttemptsField,
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
