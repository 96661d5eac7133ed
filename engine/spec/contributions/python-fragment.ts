/** Python text that cannot be injected into: made by the `python` tag and the literal printers only. */
import { assert } from '../../base/assert.ts';

export class PythonFragment {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  static trusted(text: string): PythonFragment {
    return new PythonFragment(text);
  }
}

export function python(parts: TemplateStringsArray, ...holes: readonly PythonFragment[]): PythonFragment {
  return PythonFragment.trusted(parts.reduce((text, part, index) => text + (holes[index - 1]?.text ?? '') + part));
}

/** A Python string literal in printable ASCII. */
export function pythonString(value: string): PythonFragment {
  let text = '"';
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === '\\') text += `\\${character}`;
    else if (code >= 0x20 && code < 0x7f) text += character;
    else text += code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  }
  return PythonFragment.trusted(`${text}"`);
}

export function pythonNumber(value: number): PythonFragment {
  assert(Number.isFinite(value), 'a Python number is finite');
  return PythonFragment.trusted(String(value));
}

export function joinPython(fragments: readonly PythonFragment[], separator: ', ' | '\n'): PythonFragment {
  return PythonFragment.trusted(fragments.map((fragment) => fragment.text).join(separator));
}
