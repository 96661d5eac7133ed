/** Teaches the editor our expressions: colours, completion, signatures and help on hover, all on the main thread. */
import type { editor as EditorApi, IRange, languages as LanguagesApi } from 'monaco-editor/editor/editor.api.js';
import { findFunction, SPECIAL_FORMS } from '../../engine/expressions/functions/catalog.ts';
import { printType } from '../../engine/types/print-type.ts';
import { currentLanguage } from '../strings/language.ts';
import type { CodeContext } from './code-context.ts';
import type { Suggestion, SuggestionKind } from './completion.ts';
import { suggestAt } from './completion.ts';
import { tokenize } from './highlight.ts';
import type { EditorParts } from './load-editor.ts';
import { signatureAt } from './signature.ts';

export const CODE_LANGUAGE = 'millrace-code';

/** What the text of an editor may mean, as long as it is open. */
export const contexts = new WeakMap<EditorApi.ITextModel, () => CodeContext>();

const ORDER: readonly SuggestionKind[] = ['aggregate', 'column', 'function', 'type', 'keyword'];

export function addProviders(parts: EditorParts): void {
  const { languages, editor, KeyCode } = parts;
  languages.register({ id: CODE_LANGUAGE });
  languages.setLanguageConfiguration(CODE_LANGUAGE, {
    brackets: [['(', ')']],
    autoClosingPairs: [
      { open: '(', close: ')' },
      { open: "'", close: "'", notIn: ['string'] },
      { open: '`', close: '`', notIn: ['string'] },
    ],
    surroundingPairs: [
      { open: '(', close: ')' },
      { open: "'", close: "'" },
      { open: '`', close: '`' },
    ],
    wordPattern: /[\p{L}\p{Nd}_$]+/u,
  });
  const state: LanguagesApi.IState = { clone: () => state, equals: () => true };
  languages.setTokensProvider(CODE_LANGUAGE, {
    getInitialState: () => state,
    tokenize: (line) => ({
      tokens: tokenize(line).map((token) => ({ startIndex: token.start, scopes: token.kind === 'plain' ? '' : token.kind })),
      endState: state,
    }),
  });
  languages.registerCompletionItemProvider(CODE_LANGUAGE, {
    triggerCharacters: ['.', '`', '('],
    provideCompletionItems: (model, position) => completions(parts, model, model.getOffsetAt(position)),
  });
  languages.registerSignatureHelpProvider(CODE_LANGUAGE, {
    signatureHelpTriggerCharacters: ['(', ','],
    signatureHelpRetriggerCharacters: [')'],
    provideSignatureHelp: (model, position) => signatures(model, model.getOffsetAt(position)),
  });
  languages.registerHoverProvider(CODE_LANGUAGE, {
    provideHover: (model, position) => hover(model, model.getWordAtPosition(position)?.word ?? ''),
  });
  // One line has no next one: Enter takes what is suggested and otherwise does nothing. The other keys belong to the designer.
  editor.addCommand({ id: 'millrace.nothing', run: () => undefined });
  editor.addKeybindingRules([
    { keybinding: KeyCode.Enter, command: 'millrace.nothing', when: 'millraceOneLine && editorTextFocus && !suggestWidgetVisible' },
    ...[KeyCode.F1, KeyCode.F8].map((keybinding) => ({ keybinding, command: null })),
  ]);
}

function completions(parts: EditorParts, model: EditorApi.ITextModel, offset: number): LanguagesApi.CompletionList {
  const context = contexts.get(model)?.();
  if (context === undefined) return { suggestions: [] };
  const { from, items } = suggestAt(model.getValue(), offset, context, currentLanguage());
  const start = model.getPositionAt(from);
  const end = model.getPositionAt(offset);
  const range = { startLineNumber: start.lineNumber, startColumn: start.column, endLineNumber: end.lineNumber, endColumn: end.column };
  return { suggestions: items.map((item, index) => completion(parts, item, index, range)) };
}

function completion(parts: EditorParts, item: Suggestion, index: number, range: IRange): LanguagesApi.CompletionItem {
  const { CompletionItemKind, CompletionItemInsertTextRule } = parts.languages;
  const kinds: Record<SuggestionKind, LanguagesApi.CompletionItemKind> = {
    column: CompletionItemKind.Field,
    function: CompletionItemKind.Function,
    aggregate: CompletionItemKind.Function,
    type: CompletionItemKind.TypeParameter,
    keyword: CompletionItemKind.Keyword,
  };
  const placed = item.insert.includes('$0');
  return {
    label: item.detail === '' ? item.label : { label: item.label, description: item.kind === 'column' ? item.detail : undefined },
    kind: kinds[item.kind],
    insertText: item.insert,
    insertTextRules: placed ? CompletionItemInsertTextRule.InsertAsSnippet : CompletionItemInsertTextRule.None,
    detail: item.detail === '' || item.kind === 'column' ? undefined : item.detail,
    documentation: item.help ?? undefined,
    filterText: item.label,
    sortText: `${ORDER.indexOf(item.kind)}${String(index).padStart(5, '0')}`,
    range,
    command: placed ? { id: 'editor.action.triggerParameterHints', title: '' } : undefined,
  };
}

function signatures(model: EditorApi.ITextModel, offset: number): LanguagesApi.SignatureHelpResult | null {
  const context = contexts.get(model)?.();
  const help = context?.mode === 'expression' ? signatureAt(model.getValue(), offset, currentLanguage()) : null;
  if (help === null) return null;
  const fitting = help.signatures.findIndex((one) => one.parameters.length > help.argument);
  return {
    value: {
      signatures: help.signatures.map((one) => ({
        label: one.label,
        documentation: help.summary,
        parameters: one.parameters.map((label) => ({ label })),
      })),
      activeSignature: Math.max(0, fitting),
      activeParameter: help.argument,
    },
    dispose: () => undefined,
  };
}

function hover(model: EditorApi.ITextModel, word: string): LanguagesApi.Hover | null {
  const context = contexts.get(model)?.();
  if (context === undefined || word === '') return null;
  const name = word.toUpperCase();
  const help = findFunction(name)?.help ?? SPECIAL_FORMS.find((form) => form.name === name)?.help;
  const field = context.schema.fields.find((candidate) => candidate.name === word);
  if (field !== undefined) return { contents: [{ value: `${plain(field.name)} — ${plain(printType(field.type))}` }] };
  if (help === undefined || context.mode !== 'expression') return null;
  return { contents: [{ value: help.signatures.map(plain).join('\n\n') }, { value: plain(help.summary[currentLanguage()]) }] };
}

/** Names may hold anything: nothing in them is markup. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~&]/g, '\\$&');
}
