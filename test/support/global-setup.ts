/** Builds the engine's bundles once before unit tests, because worker threads and child processes run the built form. */
interface BuildModule {
  buildTargets(names: readonly string[]): Promise<void>;
}

/** A build that fails is told but not fatal: tests of modules need no bundle, and `npm test` builds by itself first. */
export default async function setup(): Promise<void> {
  const location = new URL('../../scripts/build.mjs', import.meta.url).href;
  const build: BuildModule = await import(location);
  try {
    await build.buildTargets(['engine']);
  } catch (error) {
    console.error('the engine does not build; tests that start processes use the last build:', error);
  }
}
