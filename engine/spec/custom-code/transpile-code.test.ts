/** Types are taken away, places are found again. */
import { expect, test } from 'vitest';
import { transpileCode } from './transpile-code.ts';

test('a place of the JavaScript is found in the TypeScript', () => {
  const source = 'type A = number;\nfunction f(row: { readonly a: A }, b: Map<string, A>) { return (row as any).a + boom(b); }';
  const transpiled = transpileCode(source);
  if (!('code' in transpiled)) throw new Error(transpiled.fault.message);
  const { javaScript, originalOf } = transpiled.code;
  const line = javaScript.split('\n')[1];
  expect(line).not.toContain('any');
  expect(originalOf({ line: 2, column: line.indexOf('boom') + 1 })).toEqual({ line: 2, column: source.split('\n')[1].indexOf('boom') + 1 });
});

test.each([
  ['function f( {', 1],
  ['const a = 1;\nconst = 2;', 2],
  ['"open', 1],
])('%j is at fault in line %d', (source, line) => {
  expect(transpileCode(source)).toMatchObject({ fault: { line } });
});
