/** Flink SQL has no place for a sink that is code. */
import type { Unsupported } from '../../../spec/contributions/unsupported.ts';
import { unsupported } from '../../../spec/contributions/unsupported.ts';
import { text } from '../../../spec/text.ts';

export function customSinkFlink(): Unsupported {
  return unsupported(
    text({
      en: 'TypeScript runs on this engine only; Flink SQL writes to tables of connectors',
      zh: 'TypeScript 只能在本引擎运行；Flink SQL 只写入连接器的表',
    }),
    text({
      en: 'write it as a FileSink with an Encoder in Java, or make the text with a Select node and write files',
      zh: '用 Java 写成带 Encoder 的 FileSink，或用“选择列”生成文本后写文件',
    }),
  );
}
