/** Files near the pipeline are named from its folder, files elsewhere by their whole path. */
import { expect, test } from 'vitest';
import { relativePath } from './relative-path.ts';

test.each([
  ['/home/ana/flows/pipeline.json', '/home/ana/flows/data/in.csv', 'data/in.csv'],
  ['/home/ana/flows/pipeline.json', '/home/ana/data/in.csv', '../data/in.csv'],
  ['/home/ana/flows/pipeline.json', '/var/data/in.csv', '/var/data/in.csv'],
  ['', '/var/data/in.csv', '/var/data/in.csv'],
])('from %s, %s is %s', (document, chosen, expected) => {
  expect(relativePath(document, chosen)).toBe(expected);
});
