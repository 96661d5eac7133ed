/** The build, for tests that start the built product. */
interface BuildModule {
  buildTargets(names: readonly string[]): Promise<void>;
  bundleScript(source: string): Promise<string>;
}

/** A plain script without types: imported by address, so that the compiler does not look into it. */
const location = new URL('../../scripts/build.mjs', import.meta.url).href;

/** Builds what is stale of `engine`, `renderer` and `electron`. */
export async function buildTargets(...names: readonly string[]): Promise<void> {
  const build: BuildModule = await import(location);
  await build.buildTargets(names);
}

/** Bundles one program of the repository; returns the bundle's path. */
export async function bundleProgram(source: string): Promise<string> {
  const build: BuildModule = await import(location);
  return build.bundleScript(source);
}
