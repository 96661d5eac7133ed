/** What generated code needs of the engine to read columns into rows and to write rows into columns. */
import { KernelSupport } from '../../expressions/compile/kernel-support.ts';
import { printDecimal } from '../../expressions/decimal.ts';
import type { OperatorContext } from '../operator.ts';
import { countCharacters, parseDecimal, showValue } from './code-values.ts';

export function createCodeHost(context: OperatorContext) {
  const { arena, memory } = context;
  const support = new KernelSupport(memory, arena);
  return {
    memory,
    beat: () => context.noteCode?.(true),
    show: showValue,
    decode: (address: number, length: number) => support.decode(address, length),
    encode: (text: string) => support.encode(text),
    address: () => support.address,
    length: () => support.length,
    split: (nanos: bigint) => support.split(nanos),
    millis: () => support.millis,
    nanos: () => support.nanos,
    characters: countCharacters,
    printDecimal,
    parseDecimal,
  };
}
