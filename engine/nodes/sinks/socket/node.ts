/** Sends rows as lines to a TCP server. */
import { defineNode, inputPort } from '../../../spec/define-node.ts';
import type { ConfigOf } from '../../../spec/fields.ts';
import { delimiterField, formatField, nullTextField, timestampFormatField } from '../../../spec/input-format.ts';
import { hostField, portField, reconnectAttemptsField, reconnectDelayField } from '../../../spec/socket-fields.ts';
import { text } from '../../../spec/text.ts';
import { socketSinkFlink } from './flink.ts';
import { socketSinkSpark } from './spark.ts';

const fields = {
  host: hostField,
  port: { ...portField, default: 9998 },
  format: formatField,
  timestampFormat: timestampFormatField,
  delimiter: delimiterField,
  nullText: nullTextField,
  reconnectDelay: reconnectDelayField,
  reconnectAttempts: reconnectAttemptsField,
};

export type SocketSinkConfig = ConfigOf<typeof fields>;

export const socketSink = defineNode({
  type: 'socket-sink',
  category: 'sinks',
  execution: 'sink',
  rank: 4,
  label: text({ en: 'Send to a socket', zh: '发送到套接字' }),
  summary: text({ en: 'Lines to a TCP server; may repeat after a restart.', zh: '向 TCP 服务器发送文本行；重启后可能重复。' }),
  searchWords: ['tcp', 'netcat', 'nc', 'writeToSocket'],
  presets: [],
  fields,
  inputs: [inputPort('in', text({ en: 'rows', zh: '数据' }), { changelog: 'append' })],
  outputs: () => [],
  describe: (config) => `${config.host}:${config.port}`,
  check: () => [],
  outputSchema: () => ({}),
  parallelismMax: () => 1,
  delivery: () => 'repeats',
  flinkSql: socketSinkFlink,
  pySpark: socketSinkSpark,
  migrations: [],
});
