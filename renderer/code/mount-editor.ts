/** One live editor in a field: a line that grows with its text, without anything an editor window would have around it. */
import type { editor as EditorApi } from 'monaco-editor/editor/editor.api.js';
import type { CodeContext, CodeMark } from './code-context.ts';
import { CODE_LANGUAGE, contexts } from './editor-providers.ts';
import type { EditorParts } from './load-editor.ts';
import { TYPESCRIPT_LANGUAGE } from './typescript/typescript-providers.ts';

export interface MountOptions {
  readonly element: HTMLElement;
  readonly value: string;
  readonly label: string;
  readonly multiline: boolean;
  /** Selected from … to, in UTF-16 units. */
  readonly selection: { readonly start: number; readonly end: number };
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

export function mountEditor(parts: EditorParts, options: MountOptions): MountedEditor {
  const { element, multiline } = options;
  const { mode } = options.context();
  const model = parts.editor.createModel('', mode === 'typescript' ? TYPESCRIPT_LANGUAGE : CODE_LANGUAGE);
  // A model swallows a byte order mark that it is made with; as an edit it is a character like any other.
  model.applyEdits([{ range: model.getFullModelRange(), text: options.value }]);
  contexts.set(model, options.context);
  const code = parts.editor.create(element, {
    ...OPTIONS,
    ...(mode === 'typescript' ? TYPESCRIPT_OPTIONS : {}),
    model,
    ariaLabel: options.label,
    quickSuggestions: mode === 'json' || mode === 'plain' ? false : OPTIONS.quickSuggestions,
  });
  if (!multiline) code.createContextKey('millraceOneLine', true);
  let silent = false;
  let given = options.value;
  /** Texts that were told and have not come back as the field's value yet. */
  let told: string[] = [];
  const listeners = [
    code.onDidContentSizeChange((size) => options.onHeight(size.contentHeight)),
    code.onDidBlurEditorWidget(() => options.onBlur()),
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
    close() {
      for (const listener of listeners) listener.dispose();
      code.dispose();
      model.dispose();
    },
  };
}

function select(code: EditorApi.IStandaloneCodeEditor, { start, end }: MountOptions['selection']): void {
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
