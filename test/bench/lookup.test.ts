/** The bench of lookups runs. */
import { expect, it } from 'vitest';
import { measureLookups } from './lookup.ts';

it('lookups of a server', async () => {
  for (const { name, rowsPerSecond } of await measureLookups(200)) expect(rowsPerSecond, name).toBeGreaterThan(0);
});
