/**
 * `npm run package [-- --target dir|tar.gz|AppImage|zip …] [--compression store]`: the desktop application for this platform
 * below dist/packages; without a target all that this platform has. Bundles hold every dependency, so the application is
 * staged without node_modules. Works without the internet where the tools are at hand: see tools().
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildTargets, ROOT } from './build.mjs';

const STAGE = path.join(ROOT, 'dist/stage');
const PACKAGES = path.join(ROOT, 'dist/packages');
const TOOLS = path.join(ROOT, 'dist/tools');
const DEFAULT_TARGETS = { linux: ['dir', 'tar.gz', 'AppImage'], darwin: ['dir', 'zip', 'dmg'], win32: ['dir', 'zip', 'nsis'] };
/** In the order of Electron's fuse wire: what the program can be made to do from outside. Older runtimes know fewer of them. */
const FUSES = [
  ['runAsNode', false],
  // Millrace sets no cookies; turned on, the key store of the system would be asked for at every start.
  ['enableCookieEncryption', false],
  ['enableNodeOptionsEnvironmentVariable', false],
  ['enableNodeCliInspectArguments', false],
  ['enableEmbeddedAsarIntegrityValidation', true],
  ['onlyLoadAppFromAsar', true],
  ['loadBrowserProcessSpecificV8Snapshot', false],
  ['grantFileProtocolExtraPrivileges', false],
];
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

const { values } = parseArgs({
  options: { target: { type: 'string', multiple: true }, compression: { type: 'string', default: 'normal' } },
});
const targets = values.target ?? DEFAULT_TARGETS[process.platform] ?? ['dir'];

await buildTargets(['engine', 'renderer', 'electron'], (line) => console.log(line));
stage();
tools();
const failures = [];
let unpacked = null;
for (const target of targets) await make(target);
for (const { target, reason } of failures) console.error(`NOT BUILT: ${target}: ${reason}`);
process.exit(failures.length > 0 ? 1 : 0);

async function make(target) {
  const startedAt = performance.now();
  try {
    const { build, Platform } = await import('electron-builder');
    const platform = { linux: Platform.LINUX, darwin: Platform.MAC, win32: Platform.WINDOWS }[process.platform];
    const results = await build({
      projectDir: STAGE,
      targets: platform.createTarget(target),
      publish: 'never',
      // What was unpacked first goes into every archive, so that all of them hold the same program.
      ...(unpacked === null || target === 'dir' ? {} : { prepackaged: unpacked }),
      config: configuration(),
    });
    if (process.platform === 'linux') unpacked = path.join(PACKAGES, 'linux-unpacked');
    const made = results.length > 0 ? results : [unpacked ?? PACKAGES];
    for (const file of made)
      console.log(`${target}: ${path.relative(ROOT, file)}${sizeOf(file)} in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  } catch (error) {
    failures.push({ target, reason: error instanceof Error ? error.message.split('\n')[0] : String(error) });
  }
}

function sizeOf(file) {
  const found = statSync(file);
  return found.isFile() ? `, ${(found.size / 1e6).toFixed(0)} MB` : '';
}

function stage() {
  rmSync(STAGE, { recursive: true, force: true });
  mkdirSync(STAGE, { recursive: true });
  for (const folder of ['build/engine', 'build/electron', 'build/renderer', 'templates']) {
    if (existsSync(path.join(ROOT, folder))) cpSync(path.join(ROOT, folder), path.join(STAGE, folder), { recursive: true });
  }
  cpSync(path.join(ROOT, 'LICENSE'), path.join(STAGE, 'LICENSE'));
  mkdirSync(path.join(STAGE, 'resources'));
  cpSync(path.join(ROOT, 'electron/icon.png'), path.join(STAGE, 'resources/icon.png'));
  const { name, version, description, license, main } = readManifest(ROOT);
  writeFileSync(
    path.join(STAGE, 'package.json'),
    JSON.stringify({ name, version, description, license, main, author: 'Millrace' }, null, 2),
  );
}

/**
 * electron-builder fetches its tools unless it is told where they are. Those of the system are used where they are
 * installed: 7za for archives; mksquashfs and desktop-file-validate for an AppImage, which also begins with a small runtime
 * that no system package has: MILLRACE_APPIMAGE_RUNTIME names one, or any AppImage, whose own is taken.
 */
function tools() {
  const archiver = findProgram('7za');
  if (process.env.ELECTRON_BUILDER_7ZIP_PATH === undefined && archiver !== null) process.env.ELECTRON_BUILDER_7ZIP_PATH = archiver;
  const runtime = process.env.MILLRACE_APPIMAGE_RUNTIME;
  const programs = ['mksquashfs', 'desktop-file-validate'].map((name) => [name, findProgram(name)]);
  if (process.env.APPIMAGE_TOOLS_PATH !== undefined || runtime === undefined || programs.some(([, found]) => found === null)) return;
  rmSync(TOOLS, { recursive: true, force: true });
  mkdirSync(path.join(TOOLS, `linux-${process.arch}`), { recursive: true });
  mkdirSync(path.join(TOOLS, 'lib', process.arch), { recursive: true });
  for (const [name, found] of programs) symlinkSync(found, path.join(TOOLS, `linux-${process.arch}`, name));
  const image = readFileSync(runtime);
  writeFileSync(path.join(TOOLS, `runtime-${process.arch}`), image.subarray(0, elfSize(image)), { mode: 0o755 });
  process.env.APPIMAGE_TOOLS_PATH = TOOLS;
}

/** Where a 64-bit ELF program ends: behind its table of sections; what follows in an AppImage is the file system. */
function elfSize(image) {
  return Number(image.readBigUInt64LE(0x28)) + image.readUInt16LE(0x3a) * image.readUInt16LE(0x3c);
}

function findProgram(name) {
  const folder = (process.env.PATH ?? '').split(path.delimiter).find((candidate) => existsSync(path.join(candidate, name)));
  return folder === undefined ? null : path.join(folder, name);
}

function configuration() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  return {
    appId: 'dev.millrace.desktop',
    productName: 'Millrace',
    directories: { output: PACKAGES, buildResources: 'resources' },
    electronVersion: versionOf(dist) ?? readManifest(ROOT).devDependencies.electron,
    ...(dist === undefined ? {} : { electronDist: dist }),
    electronFuses: Object.fromEntries(FUSES.slice(0, fusesIn(dist))),
    npmRebuild: false,
    compression: values.compression,
    asar: true,
    // Threads and the engine process are started from files, and templates are copied from: these stay plain files.
    asarUnpack: ['build/engine/**', 'templates/**'],
    files: ['**/*', '!**/*.map'],
    // Only app.asar is ever started; the runtime's own start page has no use beside it.
    afterPack: ({ appOutDir }) => rmSync(path.join(appOutDir, 'resources/default_app.asar'), { force: true }),
    // Offered for JSON files, not made their program.
    linux: {
      category: 'Development',
      executableName: 'millrace',
      mimeTypes: ['application/json'],
      synopsis: 'Draw, run and export streaming pipelines',
    },
    mac: { category: 'public.app-category.developer-tools' },
  };
}

function versionOf(dist) {
  const file = dist === undefined ? null : path.join(dist, 'version');
  return file !== null && existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : null;
}

/** Length of the runtime's fuse wire; a fuse beyond it cannot be set. A downloaded runtime is a current one and has all. */
function fusesIn(dist) {
  const executable = dist === undefined ? null : path.join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron');
  if (executable === null || !existsSync(executable)) return FUSES.length;
  const program = readFileSync(executable);
  const at = program.indexOf(FUSE_SENTINEL);
  return at < 0 ? FUSES.length : program[at + FUSE_SENTINEL.length + 1];
}

function readManifest(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}
