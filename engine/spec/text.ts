/** Words for people, always in both languages. */

export type Language = 'en' | 'zh';

export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** Marks a pair of sentences; exists so that a search for `text(` finds every string of the definitions. */
export function text(words: Text): Text {
  return words;
}

/** The same words in both languages, for names that are not translated (SQL, CSV, a column). */
export function sameText(words: string): Text {
  return { en: words, zh: words };
}

/** Replaces `{name}` in both languages by the parameter of that name. */
export function fillText(words: Text, parameters: Readonly<Record<string, string | number>>): Text {
  return { en: fill(words.en, parameters), zh: fill(words.zh, parameters) };
}

function fill(sentence: string, parameters: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(parameters, name) ? String(parameters[name]) : placeholder,
  );
}
