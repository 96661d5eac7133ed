/** Flink SQL has no place for code that is called row by row with state and timers. */
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';

export function connectFlink(): Unsupported {
  return unsupported(
    text({
      en: 'TypeScript runs on this engine only; Flink connects streams in its DataStream API, not in SQL',
      zh: 'TypeScript 只能在本引擎运行；Flink 在其 DataStream API 中连接流，SQL 中没有',
    }),
    text({
      en: 'write it as a KeyedCoProcessFunction in Java (first.connect(second)): functions, states and timers have the same names and rules there',
      zh: '用 Java 写成 KeyedCoProcessFunction（first.connect(second)）：函数、状态和定时器的名称与规则相同',
    }),
  );
}
