/** The host's half of the contract: files, drafts, preferences, templates and the engine's supervision, for browser and desktop alike. */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import type { OpenedFile } from './contract.ts';
import type { EngineSupervisor } from './engine-supervisor.ts';
import type { EventHub } from './event-hub.ts';
import type { HostHandlers, Service } from './serve.ts';
import type { NamedRoot } from './services/allowed-roots.ts';
import { AllowedRoots } from './services/allowed-roots.ts';
import { Drafts } from './services/drafts.ts';
import { Files } from './services/files.ts';
import { Preferences } from './services/preferences.ts';
import { preparePrivateDirectory } from './services/state-directory.ts';
import { Templates } from './services/templates.ts';

export interface HostOptions {
  readonly version: string;
  readonly electron: boolean;
  readonly stateDirectory: string;
  readonly templatesDirectory: string;
  /** Folders a page may open besides the home folder and the copies of templates. */
  readonly roots: readonly NamedRoot[];
}

export interface HostService extends Service {
  readonly preferences: Preferences;
  readonly events: EventHub;
  /** A working copy without the traces of earlier runs, to be run at once. */
  openFreshTemplate(name: string): Promise<OpenedFile>;
  close(): void;
}

export async function createHostService(options: HostOptions, supervisor: EngineSupervisor, events: EventHub): Promise<HostService> {
  preparePrivateDirectory(options.stateDirectory);
  const preferences = new Preferences(options.stateDirectory);
  const templates = new Templates(options.templatesDirectory, options.stateDirectory);
  mkdirSync(templates.copiesDirectory, { recursive: true });
  const roots = await AllowedRoots.create([
    ...options.roots,
    { name: 'Home', path: homedir() },
    { name: 'Templates', path: templates.copiesDirectory },
  ]);
  const drafts = new Drafts(options.stateDirectory);
  const files = new Files(roots, drafts, (change) => events.publish('file.changed', change));
  const language = (): 'en' | 'zh' => (preferences.text('language') === 'zh' ? 'zh' : 'en');
  events.provideSnapshot('engine.state', () => [supervisor.current()]);
  const handlers: HostHandlers = {
    'app.info': () => ({
      version: options.version,
      platform: process.platform,
      electron: options.electron,
      templates: templates.list(),
      engine: supervisor.current(),
    }),
    'preferences.get': () => preferences.get(),
    'preferences.set': ({ patch }) => preferences.set(patch),
    'file.roots': () => files.listRoots(),
    'file.list': ({ path }) => files.list(path),
    'file.open': ({ path }) => files.open(path),
    'file.peek': ({ path }) => files.peek(path),
    'file.save': ({ path, text, expected }) => files.save(path, text, expected),
    'export.save': ({ path, content, encoding, replace }) => files.write(path, Buffer.from(content, encoding), replace),
    'draft.save': ({ documentId, text }) => drafts.save(documentId, text),
    'draft.discard': ({ documentId }) => drafts.discard(documentId),
    'template.list': () => templates.cards(),
    'template.open': async ({ name, language: wanted }) => files.open(await templates.materialise(name, wanted)),
    'engine.restart': () => killEngine(supervisor),
    'run.killEngine': () => killEngine(supervisor),
  };
  return {
    side: 'host',
    handlers,
    events,
    preferences,
    openFreshTemplate: async (name) => files.open(await templates.materialise(name, language(), true)),
    close: () => files.close(),
  };
}

function killEngine(supervisor: EngineSupervisor): null {
  supervisor.kill();
  return null;
}
