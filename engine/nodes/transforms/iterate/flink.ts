/** Flink SQL has no loop. */
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';

export function iterateFlink(): Unsupported {
  return unsupported(
    text({
      en: 'Flink SQL has no loop, and the DataStream API has lost its iterate with Flink 2.0',
      zh: 'Flink SQL 没有循环，DataStream API 的 iterate 自 Flink 2.0 起也已移除',
    }),
    text({
      en: 'write the rounds out as columns of select nodes when they are few, or loop inside a ScalarFunction in Java',
      zh: '轮数不多时，用选择列节点逐轮写出；或在 Java 的 ScalarFunction 中循环',
    }),
  );
}
