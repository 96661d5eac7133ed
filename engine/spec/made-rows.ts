/** Fields that sources which make up their rows have in common: the seed, and time that advances with the rows. */
import { numberField, textField } from './fields.ts';
import { TIME_SECTION } from './input-format.ts';
import { sameText, text } from './text.ts';

export const seedField = numberField({
  label: text({ en: 'Seed', zh: '种子' }),
  integer: true,
  minimum: 0,
  maximum: 4294967295,
  default: 1,
});

export const startTimeField = textField({
  label: text({ en: 'Time of the first row', zh: '首行的时间' }),
  default: '2026-01-01T00:00:00',
  pattern: '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}',
  patternHelp: sameText('2026-01-01T00:00:00'),
  section: TIME_SECTION,
});

export const lateShareField = numberField({
  label: text({ en: 'Share of late rows, 0 to 1', zh: '迟到行的比例（0 到 1）' }),
  minimum: 0,
  maximum: 1,
  default: 0,
  section: TIME_SECTION,
  advanced: true,
});
