/** The box at the pointer that adds a node: what fits the dropped edge first, what does not with the reason. */
import { Command } from 'cmdk';
import i18next from 'i18next';
import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { addChosen } from '../app/adding.ts';
import { connectionReasons } from '../app/connection-reasons.ts';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import type { QuickAddRequest } from '../app/shell.ts';
import type { PaletteEntry } from '../document/definitions.ts';
import { nodeShape } from '../document/definitions.ts';
import type { Fit, RankedEntry } from '../document/fitting.ts';
import { rankEntries } from '../document/fitting.ts';
import { words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { NodeIcon } from './NodeIcon.tsx';
import style from './palette.module.css';
import { searchPalette } from './search.ts';

const BOX_WIDTH = 292;
const BOX_HEIGHT = 350;
const MARGIN = 8;
/** Digits choose the first ones. */
const KEYS_MAX = 9;

export function QuickAdd() {
  const designer = useDesigner();
  const request = useStore(designer.shell, (state) => state.quickAdd);
  return request === null ? null : <QuickAddBox key={`${request.screen.x} ${request.screen.y}`} request={request} />;
}

function QuickAddBox({ request }: { readonly request: QuickAddRequest }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const close = () => {
    designer.shell.set({ quickAdd: null });
    designer.canvas?.focusNode(designer.selection.getState().focus);
  };
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && box.current?.contains(event.target) === false) designer.shell.set({ quickAdd: null });
    };
    window.addEventListener('pointerdown', outside, true);
    return () => window.removeEventListener('pointerdown', outside, true);
  }, [designer]);
  const { fitting, needing } = useMemo(() => sortByFit(designer, searchPalette(query), request), [designer, query, request]);
  const choose = ({ entry, fit }: RankedEntry) => {
    const id = addChosen(designer, entry, fit, request);
    designer.shell.set({ quickAdd: null });
    designer.canvas?.focusNode(id);
  };
  return (
    <div
      ref={box}
      className={style.quickAdd}
      role="dialog"
      aria-label={t('quickAdd.label')}
      style={{
        left: Math.max(MARGIN, Math.min(request.screen.x, window.innerWidth - BOX_WIDTH - MARGIN)),
        top: Math.max(MARGIN, Math.min(request.screen.y, window.innerHeight - BOX_HEIGHT - MARGIN)),
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape' || event.key === 'Tab') {
          event.preventDefault();
          close();
          return;
        }
        const chosen = fitting[Number(event.key) - 1];
        if (!/^[1-9]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey || chosen === undefined) return;
        event.preventDefault();
        choose(chosen);
      }}
    >
      <Command shouldFilter={false} label={t('quickAdd.label')}>
        <div className={style.quickHead}>
          <Search size={14} strokeWidth={1.75} />
          <Command.Input autoFocus value={query} onValueChange={setQuery} placeholder={t('quickAdd.placeholder')} />
          {request.from === null ? null : (
            <span className={style.fits}>{request.from.side === 'out' ? t('quickAdd.fits') : t('quickAdd.fitsInput')}</span>
          )}
        </div>
        <Command.List className={style.quickList}>
          {fitting.length + needing.length === 0 ? <div className={style.quickNone}>{t('quickAdd.none', { query })}</div> : null}
          {fitting.length === 0 ? null : (
            <Command.Group heading={request.from === null ? t('quickAdd.all') : t('quickAdd.likely')}>
              {fitting.map((ranked, index) => (
                <Choice key={ranked.entry.key} ranked={ranked} onChoose={choose}>
                  {index < KEYS_MAX ? <kbd className={style.quickKey}>{index + 1}</kbd> : null}
                </Choice>
              ))}
            </Command.Group>
          )}
          {needing.length === 0 ? null : (
            <Command.Group heading={t('quickAdd.needs')}>
              {needing.map((ranked) => (
                <Choice key={ranked.entry.key} ranked={ranked} onChoose={choose} refused={ranked.fit.kind === 'needs-append'}>
                  <span className={style.quickNote}>{needOf(ranked.fit)}</span>
                </Choice>
              ))}
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </div>
  );
}

interface ChoiceProps {
  readonly ranked: RankedEntry;
  /** Even with one thing more it could not stand here. */
  readonly refused?: boolean;
  readonly onChoose: (ranked: RankedEntry) => void;
  readonly children: ReactNode;
}

function Choice({ ranked, refused = false, onChoose, children }: ChoiceProps) {
  const { entry, fit } = ranked;
  return (
    <Command.Item
      value={entry.key}
      disabled={refused}
      className={classes(style.quickItem, fit.kind !== 'fits' && style.quickNeeds)}
      onSelect={() => onChoose(ranked)}
    >
      <NodeIcon type={entry.type} category={entry.category} icon={entry.icon} />
      <span className={style.label}>{words(entry.label)}</span>
      {children}
    </Command.Item>
  );
}

function needOf(fit: Fit): string {
  if (fit.kind === 'needs-event-time') return words(connectionReasons.needsWatermark);
  if (fit.kind === 'needs-second-input') return i18next.t('gesture.secondInput');
  return words(connectionReasons.needsAppend);
}

function sortByFit(designer: Designer, entries: readonly PaletteEntry[], { from, edge }: QuickAddRequest) {
  const { document } = designer.documents.getState();
  if (from === null) return { fitting: entries.map((entry): RankedEntry => ({ entry, fit: { kind: 'fits', port: '' } })), needing: [] };
  // Into an edge goes only what lets rows through.
  const through =
    edge === undefined
      ? entries
      : entries.filter((entry) => nodeShape({ id: '', type: entry.type, config: entry.config }).outputs.length > 0);
  return rankEntries(document, designer.checks.ensure(document), from, through);
}
