/** Flink SQL cannot express this node. */

import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';

export function nexmarkFlink(): Unsupported {
  return unsupported(
    text({ en: 'Flink has no Nexmark source of its own', zh: 'Flink 没有自带的 Nexmark 数据源' }),
    text({ en: 'write the events to files first and read those', zh: '先把事件写入文件，再读取这些文件' }),
  );
}
