/**
 * `npm run package [-- --target dir|tar.gz|zip]`: a desktop application for this platform below dist/. Bundles hold every
 * dependency, so the application is staged without node_modules. Uses the runtime of ELECTRON_OVERRIDE_DIST_PATH if set.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildTargets, ROOT } from './build.mjs';

const STAGE = path.join(ROOT, 'dist/stage');
const { values } = parseArgs({ options: { target: { type: 'string', default: 'dir' } } });

await buildTargets(['engine', 'renderer', 'electron'], (line) => console.log(line));
stage();
const { build, Platform } = await import('electron-builder');
const platform = { linux: Platform.LINUX, darwin: Platform.MAC, win32: Platform.WINDOWS }[process.platform];
const results = await build({
  projectDir: STAGE,
  targets: platform.createTarget(values.target),
  publish: 'never',
  config: configuration(),
});
console.log(results.length > 0 ? results.join('\n') : path.join(ROOT, 'dist', 'packages'));

function stage() {
  rmSync(STAGE, { recursive: true, force: true });
  mkdirSync(STAGE, { recursive: true });
  for (const folder of ['build/engine', 'build/electron', 'build/renderer', 'templates']) {
    if (existsSync(path.join(ROOT, folder))) cpSync(path.join(ROOT, folder), path.join(STAGE, folder), { recursive: true });
  }
  cpSync(path.join(ROOT, 'LICENSE'), path.join(STAGE, 'LICENSE'));
  const { name, version, description, license, main } = readManifest(ROOT);
  writeFileSync(
    path.join(STAGE, 'package.json'),
    JSON.stringify({ name, version, description, license, main, author: 'Millrace' }, null, 2),
  );
}

function configuration() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const versionFile = dist === undefined ? null : path.join(dist, 'version');
  const electronVersion =
    versionFile !== null && existsSync(versionFile)
      ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
      : readManifest(ROOT).devDependencies.electron;
  return {
    appId: 'dev.millrace.desktop',
    productName: 'Millrace',
    // Its default, `build`, would be left out of the application.
    directories: { output: path.join(ROOT, 'dist/packages'), buildResources: 'resources' },
    electronVersion,
    ...(dist === undefined ? {} : { electronDist: dist }),
    npmRebuild: false,
    asar: true,
    // Threads and the engine process are started from files, and templates are copied from: these stay plain files.
    asarUnpack: ['build/engine/**', 'templates/**'],
    files: ['**/*', '!**/*.map'],
    linux: { category: 'Development' },
  };
}

function readManifest(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}
