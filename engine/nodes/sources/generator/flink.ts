/** Flink SQL cannot express this node. */

import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';

export function generatorFlink(): Unsupported {
  return unsupported(
    text({ en: 'Flink’s datagen makes other values, and no rows out of order', zh: 'Flink 的 datagen 生成不同的值，也不能生成乱序数据' }),
    text({ en: 'write the rows to files first and read those', zh: '先把数据写入文件，再读取这些文件' }),
  );
}
