/** Teaches the editor TypeScript: colours, brackets, and what TypeScript itself answers of completions, meanings and calls. */
import type { editor as EditorApi, IPosition, languages as LanguagesApi } from 'monaco-editor/editor/editor.api.js';
import { contexts, plain } from '../editor-providers.ts';
import type { LineState } from '../highlight-typescript.ts';
import { tokenizeLine } from '../highlight-typescript.ts';
import type { EditorParts } from '../load-editor.ts';
import { askTypeScript } from './ask-typescript.ts';
import type { CodeCompletion, CodeMeaning, TypedCode } from './typed-code.ts';

export const TYPESCRIPT_LANGUAGE = 'millrace-typescript';

type Item = LanguagesApi.CompletionItem & { readonly asked: { readonly typed: TypedCode; readonly offset: number; readonly name: string } };

export function addTypeScript({ languages }: EditorParts): void {
  languages.register({ id: TYPESCRIPT_LANGUAGE });
  languages.setLanguageConfiguration(TYPESCRIPT_LANGUAGE, {
    comments: { lineComment: '//', blockComment: ['/*', '*/'] },
    brackets: [
      ['{', '}'],
      ['[', ']'],
      ['(', ')'],
    ],
    autoClosingPairs: [
      { open: '{', close: '}' },
      { open: '[', close: ']' },
      { open: '(', close: ')' },
    ],
    indentationRules: { increaseIndentPattern: /[{([]\s*(\/\/.*)?$/, decreaseIndentPattern: /^\s*[})\]]/ },
  });
  languages.setTokensProvider(TYPESCRIPT_LANGUAGE, {
    getInitialState: () => new LineStart('code'),
    tokenize: (line, begun) => {
      const { tokens, state } = tokenizeLine(line, begun instanceof LineStart ? begun.inside : 'code');
      return {
        tokens: tokens.map(({ start, kind }) => ({ startIndex: start, scopes: kind === 'plain' ? '' : kind })),
        endState: new LineStart(state),
      };
    },
  });
  languages.registerCompletionItemProvider(TYPESCRIPT_LANGUAGE, {
    triggerCharacters: ['.', '"', "'"],
    provideCompletionItems: (model, position) => complete(languages, model, position),
    resolveCompletionItem: (item) => describe(item as Item),
  });
  languages.registerHoverProvider(TYPESCRIPT_LANGUAGE, {
    provideHover: async (model, position) => {
      const typed = typedCodeOf(model);
      const found = typed === null ? null : await askTypeScript('meaning', typed, { offset: model.getOffsetAt(position) });
      return found === null ? null : { contents: contentsOf(found) };
    },
  });
  languages.registerSignatureHelpProvider(TYPESCRIPT_LANGUAGE, {
    signatureHelpTriggerCharacters: ['(', ','],
    signatureHelpRetriggerCharacters: [')'],
    provideSignatureHelp: (model, position) => signatures(model, position),
  });
}

class LineStart implements LanguagesApi.IState {
  readonly inside: LineState;

  constructor(inside: LineState) {
    this.inside = inside;
  }

  clone(): LineStart {
    return this;
  }

  equals(other: LanguagesApi.IState): boolean {
    return other instanceof LineStart && other.inside === this.inside;
  }
}

function typedCodeOf(model: EditorApi.ITextModel): TypedCode | null {
  const declarations = contexts.get(model)?.().declarations;
  return declarations === undefined ? null : { code: model.getValue(), declarations };
}

async function complete(
  languages: EditorParts['languages'],
  model: EditorApi.ITextModel,
  position: IPosition,
): Promise<LanguagesApi.CompletionList> {
  const typed = typedCodeOf(model);
  if (typed === null) return { suggestions: [] };
  const offset = model.getOffsetAt(position);
  const word = model.getWordUntilPosition(position);
  const found = (await askTypeScript('complete', typed, { offset })) ?? [];
  return {
    suggestions: found.map((each): Item => {
      const start = each.start === null ? word.startColumn : model.getPositionAt(each.start).column;
      const line = position.lineNumber;
      return {
        label: each.name,
        kind: kindOf(languages, each),
        insertText: each.insertText,
        sortText: each.sortText,
        range: { startLineNumber: line, endLineNumber: line, startColumn: start, endColumn: position.column },
        asked: { typed, offset, name: each.name },
      };
    }),
  };
}

async function describe(item: Item): Promise<LanguagesApi.CompletionItem> {
  const { typed, offset, name } = item.asked;
  const found = await askTypeScript('detail', typed, { offset, name });
  return found === null ? item : { ...item, detail: found.type, documentation: found.help };
}

async function signatures(model: EditorApi.ITextModel, position: IPosition): Promise<LanguagesApi.SignatureHelpResult | null> {
  const typed = typedCodeOf(model);
  const found = typed === null ? null : await askTypeScript('signatures', typed, { offset: model.getOffsetAt(position) });
  if (found === null) return null;
  return {
    value: {
      signatures: found.signatures.map(({ label, parameters, help }) => ({
        label,
        documentation: help,
        parameters: parameters.map((parameter) => ({ label: parameter })),
      })),
      activeSignature: found.active,
      activeParameter: found.argument,
    },
    dispose: () => undefined,
  };
}

/** Texts of TypeScript are no markup. */
function contentsOf({ type, help }: CodeMeaning): { readonly value: string }[] {
  return [type, help].filter((text) => text !== '').map((text) => ({ value: plain(text).replaceAll('\n', '\n\n') }));
}

function kindOf({ CompletionItemKind }: EditorParts['languages'], { kind }: CodeCompletion): LanguagesApi.CompletionItemKind {
  switch (kind) {
    case 'property':
    case 'getter':
    case 'setter':
      return CompletionItemKind.Field;
    case 'method':
    case 'function':
    case 'local function':
      return CompletionItemKind.Function;
    case 'keyword':
      return CompletionItemKind.Keyword;
    case 'interface':
    case 'type':
    case 'class':
      return CompletionItemKind.TypeParameter;
    case 'string':
      return CompletionItemKind.Value;
    default:
      return CompletionItemKind.Variable;
  }
}
