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

/** What fills a placeholder; a Text takes the words of the sentence's language. */
export type TextParameters = Readonly<Record<string, string | number | Text>>;

/** Replaces `{name}` in both languages by the parameter of that name. */
export function fillText(words: Text, parameters: TextParameters): Text {
  return { en: fill(words.en, parameters, 'en'), zh: fill(words.zh, parameters, 'zh') };
}

function fill(sentence: string, parameters: TextParameters, language: Language): string {
  return sentence.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    if (!Object.hasOwn(parameters, name)) return placeholder;
    const value = parameters[name];
    return typeof value === 'object' ? value[language] : String(value);
  });
}
