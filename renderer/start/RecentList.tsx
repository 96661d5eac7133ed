/** Recent files with how each stands, above them drafts that an earlier launch left. */
import { History, Workflow, X } from 'lucide-react';
import type { DraftInfo, RecentFile } from '../../engine/host/contract.ts';
import { invoke } from '../actions/invoke.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { openPath } from '../files/pipeline-files.ts';
import { isLive } from '../runs/run-store.ts';
import { formatCount, formatMoment } from '../strings/figures.ts';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import style from './recent.module.css';
import { compareDraft, formatDay, openLeftDraft, runOf, useProblemCounts, useRecentWork, useRunRates } from './recent.ts';

const NO_FILES: readonly RecentFile[] = [];
const DRAFTS_MAX = 2;

export function RecentList() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const work = useRecentWork();
  const counts = useProblemCounts(work?.files ?? NO_FILES);
  const rates = useRunRates();
  if (work === null || (work.files.length === 0 && work.drafts.length === 0)) return null;
  return (
    <section className={style.recent} aria-label={t('start.recent')}>
      <header className={style.head}>
        <h3>{t('start.recent')}</h3>
        <button type="button" className={style.all} onClick={() => invoke(designer, 'open')}>
          {t('start.allFiles')}
        </button>
      </header>
      {work.drafts.slice(0, DRAFTS_MAX).map((draft) => (
        <DraftCard key={draft.draftId} draft={draft} />
      ))}
      <ul className={style.files}>
        {work.files.map((file) => (
          <FileRow
            key={file.path}
            file={file}
            home={work.home}
            problems={counts.get(file.path) ?? 0}
            rates={rates}
            onForget={() => work.forget(file.path)}
          />
        ))}
      </ul>
    </section>
  );
}

function DraftCard({ draft }: { readonly draft: DraftInfo }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  return (
    <article className={style.draft} data-draft={draft.name}>
      <History size={15} strokeWidth={1.75} />
      <div>
        <p>
          <strong>{draft.name}</strong> {t('start.hasDraft', { time: formatMoment(draft.savedAtMs) })}
        </p>
        <Button small onClick={() => void openLeftDraft(designer, draft)}>
          {t('start.openDraft')}
        </Button>
        {draft.path === '' ? null : (
          <Button small look="ghost" onClick={() => void compareDraft(designer, draft)}>
            {t('compare.compare')}
          </Button>
        )}
      </div>
    </article>
  );
}

interface FileRowProps {
  readonly file: RecentFile;
  readonly home: string;
  readonly problems: number;
  readonly rates: ReadonlyMap<string, number>;
  readonly onForget: () => void;
}

function FileRow({ file, home, problems, rates, onForget }: FileRowProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const folder = file.path.split(/[\\/]/).slice(0, -1).join('/');
  const shownFolder = home !== '' && folder.startsWith(home) ? `~${folder.slice(home.length)}` : folder;
  const gone = file.modifiedMs === null;
  return (
    <li className={style.row} data-recent={file.path}>
      <button type="button" className={style.file} disabled={gone} title={file.path} onClick={() => void openPath(designer, file.path)}>
        <Workflow size={15} strokeWidth={1.75} />
        <span className={style.words}>
          <span className={style.name} data-truncates="">
            {file.name}
          </span>
          <span className={style.folder} data-truncates="">
            {shownFolder}
          </span>
        </span>
        <FileState file={file} problems={problems} rates={rates} />
      </button>
      <span className={style.forget}>
        <IconButton small label={t('start.forget', { name: file.name })} icon={<X size={13} strokeWidth={1.75} />} onClick={onForget} />
      </span>
    </li>
  );
}

/** Running before problems before how the last run ended before the day it was opened. */
function FileState({ file, problems, rates }: Pick<FileRowProps, 'file' | 'problems' | 'rates'>) {
  const { runs } = useDesigner();
  const { t } = useTranslation();
  const run = useStore(runs, (state) => runOf(state.runs, file.path));
  if (file.modifiedMs === null) return <span className={style.state}>{t('start.gone')}</span>;
  if (run !== null && isLive(run)) {
    const rate = rates.get(run.runId);
    return (
      <span className={classes(style.state, style.running)} data-recent-state="running">
        <i className={style.dot} />
        {rate === undefined ? t('start.isRunning') : t('start.runningAt', { rate: formatCount(rate) })}
      </span>
    );
  }
  if (problems > 0) {
    return (
      <span className={classes(style.state, style.problems)} data-recent-state="problems">
        {t('start.problems', { count: problems })}
      </span>
    );
  }
  if (run !== null && run.phase !== 'lost') {
    return (
      <span className={classes(style.state, run.phase === 'failed' && style.failed)} data-recent-state={run.phase}>
        {t(`start.ended.${run.phase === 'failed' ? 'failed' : run.phase === 'finished' ? 'finished' : 'stopped'}`)}
      </span>
    );
  }
  return <span className={style.state}>{formatDay(file.openedAtMs, Date.now(), currentLanguage())}</span>;
}
