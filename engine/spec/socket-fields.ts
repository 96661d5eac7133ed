/** Fields that source and sink over TCP have in common. */
import { durationField, numberField, textField } from './fields.ts';
import { text } from './text.ts';

export const hostField = textField({ label: text({ en: 'Host', zh: '主机' }), default: '127.0.0.1', lengthMax: 253 });

export const portField = numberField({ label: text({ en: 'Port', zh: '端口' }), integer: true, minimum: 1, maximum: 65535, default: 9999 });

export const reconnectDelayField = durationField({
  label: text({ en: 'Try again after', zh: '重试间隔' }),
  minimumMs: 10,
  default: '1 s',
  advanced: true,
});

export const reconnectAttemptsField = numberField({
  label: text({ en: 'Attempts in a row at most', zh: '连续尝试次数上限' }),
  integer: true,
  minimum: 1,
  maximum: 1000000,
  default: 10,
  unit: text({ en: 'times', zh: '次' }),
  advanced: true,
});
