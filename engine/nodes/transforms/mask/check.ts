/** What the fields of a mask node cannot see by themselves. */
import type { NodeInputs } from '../../../spec/define-node.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { isBinary, isConstructed } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { MaskConfig } from './node.ts';

const maskedTwice = defineProblem('MR2241', 'error', { en: '"{column}" is masked twice', zh: '“{column}”被脱敏了两次' });
const eventTimeMasked = defineProblem('MR2242', 'error', {
  en: '"{column}" carries event time; mask it behind the windows, or mask a copy of it',
  zh: '“{column}”是事件时间列；请在窗口之后脱敏，或对其副本脱敏',
});
const notText = defineProblem('MR2243', 'error', {
  en: '"{column}" is {type}, which has no text to mask; "replace" works for every type',
  zh: '“{column}”的类型是 {type}，没有可脱敏的文本；“替换”适用于所有类型',
});

export function checkMask(config: MaskConfig, inputs: NodeInputs): readonly Problem[] {
  const input = inputs.schema();
  const seen = new Set<string>();
  return config.masks.flatMap((entry, index) => {
    const field = input.fields.find((candidate) => candidate.name === entry.column);
    const twice = seen.has(entry.column);
    seen.add(entry.column);
    const place = { field: `masks[${index}].column` };
    if (twice) return [maskedTwice({ column: entry.column }, place)];
    if (field === undefined) return [];
    if (input.rowtime === entry.column) return [eventTimeMasked({ column: entry.column }, place)];
    const textless = isBinary(field.type) || isConstructed(field.type);
    return textless && entry.method !== 'redact' ? [notText({ column: entry.column, type: printType(field.type) }, place)] : [];
  });
}
