/** The box at the pointer that adds a node: what fits the dropped edge first, what does not with the reason. */
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { connectionReasons } from '../app/connection-reasons.ts';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { addEntry } from '../app/editing.ts';
import type { QuickAddRequest } from '../app/shell.ts';
import type { PaletteEntry } from '../document/definitions.ts';
import { nodeShape } from '../document/definitions.ts';
import { words } from '../strings/language.ts';
import { NodeIcon } from './NodeIcon.tsx';
import style from './palette.module.css';
import { searchPalette } from './search.ts';

const BOX_WIDTH = 292;
const BOX_HEIGHT = 350;
const MARGIN = 8;

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
  const { fitting, refused } = useMemo(() => sortByFit(designer, searchPalette(query), request), [designer, query, request]);
  const choose = (entry: PaletteEntry) => {
    const id = addEntry(designer, entry, request.at, request.from);
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
        }
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
          {fitting.length + refused.length === 0 ? <div className={style.quickNone}>{t('quickAdd.none', { query })}</div> : null}
          {fitting.length === 0 ? null : (
            <Command.Group heading={request.from === null ? t('quickAdd.all') : t('quickAdd.likely')}>
              {fitting.map((entry) => (
                <Command.Item key={entry.key} value={entry.key} className={style.quickItem} onSelect={() => choose(entry)}>
                  <NodeIcon type={entry.type} category={entry.category} />
                  <span className={style.label}>{words(entry.label)}</span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {refused.length === 0 ? null : (
            <Command.Group heading={t('quickAdd.needs')}>
              {refused.map(({ entry, reason }) => (
                <Command.Item key={entry.key} value={entry.key} disabled className={style.quickItem}>
                  <NodeIcon type={entry.type} category={entry.category} />
                  <span className={style.label}>{words(entry.label)}</span>
                  <span className={style.quickNote}>{reason}</span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </div>
  );
}

function sortByFit(designer: Designer, entries: readonly PaletteEntry[], { from }: QuickAddRequest) {
  if (from === null) return { fitting: entries, refused: [] };
  const fitting: PaletteEntry[] = [];
  const refused: { entry: PaletteEntry; reason: string }[] = [];
  const output = designer.checks
    .getState()
    .nodes.get(from.port.node)
    ?.outputs.find((candidate) => candidate.port.name === from.port.port);
  for (const entry of entries) {
    if (from.side === 'in') {
      if (nodeShape({ id: '', type: entry.type, config: entry.config }).outputs.length > 0) fitting.push(entry);
      continue;
    }
    const input = entry.definition.inputs[0];
    if (input === undefined) continue;
    if (input.needs === 'watermark' && output !== undefined && output.schema.rowtime === undefined)
      refused.push({ entry, reason: words(connectionReasons.needsWatermark) });
    else if (input.changelog === 'append' && output !== undefined && output.changelog !== 'append')
      refused.push({ entry, reason: words(connectionReasons.needsAppend) });
    else fitting.push(entry);
  }
  return { fitting, refused };
}
