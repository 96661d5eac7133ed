/** `npm run bench [-- NAME …]`: file-to-file speed against real Flink, start, checkpoint pause, bytes per key, overlay cost. */
import { benchFileToFile } from './file-to-file.ts';

const BENCHMARKS: { readonly [name: string]: () => Promise<void> } = {
  'file-to-file': async () => benchFileToFile({ repetitions: 5, flink: true }),
  'file-to-file-quick': async () => benchFileToFile({ repetitions: 1, flink: false }),
};
/** Run when no name is given. */
const STANDARD = ['file-to-file'];

async function main(): Promise<void> {
  const named = process.argv.slice(2);
  for (const name of named.length > 0 ? named : STANDARD) {
    const benchmark = BENCHMARKS[name];
    if (benchmark === undefined) throw new Error(`there is no benchmark '${name}': ${Object.keys(BENCHMARKS).join(', ')}`);
    await benchmark();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
