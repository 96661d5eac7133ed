/** PySpark: this version writes none, and says so instead of guessing. */
import { text } from '../text.ts';
import type { Unsupported } from './unsupported.ts';
import { unsupported } from './unsupported.ts';

export function noPySparkYet(): Unsupported {
  return unsupported(
    text({ en: 'this version exports the node to Flink SQL only', zh: '此版本仅支持将该节点导出为 Flink SQL' }),
    text({ en: 'export the pipeline as Flink SQL', zh: '将管道导出为 Flink SQL' }),
  );
}
