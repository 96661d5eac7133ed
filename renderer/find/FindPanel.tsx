/** The search panel at the left: one box for names, settings, columns and expressions, and what was found, node by node. */
import { ChevronDown, ChevronUp, Columns3, PanelLeftClose, Search, Sigma, SlidersHorizontal, Type, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useRef } from 'react';
import { ActionButton } from '../actions/ActionButton.tsx';
import { useDesigner, useStore } from '../app/designer.ts';
import { PinPanel } from '../app/PinPanel.tsx';
import { useLeftPanel } from '../app/use-left-panel.ts';
import { nodeLabel, nodeShape } from '../document/definitions.ts';
import { NodeIcon } from '../palette/NodeIcon.tsx';
import palette from '../palette/palette.module.css';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import style from './find.module.css';
import { lookFor, showFound, stepFound } from './find.ts';
import { Marked } from './Marked.tsx';
import type { TextKind } from './node-texts.ts';
import type { Finding, FoundNode } from './search-document.ts';

const ICONS = { name: Type, setting: SlidersHorizontal, expression: Sigma, column: Columns3 } as const satisfies Record<TextKind, unknown>;

export function FindPanel() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const { close } = useLeftPanel();
  const query = useStore(designer.find, (state) => state.query);
  const found = useStore(designer.find, (state) => state.found);
  useEffect(() => () => lookFor(designer, ''), [designer]);
  return (
    <div className={palette.palette}>
      <div className={palette.head}>
        <h2 className={palette.title}>{t('find.title')}</h2>
        <PinPanel />
        <IconButton small label={t('palette.hide')} icon={<PanelLeftClose size={15} strokeWidth={1.75} />} onClick={close} />
      </div>
      <FindBox onClose={close} />
      {query === '' ? (
        <p className={style.hint}>{t('find.hint')}</p>
      ) : found.length === 0 ? (
        <Empty title={t('find.none', { query })} text={t('find.noneText')} />
      ) : (
        <ul className={palette.list} aria-label={t('find.results')}>
          {found.map((item, index) => (
            <li key={item.node.id}>
              <Result item={item} index={index} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function FindBox({ onClose }: { readonly onClose: () => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const query = useStore(designer.find, (state) => state.query);
  const count = useStore(designer.find, (state) => state.found.length);
  const current = useStore(designer.find, (state) => state.current);
  const asked = useStore(designer.find, (state) => state.asked);
  useEffect(() => {
    if (asked === 0) return;
    input.current?.focus();
    input.current?.select();
  }, [asked]);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') stepFound(designer, event.shiftKey ? -1 : 1);
    else if (event.key === 'ArrowDown') stepFound(designer, 1);
    else if (event.key === 'ArrowUp') stepFound(designer, -1);
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
  };
  const leave = () => {
    onClose();
    designer.canvas?.focusNode(designer.selection.getState().focus);
  };
  return (
    <>
      <div className={palette.search}>
        <Search size={14} strokeWidth={1.75} />
        <input
          ref={input}
          type="text"
          value={query}
          spellCheck={false}
          aria-label={t('find.label')}
          placeholder={t('find.placeholder')}
          onChange={(event) => lookFor(designer, event.target.value)}
          onKeyDown={onKey}
        />
        {query === '' ? null : (
          <button type="button" className={palette.clear} aria-label={t('palette.clear')} onClick={() => lookFor(designer, '')}>
            <X size={13} strokeWidth={1.75} />
          </button>
        )}
      </div>
      <div className={style.bar}>
        <span>{query === '' ? null : current < 0 ? t('find.count', { count }) : t('find.position', { index: current + 1, count })}</span>
        <ActionButton id="findPrevious" small disabled={count === 0} icon={<ChevronUp size={15} strokeWidth={1.75} />} />
        <ActionButton id="findNext" small disabled={count === 0} icon={<ChevronDown size={15} strokeWidth={1.75} />} />
      </div>
    </>
  );
}

function Result({ item: { node, findings }, index }: { readonly item: FoundNode; readonly index: number }) {
  const designer = useDesigner();
  const current = useStore(designer.find, (state) => state.current === index);
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const name = findings.find((finding) => finding.kind === 'name');
  return (
    <>
      <button
        ref={row}
        type="button"
        className={classes(style.node, current && style.current)}
        aria-current={current}
        onClick={() => showFound(designer, index)}
      >
        <NodeIcon type={node.type} category={nodeShape(node).category} icon={nodeShape(node).icon} />
        <span className={palette.label} data-truncates="">
          {name === undefined ? nodeLabel(node, currentLanguage()) : <Marked excerpt={name.excerpt} />}
        </span>
      </button>
      {findings
        .filter((finding) => finding.kind !== 'name')
        .map((finding) => (
          <Line key={`${finding.kind} ${finding.label} ${finding.excerpt.text}`} finding={finding} index={index} nodeId={node.id} />
        ))}
    </>
  );
}

function Line({ finding, index, nodeId }: { readonly finding: Finding; readonly index: number; readonly nodeId: string }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const Icon = ICONS[finding.kind];
  const open = () => {
    showFound(designer, index);
    if (finding.field !== null) designer.selection.openField(nodeId, finding.field);
  };
  return (
    <button type="button" className={style.line} onClick={open} title={finding.label === '' ? undefined : finding.label}>
      <Icon size={13} strokeWidth={1.75} aria-label={t(`find.kind.${finding.kind}`)} />
      <span className={classes(style.text, finding.kind !== 'setting' && style.code)} data-truncates="">
        <Marked excerpt={finding.excerpt} />
      </span>
      {finding.label === '' ? null : (
        <span className={style.label} data-truncates="">
          {finding.label}
        </span>
      )}
    </button>
  );
}
