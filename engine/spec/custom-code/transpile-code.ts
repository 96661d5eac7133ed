/**
 * TypeScript that a person wrote → JavaScript for the engine. Types are only taken away, never checked: the editor does that. What is
 * wrong with the syntax is told with its place, by the same code in the page and before a run.
 */
import { transform } from 'sucrase';

/** Both count from 1. */
export interface CodePosition {
  readonly line: number;
  readonly column: number;
}

export interface TranspiledCode {
  readonly javaScript: string;
  /** Where a place of the JavaScript stands in the TypeScript. */
  originalOf(position: CodePosition): CodePosition;
}

export interface CodeFault extends CodePosition {
  readonly message: string;
}

export type Transpiled = { readonly code: TranspiledCode } | { readonly fault: CodeFault };

/** Columns of one line: in the JavaScript, and where that is in the TypeScript. */
type Segment = readonly [generated: number, line: number, column: number];

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function transpileCode(source: string): Transpiled {
  try {
    const { code, sourceMap } = transform(source, {
      transforms: ['typescript'],
      disableESTransforms: true,
      filePath: 'code.ts',
      sourceMapOptions: { compiledFilename: 'code.js' },
    });
    const lines = sourceMap === undefined ? [] : readMappings(sourceMap.mappings);
    return { code: { javaScript: code, originalOf: (position) => originalOf(lines, position) } };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

function originalOf(lines: readonly (readonly Segment[])[], { line, column }: CodePosition): CodePosition {
  let found: Segment | undefined;
  for (const segment of lines[line - 1] ?? []) if (segment[0] <= column - 1) found = segment;
  return found === undefined ? { line, column } : { line: found[1] + 1, column: found[2] + 1 + (column - 1 - found[0]) };
}

/** The `mappings` of a source map: base-64 numbers, each relative to the one before it. */
function readMappings(mappings: string): Segment[][] {
  let line = 0;
  let column = 0;
  return mappings.split(';').map((text) => {
    let generated = 0;
    return text
      .split(',')
      .filter((part) => part !== '')
      .map((part): Segment => {
        const [toGenerated, , toLine, toColumn] = readNumbers(part);
        generated += toGenerated;
        line += toLine ?? 0;
        column += toColumn ?? 0;
        return [generated, line, column];
      });
  });
}

function readNumbers(text: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of text) {
    const digit = BASE64.indexOf(character);
    value |= (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    numbers.push((value & 1) === 1 ? -(value >>> 1) : value >>> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}

function faultOf(error: unknown): CodeFault {
  const message = error instanceof Error ? error.message : String(error);
  const { loc } = error as { readonly loc?: CodePosition };
  const words = message.replace(/^Error transforming [^:]*: /, '').replace(/ \(\d+:\d+\)$/, '');
  return { line: loc?.line ?? 1, column: loc?.column ?? 1, message: words };
}
