/** Fields that every sink of part files has in common: where they go, what they are called, when a new one begins. */
import { durationField, numberField, pathField, textField } from './fields.ts';
import { text } from './text.ts';

export const FILES_SECTION = text({ en: 'Part files', zh: '分片文件' });

export const outputPathField = pathField({
  label: text({ en: 'Folder', zh: '文件夹' }),
  help: text({
    en: 'Part files appear here, each complete and exactly once. A path that ends like a file (result.ndjson, result.csv) becomes that one file when the input has ended. Relative paths start at the pipeline’s folder.',
    zh: '分片文件出现在此处，每个都完整且只出现一次。以文件名结尾的路径（result.ndjson、result.csv）在输入结束时成为该单个文件。相对路径从管道所在目录开始。',
  }),
  access: 'write',
  placeholder: 'out',
  directory: true,
});

export const partPrefixField = textField({
  label: text({ en: 'File names begin with', zh: '文件名前缀' }),
  default: 'part',
  lengthMax: 64,
  pattern: '[A-Za-z0-9][A-Za-z0-9_.-]*',
  patternHelp: text({ en: 'letters, digits, dot, dash and underscore', zh: '字母、数字、点、短横线和下划线' }),
  section: FILES_SECTION,
});

export const rollMegabytesField = numberField({
  label: text({ en: 'New file after', zh: '新文件大小' }),
  minimum: 0.001,
  maximum: 1000000,
  default: 128,
  unit: text({ en: 'MB', zh: 'MB' }),
  section: FILES_SECTION,
  advanced: true,
});

export const rollIntervalField = durationField({
  label: text({ en: 'New file every', zh: '新文件间隔' }),
  help: text({
    en: 'A file becomes visible with the first checkpoint after it was closed.',
    zh: '文件关闭后的首个检查点完成时，文件变为可见。',
  }),
  minimumMs: 100,
  default: '1 min',
  section: FILES_SECTION,
  advanced: true,
});
