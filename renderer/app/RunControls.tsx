/** Run controls: where a run starts from, and the ways to end one, each named by what it does to the state. */
import type { TFunction } from 'i18next';
import { ChevronDown, Diamond, Play, Square } from 'lucide-react';
import { useEffect } from 'react';
import { ActionButton } from '../actions/ActionButton.tsx';
import { ActionTip } from '../actions/ActionTip.tsx';
import { menuItem } from '../actions/menu-items.ts';
import { PreviewButton } from '../preview/PreviewButton.tsx';
import { setSpeed, startRun, stopRun, takeSavepoint } from '../runs/control.ts';
import { PauseIcon } from '../runs/PauseIcon.tsx';
import { RunPhaseBadge } from '../runs/RunPhaseBadge.tsx';
import { checkKept, listKept, restoreOption, sameStart } from '../runs/start-from.ts';
import { formatBytes, formatMoment } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { useDesigner, useStore } from './designer.ts';
import style from './frame.module.css';

const ICON = { size: 14, strokeWidth: 2 };
/** More than these are found in the dock. */
const CHECKPOINTS_SHOWN = 6;
/** An edit is checked against them once the hand rests. */
const RESTORE_CHECK_MS = 600;

export function ReadyControls() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const empty = useStore(designer.documents, (state) => state.document.nodes.length === 0);
  const pending = useStore(designer.runs, (state) => state.pending === 'start');
  const ended = useStore(designer.runs, (state) => state.current !== null);
  const start = () => void startRun(designer, restoreOption(designer.shell.getState().startFrom));
  return (
    <>
      {ended ? <RunPhaseBadge /> : null}
      <ActionTip id="run">
        <Button look="primary" disabled={empty || pending} icon={<Play {...ICON} />} onClick={start}>
          {t('run.run')}
        </Button>
      </ActionTip>
      <StartFrom />
      <PreviewButton />
      {ended ? (
        <Button look="ghost" onClick={() => designer.runs.dismiss()}>
          {t('run.dismiss')}
        </Button>
      ) : null}
    </>
  );
}

/** What the next run begins with; the choice stays until another pipeline is shown. */
function StartFrom() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const chosen = useStore(designer.shell, (state) => state.startFrom);
  const kept = useStore(designer.shell, (state) => state.keptCheckpoints);
  const goesOn = useStore(designer.shell, (state) => state.goesOnFrom !== null);
  const path = useStore(designer.documents, (state) => state.path);
  const phase = useStore(designer.runs, (state) => state.current?.phase);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file or the end of a run has other checkpoints
  useEffect(() => {
    void listKept(designer);
  }, [designer, path, phase]);
  const document = useStore(designer.documents, (state) => state.document);
  const refusals = useStore(designer.shell, (state) => state.restoreRefusals);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an edit, and another list, are asked about anew
  useEffect(() => {
    const timer = setTimeout(() => void checkKept(designer, CHECKPOINTS_SHOWN), RESTORE_CHECK_MS);
    return () => clearTimeout(timer);
  }, [designer, document, kept]);
  const set = (startFrom: typeof chosen) => designer.shell.set({ startFrom });
  const words =
    chosen.kind === 'checkpoint'
      ? t(chosen.checkpoint.kind === 'savepoint' ? 'run.restoreSavepoint' : 'run.restorePath', { id: chosen.checkpoint.id })
      : chosen.kind === 'latest' && goesOn
        ? t('run.restoreLatest')
        : t('run.restoreNone');
  const first = [
    {
      id: 'latest',
      label: t('run.restoreLatest'),
      note: t('run.restoreLatestNote'),
      checked: chosen.kind === 'latest',
      run: () => set({ kind: 'latest' }),
    },
    {
      id: 'none',
      label: t('run.restoreNone'),
      note: t('run.restoreNoneNote'),
      checked: chosen.kind === 'none',
      run: () => set({ kind: 'none' }),
    },
  ];
  const others = kept.slice(0, CHECKPOINTS_SHOWN).map((checkpoint) => ({
    id: checkpoint.path,
    label: t(checkpoint.kind === 'savepoint' ? 'run.restoreSavepoint' : 'run.restorePath', { id: checkpoint.id }),
    note: `${formatMoment(checkpoint.startedAtMs)} · ${formatBytes(checkpoint.bytes)}`,
    checked: sameStart(chosen, { kind: 'checkpoint', checkpoint }),
    ...refusalOf(refusals.get(checkpoint.path), t),
    run: () => set({ kind: 'checkpoint', checkpoint }),
  }));
  return (
    <Menu
      align="center"
      trigger={
        <Button look="ghost" aria-label={`${t('run.startFrom')}: ${words}`} data-start-from={chosen.kind}>
          {words}
          <ChevronDown size={14} strokeWidth={1.75} />
        </Button>
      }
      groups={[{ label: t('run.startFrom'), items: first }, ...(others.length > 0 ? [{ label: t('run.kept'), items: others }] : [])]}
    />
  );
}

/** A state that does not fit stays in the list, with the reason. */
function refusalOf(message: string | undefined, t: TFunction): { readonly reason?: string } {
  return message === undefined ? {} : { reason: t('run.cannotRestore', { message }) };
}

export function RunningControls() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const pending = useStore(designer.runs, (state) => state.pending);
  const stopping = useStore(designer.runs, (state) => state.current?.phase === 'stopping' || state.pending === 'stop');
  return (
    <>
      <RunPhaseBadge />
      <PauseButton disabled={stopping} />
      <span className={style.split}>
        <ActionTip id="stop" label={t('run.stopKeepNote')}>
          <Button disabled={stopping} icon={<Square size={13} strokeWidth={2} />} onClick={() => void stopRun(designer, 'keep-state')}>
            {t('run.stopKeep')}
          </Button>
        </ActionTip>
        <Menu
          align="end"
          trigger={<Button disabled={stopping} aria-label={t('run.stopMenu')} icon={<ChevronDown {...ICON} />} />}
          groups={[
            {
              items: [
                { ...menuItem(designer, 'stop'), note: t('run.stopKeepNote') },
                { ...menuItem(designer, 'stopDrain'), note: t('run.stopDrainNote') },
              ],
            },
            {
              items: [{ ...menuItem(designer, 'stopDiscard'), note: t('run.stopDiscardNote') }],
            },
          ]}
        />
      </span>
      <ActionTip id="savepoint">
        <Button
          look="ghost"
          disabled={pending === 'savepoint' || stopping}
          icon={<Diamond size={13} strokeWidth={1.75} />}
          onClick={() => void takeSavepoint(designer)}
        >
          <span className="roomy">{t('run.savepoint')}</span>
        </Button>
      </ActionTip>
      <Speed />
    </>
  );
}

function PauseButton({ disabled }: { readonly disabled: boolean }) {
  const { runs } = useDesigner();
  const { t } = useTranslation();
  const paused = useStore(runs, (state) => state.current?.paused === true);
  return (
    <span className={style.framed}>
      <ActionButton id="pause" label={paused ? t('run.resume') : t('run.pause')} icon={<PauseIcon paused={paused} />} disabled={disabled} />
    </span>
  );
}

/** Only where a source has a pace that can be changed. */
function Speed() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const speed = useStore(designer.runs, (state) => state.current?.speed ?? null);
  if (speed === null) return null;
  return (
    <>
      <span className={style.toolRule} />
      <Segmented
        label={t('run.speed')}
        value={String(speed)}
        options={[
          { value: '0.5', label: '½×' },
          { value: '1', label: '1×' },
          { value: '10', label: '10×' },
          { value: 'max', label: t('run.speedMax') },
        ]}
        onChange={(value) => void setSpeed(designer, value === 'max' ? 'max' : Number(value))}
      />
    </>
  );
}
