/**
 * TypeScript's language service over the code of one node and the declarations made of its schema: mistakes, completions, what a
 * name means, what a call takes. Neither the page nor a worker is known here.
 */
import type ts from 'typescript';
import type { Language } from '../../../engine/spec/text.ts';
import type { CodeCompletion, CodeMeaning, CodeMistake, CodeSignatures, TypedCode } from './typed-code.ts';

const CODE = '/code.ts';
const GIVEN = '/given.d.ts';
const CALLS = '/calls.ts';
const DEFAULT_LIBRARY = '/lib.es2022.d.ts';
const MESSAGE_MAX = 400;
const MISTAKES_MAX = 50;

export interface LanguageServiceFiles {
  /** TypeScript's declarations of the built-ins, by file name. */
  readonly library: Readonly<Record<string, string>>;
  /** TypeScript's messages in Chinese, as JSON. */
  readonly chineseMessages: string;
}

export class CodeLanguageService {
  private readonly api: typeof ts;
  private readonly files: LanguageServiceFiles;
  private readonly service: ts.LanguageService;
  private texts: Readonly<Record<string, string>> = {};
  private version = 0;
  private language: Language = 'en';

  constructor(api: typeof ts, files: LanguageServiceFiles) {
    this.api = api;
    this.files = files;
    this.service = api.createLanguageService(this.host());
  }

  check(code: TypedCode, language: Language): readonly CodeMistake[] {
    this.speak(language);
    this.take(code);
    const { service } = this;
    const syntax = service.getSyntacticDiagnostics(CODE);
    const own = syntax.length > 0 ? syntax : service.getSemanticDiagnostics(CODE);
    const found = own.map((each) => this.mistakeOf(code.code, each.start ?? 0, each.length ?? 1, each.messageText));
    const calls = syntax.length > 0 ? [] : service.getSemanticDiagnostics(CALLS).flatMap((each) => this.callMistake(code.code, each));
    return [...found, ...calls].slice(0, MISTAKES_MAX);
  }

  complete(code: TypedCode, offset: number): readonly CodeCompletion[] {
    this.take(code);
    const found = this.service.getCompletionsAtPosition(CODE, offset, { includeCompletionsWithInsertText: true });
    return (found?.entries ?? []).map(({ name, kind, sortText, insertText, replacementSpan }) => ({
      name,
      kind,
      sortText,
      insertText: insertText ?? name,
      start: replacementSpan?.start ?? null,
    }));
  }

  detail(code: TypedCode, offset: number, name: string): CodeMeaning | null {
    this.take(code);
    const found = this.service.getCompletionEntryDetails(CODE, offset, name, undefined, undefined, undefined, undefined);
    return found === undefined ? null : { type: textOf(found.displayParts), help: textOf(found.documentation) };
  }

  meaning(code: TypedCode, offset: number): CodeMeaning | null {
    this.take(code);
    const found = this.service.getQuickInfoAtPosition(CODE, offset);
    return found === undefined ? null : { type: textOf(found.displayParts), help: textOf(found.documentation) };
  }

  signatures(code: TypedCode, offset: number): CodeSignatures | null {
    this.take(code);
    const found = this.service.getSignatureHelpItems(CODE, offset, undefined);
    if (found === undefined) return null;
    return {
      active: found.selectedItemIndex,
      argument: found.argumentIndex,
      signatures: found.items.map((item) => {
        const parameters = item.parameters.map((parameter) => textOf(parameter.displayParts));
        const label = `${textOf(item.prefixDisplayParts)}${parameters.join(textOf(item.separatorDisplayParts))}${textOf(item.suffixDisplayParts)}`;
        return { label, parameters, help: textOf(item.documentation) };
      }),
    };
  }

  private take({ code, declarations }: TypedCode): void {
    if (this.texts[CODE] === code && this.texts[GIVEN] === declarations) return;
    this.texts = { [CODE]: code, [GIVEN]: declarations, [CALLS]: callsOf(code, declarations) };
    this.version++;
  }

  /** Messages are made with the program, so another language needs another one. */
  private speak(language: Language): void {
    if (language === this.language) return;
    this.language = language;
    this.version++;
    this.api.validateLocaleAndSetLanguage('zh-cn', {
      getExecutingFilePath: () => '/typescript.js',
      resolvePath: (path) => path,
      fileExists: () => true,
      readFile: () => (language === 'zh' ? this.files.chineseMessages : '{}'),
    });
  }

  private mistakeOf(code: string, start: number, length: number, message: string | ts.DiagnosticMessageChain): CodeMistake {
    const text = this.api.flattenDiagnosticMessageText(message, ' ').replace(/\s+/g, ' ').slice(0, MESSAGE_MAX);
    return { start, end: start + Math.max(1, length), line: code.slice(0, start).split('\n').length, message: text };
  }

  /** The engine's call does not fit: told where the function is declared. */
  private callMistake(code: string, { start, messageText }: ts.Diagnostic): readonly CodeMistake[] {
    const line = (this.texts[CALLS] ?? '').slice(0, start ?? 0).split('\n').length - 1;
    const name = calledIn(code, this.texts[GIVEN] ?? '')[line] ?? '';
    const at = declarationOf(name).exec(code);
    return at === null ? [] : [this.mistakeOf(code, at.index + at[0].length - name.length, name.length, messageText)];
  }

  private host(): ts.LanguageServiceHost {
    const { api } = this;
    const read = (path: string) => this.texts[path] ?? this.files.library[path.slice(1)];
    return {
      getCompilationSettings: () => ({
        target: api.ScriptTarget.ES2022,
        module: api.ModuleKind.ESNext,
        moduleDetection: api.ModuleDetectionKind.Legacy,
        strict: true,
        noEmit: true,
        types: [],
      }),
      getScriptFileNames: () => [CODE, GIVEN, CALLS],
      getScriptVersion: (path) => (path in this.texts ? String(this.version) : ''),
      getScriptSnapshot: (path) => {
        const text = read(path);
        return text === undefined ? undefined : api.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => '/',
      getDefaultLibFileName: () => DEFAULT_LIBRARY,
      fileExists: (path) => read(path) !== undefined,
      readFile: read,
    };
  }
}

function declarationOf(name: string): RegExp {
  return new RegExp(`(?<![\\w$.])(?:function|const)\\s+${name}(?![\\w$])`);
}

/** What the code declares of the members of `CalledFunctions`: what the engine calls. */
function calledIn(code: string, declarations: string): readonly string[] {
  const functions = /^interface CalledFunctions \{\n(.*?)^\}/ms.exec(declarations)?.[1] ?? '';
  const names = [...functions.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name);
  return names.filter((name) => declarationOf(name).test(code));
}

function callsOf(code: string, declarations: string): string {
  return calledIn(code, declarations)
    .map((name) => `((call: CalledFunctions['${name}']) => call)(${name});\n`)
    .join('');
}

function textOf(parts: readonly ts.SymbolDisplayPart[] | undefined): string {
  return (parts ?? []).map(({ text }) => text).join('');
}
