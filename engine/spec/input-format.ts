/** Fields that every node reading or writing lines of text has in common: format, times, CSV dialect, bad lines, pace. */
import { choiceField, numberField, textField, toggleField, when } from './fields.ts';
import { sameText, text } from './text.ts';

export const FORMAT_SECTION = text({ en: 'Format', zh: '格式' });
export const BAD_LINES_SECTION = text({ en: 'Bad lines', zh: '坏行' });
export const PACE_SECTION = text({ en: 'Pace', zh: '速率' });
export const TIME_SECTION = text({ en: 'Event time', zh: '事件时间' });

export const formatField = choiceField({
  label: text({ en: 'Format', zh: '格式' }),
  options: [
    {
      value: 'ndjson',
      label: text({ en: 'JSON lines', zh: 'JSON 行' }),
      help: text({ en: 'One JSON object per line.', zh: '每行一个 JSON 对象。' }),
    },
    { value: 'csv', label: sameText('CSV') },
  ],
});

export const timestampFormatField = choiceField({
  label: text({ en: 'Timestamps look like', zh: '时间戳写法' }),
  help: text({ en: 'How TIMESTAMP values are written in JSON text.', zh: 'JSON 文本中 TIMESTAMP 值的写法。' }),
  options: [
    { value: 'sql', label: sameText('2026-11-18 09:30:00.123') },
    { value: 'iso-8601', label: sameText('2026-11-18T09:30:00.123') },
  ],
  section: FORMAT_SECTION,
  visibleWhen: when('format', 'ndjson'),
});

export const delimiterField = textField({
  label: text({ en: 'Separator', zh: '分隔符' }),
  help: text({ en: 'One character between fields; \\t is a tab.', zh: '字段之间的一个字符；\\t 表示制表符。' }),
  default: ',',
  pattern: '\\\\t|[^\\r\\n"]',
  patternHelp: text({ en: 'one character other than a quote or a line end, or \\t', zh: '一个字符（引号和换行除外），或 \\t' }),
  section: FORMAT_SECTION,
  visibleWhen: when('format', 'csv'),
});

export const headerField = toggleField({
  label: text({ en: 'First line holds the column names', zh: '首行为列名' }),
  default: true,
  section: FORMAT_SECTION,
  visibleWhen: when('format', 'csv'),
});

export const nullTextField = textField({
  label: text({ en: 'Text that means NULL', zh: '表示 NULL 的文本' }),
  whenEmpty: text({ en: 'an empty field', zh: '空字段' }),
  help: text({
    en: 'A field that is exactly this text is NULL. Left empty: an empty field is NULL.',
    zh: '与此文本完全相同的字段为 NULL。留空时，空字段为 NULL。',
  }),
  default: '',
  emptyAllowed: true,
  lengthMax: 64,
  section: FORMAT_SECTION,
  visibleWhen: when('format', 'csv'),
});

export const badLinesField = choiceField({
  label: text({ en: 'Lines that cannot be read', zh: '无法读取的行' }),
  options: [
    {
      value: 'fail',
      label: text({ en: 'Fail', zh: '失败' }),
      help: text({ en: 'The run fails and names file, line and offset.', zh: '运行失败，并指出文件、行号和偏移。' }),
    },
    { value: 'skip', label: text({ en: 'Skip and count', zh: '跳过并计数' }) },
    {
      value: 'dead-letter',
      label: text({ en: 'Bad lines port', zh: '坏行端口' }),
      help: text({ en: 'Each leaves by a port of its own, with the reason.', zh: '每行连同原因从单独的端口输出。' }),
    },
  ],
  section: BAD_LINES_SECTION,
});

export const lineBytesMaxField = numberField({
  label: text({ en: 'Longest line', zh: '最长的行' }),
  help: text({ en: 'A longer line counts as one that cannot be read.', zh: '超过此长度的行视为无法读取。' }),
  integer: true,
  minimum: 64,
  maximum: 256 * 1024 * 1024,
  default: 16 * 1024 * 1024,
  unit: text({ en: 'bytes', zh: '字节' }),
  advanced: true,
  section: BAD_LINES_SECTION,
});

export const rowsPerSecondField = numberField({
  label: text({ en: 'Rows per second at most', zh: '每秒最多行数' }),
  whenEmpty: text({ en: 'no limit', zh: '不限' }),
  help: text({ en: 'Left empty: as fast as it goes.', zh: '留空：尽可能快。' }),
  minimum: 0.001,
  maximum: 100000000,
  optional: true,
  unit: text({ en: 'rows/s', zh: '行/秒' }),
  section: PACE_SECTION,
});
