/** The status bar: engine and run as they truly are; at the right what is kept, the language and the theme. */
import { CirclePause, Gauge, Moon, Save, Sun } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { formatDuration, parseDuration } from '../../engine/spec/duration.ts';
import { nodeLabel } from '../document/definitions.ts';
import { isUnsaved } from '../document/store.ts';
import { isLive } from '../runs/run-store.ts';
import { formatClock, formatCount } from '../strings/figures.ts';
import { currentLanguage, setLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { Menu } from '../ui/Menu.tsx';
import { Tip } from '../ui/Tip.tsx';
import { useDesigner, useStore } from './designer.ts';
import style from './frame.module.css';
import { useThemeShown } from './theme.ts';

export function StatusBar() {
  const { sessions } = useDesigner();
  const { t } = useTranslation();
  const editing = useStore(sessions, () => sessions.active().kind === 'pipeline');
  return (
    <footer className={style.status} data-region="status">
      <EngineState />
      {editing ? (
        <>
          <span className={style.statusRoomy}>{t('status.semantics')}</span>
          <RunFigures />
        </>
      ) : null}
      <span className={style.statusGap} />
      {editing ? (
        <>
          <Checkpointing />
          <SaveState />
          <Counts />
        </>
      ) : null}
      <LanguageSwitch />
      <ThemeSwitch />
    </footer>
  );
}

function Counts() {
  const { documents } = useDesigner();
  const { t } = useTranslation();
  const nodes = useStore(documents, (state) => state.document.nodes.length);
  const edges = useStore(documents, (state) => state.document.edges.length);
  const chains = useStore(documents, (state) => state.document.drawing.stacks?.length ?? 0);
  const groups = useStore(documents, (state) => state.document.drawing.groups?.length ?? 0);
  const words = [
    t('status.nodes', { count: nodes }),
    t('status.edges', { count: edges }),
    ...(chains > 0 ? [t('status.chains', { count: chains })] : []),
    ...(groups > 0 ? [t('status.groups', { count: groups })] : []),
  ];
  return (
    <span className={style.statusRoomy} data-counts="">
      {words.join(' · ')}
    </span>
  );
}

function EngineState() {
  const { runs, host, shell } = useDesigner();
  const { t } = useTranslation();
  const connection = useStore(runs, (state) => state.connection);
  const engine = useStore(runs, (state) => state.engine);
  const workers = useStore(shell, (state) => state.workers);
  const words =
    connection === 'lost'
      ? t('status.hostLost')
      : connection === 'connecting'
        ? t('status.hostConnecting')
        : {
            starting: t('status.engineStarting'),
            ready: t('status.engineReady'),
            restarting: t('status.engineRestarting'),
            down: t('status.engineDown'),
          }[engine.state];
  const bad = connection === 'lost' || engine.state === 'down';
  const waiting = !bad && (connection === 'connecting' || engine.state !== 'ready');
  const state = (
    <span data-engine-state={connection === 'connected' ? engine.state : connection}>
      <i className={classes(style.dot, bad ? style.dotFailed : waiting ? style.dotUnsaved : style.dotRunning)} />
      {words}
      {connection === 'connected' && engine.state === 'ready' && workers !== null ? ` · ${t('status.workers', { count: workers })}` : ''}
      {engine.restarts > 0 ? ` · ${t('status.restarts', { count: engine.restarts })}` : ''}
      {connection === 'connected' && engine.state === 'down' ? (
        <button type="button" className={style.statusButton} onClick={() => void host.call('engine.restart', {}).catch(() => null)}>
          {t('status.restartEngine')}
        </button>
      ) : null}
    </span>
  );
  return engine.pid === null ? (
    state
  ) : (
    <Tip side="top" label={t('status.engineProcess', { pid: engine.pid })}>
      {state}
    </Tip>
  );
}

function RunFigures() {
  const { live, runs } = useDesigner();
  const { t } = useTranslation();
  const run = useStore(runs, (state) => state.current);
  const totals = useSyncExternalStore(
    (listener) => live.subscribe(listener),
    () => live.totals(),
  );
  if (run === null) return null;
  return (
    <>
      {isLive(run) && run.paused ? (
        <span className={style.statusPaused} data-run-paused="">
          <CirclePause size={13} strokeWidth={1.75} />
          {t('run.paused')}
        </span>
      ) : isLive(run) ? (
        <span data-run-rates="">{t('status.inOut', { in: formatCount(totals.rateIn), out: formatCount(totals.rateOut) })}</span>
      ) : null}
      {isLive(run) && totals.bottleneck !== null ? <BottleneckNote nodeId={totals.bottleneck} /> : null}
    </>
  );
}

/** The way to the node that holds the run back. */
function BottleneckNote({ nodeId }: { readonly nodeId: string }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const node = useStore(designer.documents, (state) => state.document.nodes.find((candidate) => candidate.id === nodeId));
  if (node === undefined) return null;
  return (
    <button
      type="button"
      className={classes(style.statusButton, style.statusHot)}
      title={t('status.bottleneckIs', { node: nodeLabel(node, currentLanguage()) })}
      onClick={() => {
        designer.shell.set({ page: 'canvas' });
        designer.selection.select([nodeId]);
        designer.canvas?.reveal(nodeId);
      }}
    >
      <Gauge size={13} strokeWidth={1.75} />
      {t('status.bottleneck')}
    </button>
  );
}

/** What a run of this pipeline keeps, and how often. */
function Checkpointing() {
  const { runs, documents } = useDesigner();
  const { t } = useTranslation();
  const run = useStore(runs, (state) => state.current);
  const written = useStore(documents, (state) => state.document.job['checkpointInterval']);
  if (run === null) return null;
  const intervalMs = typeof written === 'string' ? parseDuration(written) : null;
  const words = t(`run.guarantee.${run.guarantee}`);
  return (
    <span>
      {intervalMs === null
        ? words
        : `${t('status.checkpointEvery', { interval: formatDuration(intervalMs, currentLanguage()) })} · ${words}`}
    </span>
  );
}

function SaveState() {
  const { documents, shell } = useDesigner();
  const { t } = useTranslation();
  const unsaved = useStore(documents, isUnsaved);
  const path = useStore(documents, (state) => state.path);
  const draft = useStore(shell, (state) => state.draft);
  const words = unsaved
    ? draft.state === 'kept'
      ? t('status.draftKept', { time: formatClock(draft.atMs) })
      : t('status.draftPending')
    : path === ''
      ? t('status.neverSaved')
      : t('status.saved');
  return (
    <span data-save-state={unsaved ? draft.state : 'saved'}>
      <Save size={13} strokeWidth={1.75} />
      {words}
    </span>
  );
}

function LanguageSwitch() {
  const { preferences } = useDesigner();
  const { t, language } = useTranslation();
  return (
    <Menu
      align="end"
      side="top"
      trigger={
        <button type="button" className={style.statusButton} aria-label={t('language.switch')}>
          {t('language.short')}
        </button>
      }
      groups={[
        {
          items: (['en', 'zh'] as const).map((other) => ({
            id: other,
            label: t(`language.${other}`),
            checked: other === language,
            run: () => {
              preferences.set({ language: other });
              setLanguage(other);
            },
          })),
        },
      ]}
    />
  );
}

function ThemeSwitch() {
  const { preferences } = useDesigner();
  const { t } = useTranslation();
  const shown = useThemeShown();
  const label = shown === 'dark' ? t('theme.toLight') : t('theme.toDark');
  return (
    <button
      type="button"
      className={style.statusButton}
      aria-label={label}
      title={label}
      onClick={() => preferences.set({ theme: shown === 'dark' ? 'light' : 'dark' })}
    >
      {shown === 'dark' ? <Moon size={14} strokeWidth={1.75} /> : <Sun size={14} strokeWidth={1.75} />}
    </button>
  );
}
