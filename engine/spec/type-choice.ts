/** The simple types that a text can be read as, for fields that offer them. */
import { text } from './text.ts';

export const TEXT_TYPES = [
  { value: 'STRING', label: text({ en: 'Text', zh: '文本' }) },
  { value: 'INT', label: text({ en: 'Whole number (INT)', zh: '整数（INT）' }) },
  { value: 'BIGINT', label: text({ en: 'Whole number (BIGINT)', zh: '整数（BIGINT）' }) },
  { value: 'DOUBLE', label: text({ en: 'Number (DOUBLE)', zh: '数字（DOUBLE）' }) },
  { value: 'BOOLEAN', label: text({ en: 'True or false', zh: '布尔' }) },
  { value: 'DATE', label: text({ en: 'Date', zh: '日期' }) },
  { value: 'TIMESTAMP(3)', label: text({ en: 'Timestamp', zh: '时间戳' }) },
] as const;
