/** Flink SQL looks rows up in tables of connectors, of which none comes with Flink that asks over HTTP. */
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';

export function lookupFlink(): Unsupported {
  return unsupported(
    text({
      en: 'a lookup join of Flink SQL needs the table of a connector, and none for HTTP comes with Flink',
      zh: 'Flink SQL 的查找连接需要连接器的表，而 Flink 不带 HTTP 连接器',
    }),
    text({
      en: 'use AsyncDataStream in Java, whose order, capacity, timeout and retries are the same; or install an HTTP lookup connector and join its table FOR SYSTEM_TIME AS OF',
      zh: '在 Java 中使用 AsyncDataStream，其顺序、容量、超时和重试与此相同；或安装 HTTP 查找连接器，并用 FOR SYSTEM_TIME AS OF 连接其表',
    }),
  );
}
