/** Builds the engine's bundles once before unit tests, because worker threads and child processes run the built form. */
import { buildTargets } from './build.ts';

/** A build that fails is told but not fatal: tests of modules need no bundle, and `npm test` builds by itself first. */
export default async function setup(): Promise<void> {
  try {
    await buildTargets('engine');
  } catch (error) {
    console.error('the engine does not build; tests that start processes use the last build:', error);
  }
}
