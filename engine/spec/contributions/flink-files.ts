/** Options of Flink's filesystem tables: what a file source and a file sink spell the same way. */

import type { Text } from '../text.ts';
import { text } from '../text.ts';

export interface LineFormat {
  readonly format: 'ndjson' | 'csv';
  readonly timestampFormat: 'sql' | 'iso-8601';
  readonly delimiter: string;
  readonly nullText: string;
}

export function formatOptions(format: LineFormat): { readonly [key: string]: string } {
  if (format.format === 'ndjson') {
    return { format: 'json', 'json.timestamp-format.standard': format.timestampFormat === 'sql' ? 'SQL' : 'ISO-8601' };
  }
  return { format: 'csv', 'csv.field-delimiter': format.delimiter, 'csv.null-literal': format.nullText };
}

export const HEADER_NOTE: Text = text({
  en: 'Flink’s CSV format cannot skip a header line: the script reads every column as text, leaves the header out and casts the rest',
  zh: 'Flink 的 CSV 格式不能跳过表头行：脚本把每列作为文本读取，去除表头后再转换类型',
});
