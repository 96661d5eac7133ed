/** Why two ports do not fit, in both languages, from the strings' catalogue. */
import type { Text } from '../../engine/spec/text.ts';
import type { ConnectionReasons } from '../document/connections.ts';
import { en } from '../strings/en.ts';
import { zh } from '../strings/zh.ts';

function reason(key: keyof typeof en.reason): Text {
  return { en: en.reason[key], zh: zh.reason[key] };
}

export const connectionReasons: ConnectionReasons = {
  same: reason('same'),
  taken: reason('taken'),
  cycle: reason('cycle'),
  notInput: reason('notInput'),
  needsAppend: reason('needsAppend'),
  needsWatermark: reason('needsWatermark'),
};
