/** The host's half of the contract: files, drafts, preferences, templates and the engine's supervision, for browser and desktop alike. */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { coreCount } from '../runtime/core-count.ts';
import type { OpenedFile } from './contract.ts';
import type { EngineSupervisor } from './engine-supervisor.ts';
import type { EventHub } from './event-hub.ts';
import type { HostHandlers, Service } from './serve.ts';
import type { NamedRoot } from './services/allowed-roots.ts';
import { AllowedRoots } from './services/allowed-roots.ts';
import { addDataFile } from './services/data-files.ts';
import { Drafts } from './services/drafts.ts';
import { Files } from './services/files.ts';
import { Launches } from './services/launches.ts';
import { Preferences } from './services/preferences.ts';
import { RecentFiles } from './services/recent-files.ts';
import { preparePrivateDirectory } from './services/state-directory.ts';
import { Templates } from './services/templates.ts';
import { TrustedFiles, trustedFileOf } from './services/trusted-files.ts';

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
  /** The person chose this file or folder by a way that a page cannot take: it may be opened and written from now on. */
  allow(chosen: string): Promise<void>;
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
  const launches = new Launches(options.stateDirectory);
  const trusted = new TrustedFiles(trustedFileOf(options.stateDirectory));
  const now = (): number => Date.now();
  const drafts = new Drafts({ stateDirectory: options.stateDirectory, launch: launches.id, now });
  await drafts.prune();
  const recent = new RecentFiles(options.stateDirectory, drafts, now);
  const files = new Files(roots, drafts, (change) => events.publish('file.changed', change));
  const language = (): 'en' | 'zh' => (preferences.text('language') === 'zh' ? 'zh' : 'en');
  const noted = async (opened: OpenedFile): Promise<OpenedFile> => {
    await recent.note(opened.path, opened.text);
    return opened;
  };
  events.provideSnapshot('engine.state', () => [supervisor.current()]);
  const handlers: HostHandlers = {
    'app.info': () => ({
      version: options.version,
      platform: process.platform,
      electron: options.electron,
      templates: templates.list(),
      engine: supervisor.current(),
      crashed: launches.crashed,
      workers: coreCount(),
    }),
    'preferences.get': () => preferences.get(),
    'preferences.set': ({ patch }) => preferences.set(patch),
    'file.roots': () => files.listRoots(),
    'file.list': ({ path }) => files.list(path),
    'file.peek': ({ path }) => files.peek(path),
    'export.save': ({ path, content, encoding, replace }) => files.write(path, Buffer.from(content, encoding), replace),
    'template.list': () => templates.cards(),
    'file.open': async ({ path }) => noted(await files.open(path)),
    'file.addData': ({ pipelinePath, name, text }) => addDataFile(roots, pipelinePath, name, text),
    'file.save': async ({ path, text, expected }) => {
      const saved = await files.save(path, text, expected);
      await recent.note(path, text);
      return saved;
    },
    'recent.list': () => recent.list(),
    'recent.forget': ({ path }) => recent.forget(path),
    'draft.save': (draft) => drafts.save(draft),
    'draft.discard': ({ documentId, path }) => drafts.discard(documentId, path),
    'draft.putAside': ({ documentId, path }) => drafts.putAside(documentId, path),
    'draft.list': () => drafts.list(),
    'draft.read': ({ draftId }) => drafts.read(draftId),
    'draft.forget': ({ draftId }) => drafts.forget(draftId),
    'pipeline.trust': async ({ path }) => ({ trusted: await trusted.add(path) }),
    'launch.interruptedRuns': () => launches.interruptedRuns(),
    'template.open': async ({ name, language: wanted }) => noted(await files.open(await templates.materialise(name, wanted))),
    'engine.restart': () => killEngine(supervisor),
    'run.killEngine': () => killEngine(supervisor),
  };
  return {
    side: 'host',
    handlers,
    events,
    preferences,
    allow: (chosen) => roots.allow(chosen),
    openFreshTemplate: async (name) => files.open(await templates.materialise(name, language(), true)),
    close: () => {
      files.close();
      launches.close();
    },
  };
}

function killEngine(supervisor: EngineSupervisor): null {
  supervisor.kill();
  return null;
}
