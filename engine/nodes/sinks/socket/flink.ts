/** Flink SQL cannot express this node. */

import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';

export function socketSinkFlink(): Unsupported {
  return unsupported(
    text({ en: 'Flink SQL has no socket sink', zh: 'Flink SQL 没有套接字数据汇' }),
    text({ en: 'write files, print, or send through Kafka', zh: '写文件、打印，或通过 Kafka 发送' }),
  );
}
