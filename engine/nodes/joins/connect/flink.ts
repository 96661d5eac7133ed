/** Flink SQL has no place for code that is called row by row with state and timers. */
import type { FlinkContext } from '../../../spec/contributions/flink.ts';
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';
import type { ConnectConfig } from './node.ts';

export function connectFlink({ config }: FlinkContext<ConnectConfig>): Unsupported {
  const isBroadcast = config.second === 'broadcast';
  return unsupported(
    text({
      en: 'TypeScript runs on this engine only; Flink connects streams in its DataStream API, not in SQL',
      zh: 'TypeScript 只能在本引擎运行；Flink 在其 DataStream API 中连接流，SQL 中没有',
    }),
    isBroadcast ? BROADCAST : KEYED,
  );
}

const BROADCAST = text({
  en: 'write it as a KeyedBroadcastProcessFunction in Java (first.connect(second.broadcast(rules))): processElement2 is processBroadcastElement there; states, timers and applyToKeyedState have the same names and rules',
  zh: '用 Java 写成 KeyedBroadcastProcessFunction（first.connect(second.broadcast(rules))）：processElement2 在其中是 processBroadcastElement；状态、定时器和 applyToKeyedState 的名称与规则相同',
});
const KEYED = text({
  en: 'write it as a KeyedCoProcessFunction in Java (first.connect(second)): functions, states and timers have the same names and rules there',
  zh: '用 Java 写成 KeyedCoProcessFunction（first.connect(second)）：函数、状态和定时器的名称与规则相同',
});
