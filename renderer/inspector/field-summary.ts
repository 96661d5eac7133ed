/** What a closed section says in one line: its values as people say them. */
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import { formatDuration, parseDuration } from '../../engine/spec/duration.ts';
import type { AnyField } from '../../engine/spec/fields.ts';
import type { Language, Text } from '../../engine/spec/text.ts';
import { textOf, valueIn } from './widget.ts';

export interface SummaryWords {
  readonly off: string;
  readonly count: (count: number) => string;
}

const SHOWN_MAX = 3;
const TEXT_MAX = 18;

export function summarize(
  fields: readonly (readonly [string, AnyField])[],
  config: JsonObject,
  language: Language,
  words: SummaryWords,
): string {
  const parts = fields.flatMap(([name, field]) => {
    const said = say(field, valueIn(config, name, field), language, words);
    return said === null ? [] : [said];
  });
  const on = parts.filter((part) => part !== words.off);
  return (on.length === 0 ? parts.slice(0, 1) : on.slice(0, SHOWN_MAX)).join(' · ');
}

/** Null: nothing worth a word. */
function say(field: AnyField, value: JsonValue | undefined, language: Language, words: SummaryWords): string | null {
  if (value === undefined || value === null || value === '') return null;
  switch (field.kind) {
    case 'toggle':
      return value === true ? field.label[language] : words.off;
    case 'choice':
      return field.options.find((option) => option.value === value)?.label[language] ?? textOf(value);
    case 'duration': {
      const ms = parseDuration(textOf(value));
      return ms === null ? textOf(value) : formatDuration(ms, language);
    }
    case 'number':
      return numberWithUnit(textOf(value), field.unit, language);
    case 'text':
    case 'type':
    case 'path':
    case 'column':
    case 'expression':
    case 'connection':
    case 'secret':
    case 'code':
      return shorten(textOf(value));
    default:
      return Array.isArray(value) ? (value.length === 0 ? null : words.count(value.length)) : null;
  }
}

function numberWithUnit(number: string, unit: Text | undefined, language: Language): string {
  return unit === undefined ? number : `${number} ${unit[language]}`;
}

function shorten(text: string): string {
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}
