/** Flink SQL has no place for a source that is code. */
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';

export function customSourceFlink(): Unsupported {
  return unsupported(
    text({
      en: 'TypeScript runs on this engine only; Flink SQL reads tables of connectors',
      zh: 'TypeScript 只能在本引擎运行；Flink SQL 只读取连接器的表',
    }),
    text({
      en: 'write it as a Source in Java (its reader’s splits are the splits here, their state is the position), or read files that it has written',
      zh: '用 Java 写成 Source（其读取器的分片即此处的分片，分片状态即位置），或读取它写出的文件',
    }),
  );
}
