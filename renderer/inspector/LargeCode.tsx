/** The code of a node with room for it: the editor, what is wrong below it, what the code may name beside it. */
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import type { KeyboardEvent as ReactKeyboardEvent } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import type { NodeSpec } from '../../engine/spec/document.ts';
import type { CodeField } from '../../engine/spec/fields.ts';
import type { Problem } from '../../engine/spec/problem.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { TypeScriptText } from '../code/Coloured.tsx';
import { keptSelection } from '../code/kept-model.ts';
import { LiveEditor } from '../code/LiveEditor.tsx';
import { editorNow, loadEditor } from '../code/load-editor.ts';
import type { MountedEditor } from '../code/mount-editor.ts';
import { setField } from '../document/commands.ts';
import { nodeLabel, nodeShape, presetLabel } from '../document/definitions.ts';
import { NodeIcon } from '../palette/NodeIcon.tsx';
import { currentLanguage, words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Keys } from '../ui/Keys.tsx';
import { Modal } from '../ui/Modal.tsx';
import { marksOf } from './field-marks.ts';
import style from './large-code.module.css';
import { codeKey } from './large-code.ts';
import { useNodeContext } from './use-node-context.ts';
import { WithCode } from './WithCode.tsx';
import { optionalText, problemsAt, textOf, valueIn } from './widget.ts';
import { codeContextOf } from './widgets/code-context-of.ts';

interface LargeCodeProps {
  readonly nodeId: string;
  readonly field: string;
  readonly onClose: () => void;
}

export function LargeCode({ nodeId, field, onClose }: LargeCodeProps) {
  const { documents } = useDesigner();
  const node = useStore(documents, (state) => state.document.nodes.find((candidate) => candidate.id === nodeId));
  const found = node === undefined ? undefined : nodeShape(node).definition?.fields[field];
  if (node === undefined || found?.kind !== 'code') return null;
  return <CodeDialog node={node} name={field} field={found} onClose={onClose} />;
}

interface CodeDialogProps {
  readonly node: NodeSpec;
  readonly name: string;
  readonly field: CodeField;
  readonly onClose: () => void;
}

function CodeDialog({ node, name, field, onClose }: CodeDialogProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const editor = useRef<MountedEditor>(null);
  const ready = useEditor();
  const [indents, setIndents] = useState(true);
  const context = codeContextOf(field, useNodeContext(node));
  const all = useStore(designer.checks, () => designer.checks.problemsOf(node.id));
  const problems = problemsAt(all, name);
  const keep = codeKey(designer.documents.getState().document.id, { nodeId: node.id, field: name });
  const value = textOf(valueIn(node.config, name, field));
  const shape = nodeShape(node);
  useEffect(() => editor.current?.setTabIndents(indents), [indents]);
  const onKeyDown = (event: ReactKeyboardEvent) => {
    if (event.key === 'F8') stepProblem(editor.current, problems, event.shiftKey ? -1 : 1);
    else if (event.key.toLowerCase() === 'm' && event.ctrlKey) setIndents(!indents);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Modal
      whole
      title={nodeLabel(node, currentLanguage())}
      lead={`${words(presetLabel(node))} · ${words(field.label)}`}
      icon={<NodeIcon type={node.type} category={shape.category} icon={shape.icon} large />}
      footStart={<Hints indents={indents} />}
      foot={
        <Button look="primary" onClick={onClose}>
          {t('largeCode.done')}
        </Button>
      }
      returnFocus={() => focusField(name, keep)}
      onClose={onClose}
    >
      <div className={style.columns} onKeyDownCapture={onKeyDown} data-large-code="">
        <div className={style.main}>
          <EditorBox>
            {ready ? (
              <LiveEditor
                ref={editor}
                large
                multiline
                label={words(field.label)}
                value={value}
                context={context}
                marks={marksOf(problems)}
                selection={keptSelection(keep)}
                keep={keep}
                onChange={(text) =>
                  designer.documents.commit(
                    'configure',
                    (document) => setField(document, node.id, name, optionalText(text, field)),
                    `${node.id}.${name}`,
                  )
                }
              />
            ) : (
              <div className={style.waiting} tabIndex={-1} data-dialog-focus="">
                <TypeScriptText text={value} />
              </div>
            )}
          </EditorBox>
          <Problems problems={problems} onChoose={(problem) => showProblem(editor.current, problem)} />
        </div>
        {context.declarations === undefined ? null : <Names declarations={context.declarations} />}
      </div>
    </Modal>
  );
}

/** Esc belongs to what the editor shows above itself for as long as that is there. */
function EditorBox({ children }: { readonly children: React.ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      const shows = box.current?.querySelector(ABOVE_EDITOR) !== null;
      box.current?.toggleAttribute('data-owns-escape', shows);
    };
    // Before the dialog hears of the key.
    window.addEventListener('keydown', onEscape, true);
    return () => window.removeEventListener('keydown', onEscape, true);
  }, []);
  return (
    <div ref={box} className={style.editor}>
      {children}
    </div>
  );
}

const ABOVE_EDITOR = '.suggest-widget.visible, .parameter-hints-widget.visible';

function useEditor(): boolean {
  const [ready, setReady] = useState(editorNow() !== null);
  useEffect(() => {
    let open = true;
    void loadEditor().then(() => (open ? setReady(true) : undefined));
    return () => {
      open = false;
    };
  }, []);
  return ready;
}

function Hints({ indents }: { readonly indents: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Keys keys="F8" />
      <span className={style.hint}>{t('problems.next')}</span>
      <Keys keys="Ctrl M" />
      <span className={style.hint} aria-live="polite">
        {indents ? t('largeCode.tabIndents') : t('largeCode.tabMoves')}
      </span>
      <Keys keys="Esc" />
      <span className={style.hint}>{t('largeCode.back')}</span>
    </>
  );
}

interface ProblemsProps {
  readonly problems: readonly Problem[];
  readonly onChoose: (problem: Problem) => void;
}

function Problems({ problems, onChoose }: ProblemsProps) {
  const { t } = useTranslation();
  if (problems.length === 0)
    return (
      <p className={style.fine}>
        <CircleCheck size={14} strokeWidth={1.75} />
        {t('problems.none')}
      </p>
    );
  return (
    <ul className={style.problems} aria-label={t('dock.problems')}>
      {problems.map((problem, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same may be wrong in two places
        <li key={index}>
          <button type="button" className={style.problem} data-problem={problem.code} onClick={() => onChoose(problem)}>
            {problem.severity === 'error' ? (
              <CircleX size={14} strokeWidth={1.75} className={style.error} aria-label={t('problems.error')} />
            ) : (
              <TriangleAlert size={14} strokeWidth={1.75} className={style.warning} aria-label={t('problems.warning')} />
            )}
            <span>
              <WithCode text={words(problem.text)} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Rows, states and what can be called, with their types. */
function Names({ declarations }: { readonly declarations: string }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={style.names}>
      <h3 id={id} className={style.namesTitle}>
        {t('field.codeNames')}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={style.declarations} tabIndex={0} aria-labelledby={id}>
        <TypeScriptText text={declarations.trim()} />
      </section>
    </div>
  );
}

function showProblem(editor: MountedEditor | null, { range }: Problem): void {
  if (range === undefined) editor?.focus();
  else editor?.goTo(range);
}

/** To the next place with a problem behind the caret, or before it; round at the ends. */
function stepProblem(editor: MountedEditor | null, problems: readonly Problem[], direction: 1 | -1): void {
  const places = problems.flatMap(({ range }) => (range === undefined ? [] : [range])).sort((a, b) => a.start - b.start);
  if (editor === null || places.length === 0) return;
  const { start } = editor.selection();
  const next = direction === 1 ? places.find((place) => place.start > start) : places.filter((place) => place.start < start).at(-1);
  editor.goTo(next ?? places.at(direction === 1 ? 0 : -1) ?? places[0]);
}

/** The caret goes on in the form where it was; false: the form does not show the code. */
function focusField(name: string, keep: string): boolean {
  const area = document.querySelector<HTMLTextAreaElement>(`[data-inspector] [data-path="${CSS.escape(name)}"] textarea`);
  if (area === null) return false;
  const { start, end } = keptSelection(keep);
  area.setSelectionRange(start, end);
  area.focus();
  return true;
}
