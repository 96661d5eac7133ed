/** A problem's sentence with the names in it set apart: what was filled in stands out from what is always said. */
import type { Problem } from '../../engine/spec/problem.ts';
import type { Language } from '../../engine/spec/text.ts';

export interface SentencePart {
  readonly text: string;
  readonly name: boolean;
}

const NAME_LENGTH_MAX = 60;

/** Quotation marks around a name go: bold type says the same. */
export function sentenceParts(problem: Problem, language: Language): readonly SentencePart[] {
  const sentence = problem.text[language];
  const parts: SentencePart[] = [];
  let at = 0;
  for (const { start, end, inner } of namePlaces(sentence, namesOf(problem, language))) {
    if (start < at) continue;
    if (start > at) parts.push({ text: sentence.slice(at, start), name: false });
    parts.push({ text: inner, name: true });
    at = end;
  }
  if (at < sentence.length) parts.push({ text: sentence.slice(at), name: false });
  return parts;
}

function namesOf(problem: Problem, language: Language): readonly string[] {
  return (
    Object.entries(problem.parameters)
      // What somebody else says of it is a sentence of its own.
      .filter(([parameter]) => parameter !== 'reason')
      .map(([, value]) => (typeof value === 'object' ? value[language] : String(value)))
      // A list of what there is would shout.
      .filter((name) => name.length > 1 && name.length <= NAME_LENGTH_MAX && !name.includes(', '))
      .sort((a, b) => b.length - a.length)
  );
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly inner: string;
}

function namePlaces(sentence: string, names: readonly string[]): readonly Place[] {
  const places: Place[] = [];
  for (const name of names) {
    const start = sentence.indexOf(name);
    if (start < 0) continue;
    const quoted = /["“]/.test(sentence[start - 1] ?? '') && /["”]/.test(sentence[start + name.length] ?? '');
    const place = quoted
      ? { start: start - 1, end: start + name.length + 1, inner: name }
      : { start, end: start + name.length, inner: name };
    if (places.every((other) => place.end <= other.start || place.start >= other.end)) places.push(place);
  }
  return places.sort((a, b) => a.start - b.start);
}
