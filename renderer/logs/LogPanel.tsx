/** What was said about the run: filtered by level, node and words, following its end; a click shows the node. */
import { ArrowDownToLine, Copy, ScrollText, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import type { RunLogEntry } from '../../engine/host/contract.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { nodeLabel } from '../document/definitions.ts';
import { copyText } from '../preview/copy-text.ts';
import { formatMoment } from '../strings/figures.ts';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Select } from '../ui/Select.tsx';
import { TextInput } from '../ui/TextInput.tsx';
import { countByLevel, filterLog, printEntry } from './filter-log.ts';
import { LogRows } from './LogRows.tsx';
import { shownEntries } from './log-store.ts';
import style from './logs.module.css';

const EVERYTHING = 'all';
const ICON = { size: 14, strokeWidth: 1.75 };

export function LogPanel() {
  const { documents, logs } = useDesigner();
  const { t } = useTranslation();
  const entries = useStore(logs, shownEntries);
  const past = useStore(logs, (state) => state.past);
  const level = useStore(logs, (state) => state.level);
  const nodeId = useStore(logs, (state) => state.nodeId);
  const text = useStore(logs, (state) => state.text);
  const nodes = useStore(documents, (state) => state.document.nodes);
  const language = currentLanguage();
  const names = useMemo(() => new Map(nodes.map((node) => [node.id, nodeLabel(node, language)])), [nodes, language]);
  const shown = useMemo(
    () => filterLog(entries, { level, nodeId, text }, language, (id) => names.get(id) ?? id),
    [entries, level, nodeId, text, language, names],
  );
  if (entries.length === 0 && past === null)
    return <Empty icon={<ScrollText size={20} strokeWidth={1.75} />} title={t('logs.none')} text={t('logs.noneText')} />;
  return (
    <div className={style.panel} data-log-panel="">
      {past === null ? null : (
        <div className={style.past} role="note">
          {t('logs.past', { time: formatMoment(past.startedAtMs) })}
          <Button small icon={<Undo2 {...ICON} />} onClick={() => logs.leavePast()}>
            {t('logs.leavePast')}
          </Button>
        </div>
      )}
      <Tools entries={entries} shown={shown} names={names} />
      {shown.length === 0 ? (
        <Empty title={t('logs.noneOfThese')} text={t('logs.noneOfTheseText')}>
          <Button small onClick={() => logs.set({ level: 'all', nodeId: null, text: '' })}>
            {t('logs.showAll')}
          </Button>
        </Empty>
      ) : (
        <LogRows entries={shown} names={names} />
      )}
    </div>
  );
}

interface ToolsProps {
  readonly entries: readonly RunLogEntry[];
  readonly shown: readonly RunLogEntry[];
  readonly names: ReadonlyMap<string, string>;
}

function Tools({ entries, shown, names }: ToolsProps) {
  const { logs } = useDesigner();
  const { t } = useTranslation();
  const level = useStore(logs, (state) => state.level);
  const nodeId = useStore(logs, (state) => state.nodeId);
  const text = useStore(logs, (state) => state.text);
  const follow = useStore(logs, (state) => state.follow);
  const { warnings, errors } = countByLevel(entries);
  const spoken = new Set(entries.flatMap((entry) => (entry.nodeId === null ? [] : [entry.nodeId])));
  if (nodeId !== null) spoken.add(nodeId);
  return (
    <div className={style.tools}>
      <span className={style.levels}>
        <Segmented
          label={t('logs.level')}
          value={level}
          options={[
            { value: 'all', label: t('logs.all', { count: entries.length }) },
            { value: 'warning', label: t('logs.warnings', { count: warnings + errors }) },
            { value: 'error', label: t('logs.errors', { count: errors }) },
          ]}
          onChange={(value) => logs.set({ level: value === 'warning' || value === 'error' ? value : 'all' })}
        />
      </span>
      <Select
        label={t('logs.node')}
        className={style.node}
        value={nodeId ?? EVERYTHING}
        options={[
          { value: EVERYTHING, label: t('logs.allNodes') },
          ...[...spoken].map((id) => ({ value: id, label: names.get(id) ?? id })),
        ]}
        onChange={(value) => logs.set({ nodeId: value === EVERYTHING ? null : value, current: null })}
      />
      <TextInput
        className={style.search}
        aria-label={t('logs.search')}
        placeholder={t('logs.search')}
        value={text}
        onChange={(event) => logs.set({ text: event.currentTarget.value, current: null })}
      />
      <span className={style.gap} />
      <IconButton
        small
        side="top"
        label={follow ? t('logs.hold') : t('logs.follow')}
        pressed={follow}
        icon={<ArrowDownToLine {...ICON} />}
        onClick={() => logs.set({ follow: !follow })}
      />
      <IconButton
        small
        side="top"
        label={t('logs.copy', { count: shown.length })}
        icon={<Copy {...ICON} />}
        onClick={() => void copyText(shown.map((entry) => printEntry(entry, currentLanguage())).join('\n'))}
      />
    </div>
  );
}
