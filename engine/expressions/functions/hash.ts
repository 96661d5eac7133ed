/** Digests of strings (their UTF-8 bytes) and of bytes, in lower-case hexadecimal. */
import { charType, varcharType } from '../../types/make-type.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import type { FunctionDefinition } from './define-function.ts';
import { utf8Of } from './support/code-points.ts';
import { md5Hex } from './support/md5.ts';
import { bytesOf, integerOf } from './support/read-value.ts';
import { sha1Hex, sha224Hex, sha256Hex } from './support/sha-32.ts';
import { sha384Hex, sha512Hex } from './support/sha-64.ts';
import { simpleFunction } from './support/signature.ts';

type Digest = (bytes: Uint8Array) => string;

function messageOf(value: Value): Uint8Array {
  return typeof value === 'string' ? utf8Of(value) : bytesOf(value);
}

function digestFunction(name: string, digits: number, digest: Digest, spark: string | null): FunctionDefinition {
  return simpleFunction({
    name,
    family: 'hash',
    forms: [['character or binary']],
    type: charType(digits),
    spark,
    help: {
      signatures: [`${name}(string)`],
      summary: {
        en: `The ${name} digest of the string as ${digits} hexadecimal digits.`,
        zh: `字符串的 ${name} 摘要，以 ${digits} 位十六进制数字表示。`,
      },
    },
    create: () => (value) => digest(messageOf(value)),
  });
}

const DIGESTS_BY_LENGTH: ReadonlyMap<number, Digest> = new Map([
  [224, sha224Hex],
  [256, sha256Hex],
  [384, sha384Hex],
  [512, sha512Hex],
]);

const sha2 = simpleFunction({
  name: 'SHA2',
  family: 'hash',
  forms: [['character or binary', 'integer']],
  type: varcharType(128),
  help: {
    signatures: ['SHA2(string, bits)'],
    summary: {
      en: 'The SHA-2 digest of the string with 224, 256, 384 or 512 bits, in hexadecimal.',
      zh: '字符串的 SHA-2 摘要（224、256、384 或 512 位），以十六进制表示。',
    },
  },
  create: () => (value, bits) => {
    const digest = DIGESTS_BY_LENGTH.get(integerOf(bits));
    if (digest === undefined) throw new EvaluationError('MR3003', `SHA2 has no digest of ${bits} bits; use 224, 256, 384 or 512`);
    return digest(messageOf(value));
  },
});

export const hashFunctions: readonly FunctionDefinition[] = [
  digestFunction('MD5', 32, md5Hex, 'MD5'),
  digestFunction('SHA1', 40, sha1Hex, 'SHA1'),
  digestFunction('SHA224', 56, sha224Hex, null),
  digestFunction('SHA256', 64, sha256Hex, null),
  digestFunction('SHA384', 96, sha384Hex, null),
  digestFunction('SHA512', 128, sha512Hex, null),
  sha2,
];
