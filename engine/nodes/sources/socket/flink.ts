/** Flink SQL cannot express this node. */

import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';

export function socketSourceFlink(): Unsupported {
  return unsupported(
    text({ en: 'Flink SQL has no socket source', zh: 'Flink SQL 没有套接字数据源' }),
    text({ en: 'read files, or send the lines through Kafka', zh: '读取文件，或通过 Kafka 发送这些行' }),
  );
}
