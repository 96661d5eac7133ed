/** PySpark: not written yet for this node, and said so instead of guessed. */

import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';

export function fileSourceSpark(): Unsupported {
  return unsupported(
    text({ en: 'this version exports the node to Flink SQL only', zh: '此版本仅支持将该节点导出为 Flink SQL' }),
    text({ en: 'export the pipeline as Flink SQL', zh: '将管道导出为 Flink SQL' }),
  );
}
