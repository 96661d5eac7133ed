/** The digests against Node's, over lengths around every block boundary. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { md5Hex } from './support/md5.ts';
import { sha1Hex, sha224Hex, sha256Hex } from './support/sha-32.ts';
import { sha384Hex, sha512Hex } from './support/sha-64.ts';

const DIGESTS = { md5: md5Hex, sha1: sha1Hex, sha224: sha224Hex, sha256: sha256Hex, sha384: sha384Hex, sha512: sha512Hex };

test.each(Object.entries(DIGESTS))('%s equals the platform digest for every length to 300', (name, digest) => {
  const lengths = Array.from({ length: 301 }, (_, length) => length);
  const message = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 255);
  expect(lengths.map((length) => digest(message(length)))).toEqual(
    lengths.map((length) => createHash(name).update(message(length)).digest('hex')),
  );
});
