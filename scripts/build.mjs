/** Builds what is stale: one CommonJS bundle per process with esbuild, the page with Vite. A stamp of the inputs' content makes a second call instant. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const BUILD = path.join(ROOT, 'build');
const STAMPS = path.join(BUILD, 'stamps');
/** The oldest Node that an Electron we test with carries. */
const ENGINE_TARGET = 'node16.17';

/** Bundle name → source; a bundle is one process or worker thread, and finds the others beside itself. */
const ENGINE_ENTRIES = {
  engine: 'engine/host/engine-process.ts',
  worker: 'engine/runtime/workers/worker-main.ts',
  'preview-worker': 'engine/runtime/preview/preview-worker-main.ts',
  'io-worker': 'engine/runtime/workers/io-worker-main.ts',
  host: 'engine/host/web-main.ts',
  cli: 'engine/host/cli-main.ts',
};
const ELECTRON_ENTRIES = { main: 'electron/main.ts', preload: 'electron/preload.ts' };

/** Folders and files whose content decides whether a target is stale. */
const TARGETS = {
  engine: { inputs: ['engine', 'scripts/build.mjs', 'package-lock.json'], build: (begin) => bundleAll(ENGINE_ENTRIES, 'engine', begin) },
  renderer: { inputs: ['renderer', 'engine', 'package-lock.json'], build: buildRenderer },
  electron: {
    inputs: ['electron', 'engine', 'scripts/build.mjs', 'package-lock.json'],
    build: (begin) => bundleAll(ELECTRON_ENTRIES, 'electron', begin),
  },
};

/**
 * Builds the named targets where their inputs changed; `report` gets one line per target that was built. While files are
 * being replaced there is no stamp: who copies them and finds the same stamp before and after has files of one build.
 */
export async function buildTargets(names, report = () => {}) {
  for (const name of names) {
    const stampFile = path.join(STAMPS, name);
    const stamp = hashInputs(TARGETS[name].inputs);
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) continue;
    const startedAt = performance.now();
    await TARGETS[name].build(() => rmSync(stampFile, { force: true }));
    mkdirSync(STAMPS, { recursive: true });
    writeFileSync(stampFile, stamp);
    report(`built ${name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
}

/** Bundles one TypeScript file of the repository to run it now (benchmarks, conformance); returns the bundle's path. */
export async function bundleScript(source) {
  const outputFile = path.join(BUILD, 'scripts', `${source.replace(/[\\/]/g, '-').replace(/\.ts$/, '')}.cjs`);
  replaceFiles(await bundle(source, outputFile));
  return outputFile;
}

/** Processes and threads speak with one another across bundles, so all are ready before the first is replaced; `begin` is called in between. */
async function bundleAll(entries, folder, begin) {
  const bundles = await Promise.all(
    Object.entries(entries)
      .filter(([, source]) => existsSync(path.join(ROOT, source)))
      .map(([name, source]) => bundle(source, path.join(BUILD, folder, `${name}.cjs`))),
  );
  begin();
  replaceFiles(bundles.flat());
}

/** Returns the bundle and its map, not written yet. */
async function bundle(source, outputFile) {
  const esbuild = await import('esbuild');
  const result = await esbuild.build({
    entryPoints: [path.join(ROOT, source)],
    absWorkingDir: ROOT,
    outfile: outputFile,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: ENGINE_TARGET,
    sourcemap: 'linked',
    external: ['electron', 'esbuild', 'vite', 'vitest', '@playwright/test', 'bufferutil', 'utf-8-validate'],
    loader: { '.md': 'text', '.svg': 'text' },
    define: { 'process.env.NODE_ENV': '"production"', __MILLRACE_VERSION__: JSON.stringify(packageVersion()) },
    logLevel: 'error',
  });
  return result.outputFiles;
}

/** Written beside first, then renamed one right after the other. */
function replaceFiles(files) {
  for (const file of files) {
    mkdirSync(path.dirname(file.path), { recursive: true });
    writeFileSync(temporaryOf(file), file.contents);
  }
  for (const file of files) renameSync(temporaryOf(file), file.path);
}

function temporaryOf(file) {
  return `${file.path}.${process.pid}.tmp`;
}

async function buildRenderer(begin) {
  if (!existsSync(path.join(ROOT, 'renderer/index.html'))) return;
  const { build } = await import('vite');
  const temporary = path.join(BUILD, `renderer.${process.pid}.tmp`);
  await build({
    configFile: path.join(ROOT, 'renderer/vite.config.ts'),
    mode: 'production',
    logLevel: 'error',
    build: { outDir: temporary, emptyOutDir: true },
  });
  begin();
  rmSync(path.join(BUILD, 'renderer'), { recursive: true, force: true });
  renameSync(temporary, path.join(BUILD, 'renderer'));
}

function packageVersion() {
  return JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).version;
}

function hashInputs(inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) hashPath(hash, input);
  return hash.digest('hex');
}

function hashPath(hash, relative) {
  const absolute = path.join(ROOT, relative);
  if (!existsSync(absolute)) return;
  const entries = readEntries(absolute);
  if (entries === null) {
    hash.update(`${relative}\0`).update(readFileSync(absolute)).update('\0');
    return;
  }
  for (const entry of entries) {
    if (!/\.(test|bench)\.tsx?$/.test(entry)) hashPath(hash, `${relative}/${entry}`);
  }
}

/** Sorted names of a folder, or null for a file. */
function readEntries(absolute) {
  try {
    return readdirSync(absolute).sort();
  } catch (error) {
    if (error.code === 'ENOTDIR') return null;
    throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = process.argv.slice(2);
  await buildTargets(named.length > 0 ? named : Object.keys(TARGETS), (line) => console.log(line));
}
