/** One live editor in a field: a line that grows with its text, without anything an editor window would have around it. */
import type { editor as EditorApi } from 'monaco-editor/editor/editor.api.js';
import type { CodeContext, CodeMark } from './code-context.ts';
import { CODE_LANGUAGE, contexts } from './editor-providers.ts';
import type { Selection } from './kept-model.ts';
import { isKept, keepSelection, keptModel } from './kept-model.ts';
import type { EditorParts } from './load-editor.ts';
import { TYPESCRIPT_LANGUAGE } from './typescript/typescript-providers.ts';

export interface MountOptions {
  readonly element: HTMLElement;
  readonly value: string;
  readonly label: string;
  readonly multiline: boolean;
  /** What is selected at first. */
  readonly selection: Selection;
  /** Under this name text, undo history and caret outlive the editor. */
  readonly keep?: string;
  /** In a surface of its own, with bars to scroll by, and Tab as an indent. */
  readonly large?: boolean;
  context(): CodeContext;
  onChange(text: string): void;
  onBlur(): void;
  onHeight(height: number): void;
}

export interface MountedEditor {
  /** Takes a text that came from elsewhere (undo, a fix); its own text is left as it is. */
  setValue(text: string): void;
  setMarks(marks: readonly CodeMark[]): void;
  focus(): void;
  /** Shows a place and puts the caret there. */
  goTo(selection: Selection): void;
  selection(): Selection;
  /** Whether Tab indents, or leads out of the editor as everywhere else. */
  setTabIndents(indents: boolean): void;
  close(): void;
}

const TOLD_MAX = 50;

const OPTIONS: EditorApi.IStandaloneEditorConstructionOptions = {
  fontFamily: "'JetBrains Mono Variable', 'PingFang SC', 'Microsoft YaHei UI', 'Noto Sans SC', 'Noto Sans CJK SC', ui-monospace, monospace",
  fontSize: 12.5,
  lineHeight: 20,
  fontLigatures: false,
  wordWrap: 'on',
  wrappingStrategy: 'advanced',
  wordBreak: 'normal',
  lineNumbers: 'off',
  glyphMargin: false,
  folding: false,
  lineDecorationsWidth: 0,
  lineNumbersMinChars: 0,
  minimap: { enabled: false },
  scrollbar: { vertical: 'hidden', horizontal: 'hidden', handleMouseWheel: false, alwaysConsumeMouseWheel: false },
  scrollBeyondLastLine: false,
  scrollBeyondLastColumn: 0,
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  renderLineHighlight: 'none',
  guides: { indentation: false, bracketPairs: false },
  matchBrackets: 'near',
  bracketPairColorization: { enabled: false },
  occurrencesHighlight: 'off',
  selectionHighlight: false,
  links: false,
  contextmenu: false,
  fixedOverflowWidgets: true,
  tabFocusMode: true,
  editContext: false,
  accessibilitySupport: 'on',
  quickSuggestions: { other: true, comments: false, strings: false },
  quickSuggestionsDelay: 0,
  wordBasedSuggestions: 'off',
  acceptSuggestionOnCommitCharacter: false,
  // A quote over a selection replaces it, as in every other field.
  autoSurround: 'never',
  autoClosingQuotes: 'never',
  suggest: { showStatusBar: false, preview: false, showWords: false, snippetsPreventQuickSuggestions: false },
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true, nonBasicASCII: false },
  roundedSelection: false,
  cursorBlinking: 'blink',
  automaticLayout: true,
  padding: { top: 0, bottom: 0 },
  stickyScroll: { enabled: false },
  'semanticHighlighting.enabled': false,
};

/** Lines are named by number in messages; places and widths are those of `.numbered` in code.module.css. */
const TYPESCRIPT_OPTIONS: EditorApi.IStandaloneEditorConstructionOptions = {
  // Room for a bar that is never shown would break lines sooner than at rest.
  scrollbar: { ...OPTIONS.scrollbar, verticalScrollbarSize: 0 },
  lineNumbers: 'on',
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 7,
  matchBrackets: 'always',
  autoIndent: 'full',
  tabSize: 2,
  insertSpaces: true,
  detectIndentation: false,
};

const LARGE_OPTIONS: EditorApi.IStandaloneEditorConstructionOptions = {
  scrollbar: { vertical: 'auto', horizontal: 'auto', handleMouseWheel: true, alwaysConsumeMouseWheel: true },
  lineNumbersMinChars: 4,
  lineDecorationsWidth: 12,
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: true,
  guides: { indentation: true, bracketPairs: false },
  padding: { top: 10, bottom: 10 },
  tabFocusMode: false,
};

export function mountEditor(parts: EditorParts, options: MountOptions): MountedEditor {
  const { element, multiline, keep } = options;
  const { mode } = options.context();
  const create = () => createModel(parts, mode, options.value);
  const model = keep === undefined ? create() : keptModel(keep, create);
  contexts.set(model, options.context);
  const code = parts.editor.create(element, {
    ...OPTIONS,
    ...(mode === 'typescript' ? TYPESCRIPT_OPTIONS : {}),
    ...(options.large === true ? LARGE_OPTIONS : {}),
    model,
    ariaLabel: options.label,
    quickSuggestions: mode === 'json' || mode === 'plain' ? false : OPTIONS.quickSuggestions,
  });
  if (!multiline) code.createContextKey('millraceOneLine', true);
  // What was kept has been changed by others since, such as by undo in the drawing.
  if (model.getValue() !== options.value) replaceAll(code, options.value);
  let silent = false;
  let given = options.value;
  /** Texts that were told and have not come back as the field's value yet. */
  let told: string[] = [];
  const listeners = [
    code.onDidContentSizeChange((size) => options.onHeight(size.contentHeight)),
    code.onDidBlurEditorWidget(() => options.onBlur()),
    code.onDidChangeCursorSelection(() => keepSelection(model, selectionOf(code, model))),
    model.onDidChangeContent(() => {
      if (silent) return;
      const text = model.getValue();
      if (!multiline && /[\r\n]/.test(text)) replaceAll(code, text.replace(/[\r\n]+/g, ' '));
      else {
        told = [...told.slice(-TOLD_MAX), text];
        options.onChange(text);
      }
    }),
  ];
  options.onHeight(code.getContentHeight());
  select(code, options.selection);
  if (options.large === true) reveal(code);
  code.focus();
  return {
    setValue(text) {
      if (text === given) return;
      given = text;
      // A page that is slower than the fingers hands back what was typed a moment ago.
      const echo = told.indexOf(text);
      if (echo >= 0) {
        told = told.slice(echo + 1);
        return;
      }
      if (model.getValue() === text) return;
      silent = true;
      replaceAll(code, text);
      silent = false;
    },
    setMarks(marks) {
      parts.editor.setModelMarkers(
        model,
        'millrace',
        marks.map((mark) => markerOf(parts, model, mark)),
      );
    },
    focus: () => code.focus(),
    goTo(selection) {
      select(code, selection);
      reveal(code);
      code.focus();
    },
    selection: () => selectionOf(code, model),
    setTabIndents: (indents) => code.updateOptions({ tabFocusMode: !indents }),
    close() {
      for (const listener of listeners) listener.dispose();
      code.dispose();
      if (!isKept(model)) model.dispose();
    },
  };
}

function createModel(parts: EditorParts, mode: CodeContext['mode'], text: string): EditorApi.ITextModel {
  const model = parts.editor.createModel('', mode === 'typescript' ? TYPESCRIPT_LANGUAGE : CODE_LANGUAGE);
  // A model swallows a byte order mark that it is made with; as an edit it is a character like any other.
  model.applyEdits([{ range: model.getFullModelRange(), text }]);
  return model;
}

function select(code: EditorApi.IStandaloneCodeEditor, { start, end }: Selection): void {
  const model = code.getModel();
  if (model === null) return;
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(end);
  code.setSelection({
    selectionStartLineNumber: from.lineNumber,
    selectionStartColumn: from.column,
    positionLineNumber: to.lineNumber,
    positionColumn: to.column,
  });
}

function selectionOf(code: EditorApi.IStandaloneCodeEditor, model: EditorApi.ITextModel): Selection {
  const selection = code.getSelection();
  if (selection === null) return { start: 0, end: 0 };
  return { start: model.getOffsetAt(selection.getStartPosition()), end: model.getOffsetAt(selection.getEndPosition()) };
}

function reveal(code: EditorApi.IStandaloneCodeEditor): void {
  const place = code.getPosition();
  if (place !== null) code.revealPositionInCenterIfOutsideViewport(place);
}

/** As one step of the editor's own undo. */
function replaceAll(code: EditorApi.IStandaloneCodeEditor, text: string): void {
  const model = code.getModel();
  if (model === null) return;
  code.pushUndoStop();
  code.executeEdits('millrace', [{ range: model.getFullModelRange(), text, forceMoveMarkers: true }]);
  code.pushUndoStop();
}

function markerOf(parts: EditorParts, model: EditorApi.ITextModel, mark: CodeMark): EditorApi.IMarkerData {
  const length = model.getValueLength();
  const start = model.getPositionAt(Math.min(mark.start, Math.max(0, length - 1)));
  const end = model.getPositionAt(Math.max(mark.end, mark.start + 1));
  return {
    severity: mark.severity === 'error' ? parts.MarkerSeverity.Error : parts.MarkerSeverity.Warning,
    message: mark.message,
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  };
}
