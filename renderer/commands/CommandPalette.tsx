/** One box for everything: actions, nodes, columns and recent files, found by typing; a prefix narrows it. */
import { Command } from 'cmdk';
import { Columns3, FileText, Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { RecentFile } from '../../engine/host/contract.ts';
import { searchWords } from '../actions/action-words.ts';
import { invoke, reasonAgainst } from '../actions/invoke.ts';
import { keysShown } from '../actions/keymap.ts';
import { actionOf, allActions } from '../actions/registry.ts';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { nodeLabel, nodeShape } from '../document/definitions.ts';
import { openPath } from '../files/pipeline-files.ts';
import { showNode } from '../find/find.ts';
import { Marked } from '../find/Marked.tsx';
import { NodeIcon } from '../palette/NodeIcon.tsx';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Keys } from '../ui/Keys.tsx';
import style from './command-palette.module.css';
import type { FoundColumn, FoundCommand, FoundFile, FoundNode, PaletteResults, SearchSource } from './search-commands.ts';
import { readQuery, searchPalette } from './search-commands.ts';

const ICON = { size: 16, strokeWidth: 1.75 };

interface CommandPaletteProps {
  readonly query: string;
  readonly onClose: () => void;
}

export function CommandPalette({ query: first, onClose }: CommandPaletteProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const [query, setQuery] = useState(first);
  const chosen = useRef<(() => void) | null>(null);
  const before = useRef(document.activeElement);
  const source = useSearchSource(designer);
  const results = useMemo(() => searchPalette(source, query), [source, query]);
  const choose = (run: () => void) => {
    chosen.current = run;
    onClose();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className={style.scrim} />
        <Dialog.Content
          className={style.palette}
          aria-describedby={undefined}
          // What was chosen runs with the focus back where it was, so that it may move it on.
          onCloseAutoFocus={(event) => {
            if (chosen.current === null) return;
            event.preventDefault();
            if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
            chosen.current();
          }}
        >
          <Dialog.Title className="visually-hidden">{t('action.palette')}</Dialog.Title>
          <Command shouldFilter={false} loop label={t('action.palette')}>
            <div className={style.head}>
              <Search {...ICON} aria-hidden="true" />
              <Command.Input autoFocus value={query} onValueChange={setQuery} placeholder={t('commandPalette.placeholder')} />
              <span className={style.mode}>{t(`commandPalette.mode.${readQuery(query).mode}`)}</span>
              <Keys keys="Esc" />
            </div>
            <Command.List className={style.list}>
              <Results results={results} query={query} onChoose={choose} />
            </Command.List>
          </Command>
          <Foot onPrefix={setQuery} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useSearchSource(designer: Designer): SearchSource {
  const { t, language } = useTranslation();
  const nodes = useStore(designer.documents, (state) => state.document.nodes);
  const resolved = useStore(designer.checks, (state) => state.nodes);
  const files = useRecentFiles(designer);
  // biome-ignore lint/correctness/useExhaustiveDependencies: names are in the page's language
  return useMemo(
    () => ({
      commands: allActions.map(({ id }) => ({ id, name: t(`action.${id}`), words: searchWords(id) })),
      nodes,
      resolved,
      language: currentLanguage(),
      files,
    }),
    [t, nodes, resolved, files, language],
  );
}

/** Asked for each time the palette opens. */
function useRecentFiles({ host }: Designer): readonly RecentFile[] {
  const [files, setFiles] = useState<readonly RecentFile[]>([]);
  useEffect(() => {
    let closed = false;
    const show = (recent: readonly RecentFile[]) => (closed ? undefined : setFiles(recent));
    host.call('recent.list', {}).then(show, () => null);
    return () => {
      closed = true;
    };
  }, [host]);
  return files;
}

interface ResultsProps {
  readonly results: PaletteResults;
  readonly query: string;
  readonly onChoose: (run: () => void) => void;
}

function Results({ results: { commands, nodes, columns, files }, query, onChoose }: ResultsProps) {
  const { t } = useTranslation();
  if (commands.length + nodes.length + columns.length + files.length === 0) {
    return <p className={style.none}>{t('commandPalette.none', { query: readQuery(query).query })}</p>;
  }
  return (
    <>
      {commands.length === 0 ? null : (
        <Command.Group heading={t('commandPalette.commands')}>
          {commands.map((found) => (
            <CommandRow key={found.id} found={found} onChoose={onChoose} />
          ))}
        </Command.Group>
      )}
      {nodes.length === 0 ? null : (
        <Command.Group heading={t('commandPalette.nodes')}>
          {nodes.map((found) => (
            <NodeRow key={found.node.id} found={found} onChoose={onChoose} />
          ))}
        </Command.Group>
      )}
      {columns.length === 0 ? null : (
        <Command.Group heading={t('commandPalette.columns')}>
          {columns.map((found) => (
            <ColumnRow key={`${found.node.id} ${found.label.text}`} found={found} onChoose={onChoose} />
          ))}
        </Command.Group>
      )}
      {files.length === 0 ? null : (
        <Command.Group heading={t('commandPalette.files')}>
          {files.map((found) => (
            <FileRow key={found.path} found={found} onChoose={onChoose} />
          ))}
        </Command.Group>
      )}
    </>
  );
}

function CommandRow({ found, onChoose }: { readonly found: FoundCommand; readonly onChoose: (run: () => void) => void }) {
  const designer = useDesigner();
  const action = actionOf(found.id);
  const reason = reasonAgainst(designer, action);
  const keys = keysShown(designer, found.id);
  const Icon = action.icon;
  return (
    <Command.Item
      value={`action ${found.id}`}
      className={style.item}
      data-unavailable={reason === null ? undefined : ''}
      onSelect={() => (reason === null ? onChoose(() => invoke(designer, found.id)) : designer.shell.say(reason))}
    >
      <span className={style.icon}>{Icon === undefined ? null : <Icon {...ICON} />}</span>
      <span className={style.words}>
        <Marked excerpt={found.label} />
      </span>
      {reason !== null ? <span className={style.reason}>{reason}</span> : keys === null ? null : <Keys keys={keys} />}
    </Command.Item>
  );
}

function NodeRow({
  found: { node, label, detail, field },
  onChoose,
}: {
  readonly found: FoundNode;
  readonly onChoose: (run: () => void) => void;
}) {
  const designer = useDesigner();
  return (
    <Command.Item value={`node ${node.id}`} className={style.item} onSelect={() => onChoose(() => goTo(designer, node.id, field))}>
      <NodeIcon type={node.type} category={nodeShape(node).category} icon={nodeShape(node).icon} />
      <span className={style.words} data-truncates="">
        <Marked excerpt={label} />
        {detail === null ? null : (
          <span className={style.detail}>
            {' '}
            {detail.name} <Marked excerpt={detail.value} />
          </span>
        )}
      </span>
    </Command.Item>
  );
}

function ColumnRow({
  found: { node, label, type },
  onChoose,
}: {
  readonly found: FoundColumn;
  readonly onChoose: (run: () => void) => void;
}) {
  const designer = useDesigner();
  return (
    <Command.Item
      value={`column ${node.id} ${label.text}`}
      className={style.item}
      onSelect={() => onChoose(() => goTo(designer, node.id, null))}
    >
      <span className={style.icon}>
        <Columns3 {...ICON} />
      </span>
      <span className={style.words} data-truncates="">
        <Marked excerpt={label} />
        <span className={style.detail}>
          {' '}
          {type} · {nodeLabel(node, currentLanguage())}
        </span>
      </span>
    </Command.Item>
  );
}

function FileRow({ found: { path, label }, onChoose }: { readonly found: FoundFile; readonly onChoose: (run: () => void) => void }) {
  const designer = useDesigner();
  return (
    <Command.Item value={`file ${path}`} className={style.item} onSelect={() => onChoose(() => void openPath(designer, path))}>
      <span className={style.icon}>
        <FileText {...ICON} />
      </span>
      <span className={style.words} data-truncates="">
        <Marked excerpt={label} />
        <span className={style.detail}> {path}</span>
      </span>
    </Command.Item>
  );
}

function Foot({ onPrefix }: { readonly onPrefix: (query: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className={style.foot}>
      {(
        [
          ['>', 'commands'],
          ['@', 'nodes'],
          ['#', 'columns'],
        ] as const
      ).map(([prefix, mode]) => (
        <button key={prefix} type="button" tabIndex={-1} onClick={() => onPrefix(prefix)}>
          {prefix} {t(`commandPalette.mode.${mode}`)}
        </button>
      ))}
      <span className={style.footKeys}>{t('commandPalette.keys')}</span>
    </div>
  );
}

function goTo(designer: Designer, nodeId: string, field: string | null): void {
  showNode(designer, nodeId);
  if (field === null) designer.canvas?.focusNode(nodeId);
  else designer.selection.openField(nodeId, field);
}
