/** How the command line ends, and what it says then; scripts rely on these numbers. */
import { EngineError } from '../../base/errors.ts';
import type { Language } from '../../spec/text.ts';

export const EXIT_FINISHED = 0;
export const EXIT_FAILED = 1;
/** The pipeline or the arguments are at fault: nothing was run. */
export const EXIT_REFUSED = 2;
/** Ended by a signal; state is kept and `--restore latest` goes on from it. */
export const EXIT_INTERRUPTED = 130;

export const EXIT_CODES_HELP = `
Exit codes:
  0    finished
  1    failed while running
  2    refused: the pipeline or the arguments are at fault
  130  interrupted; state was kept, \`--restore latest\` goes on from it`;

/** An argument that cannot be used, with the way to write it. */
export function refuseArgument(message: string): EngineError {
  return new EngineError('MR6401', message, { domain: 'user', remedy: 'see --help' });
}

export function exitCodeOf(error: unknown): number {
  return error instanceof EngineError && error.details.domain === 'user' ? EXIT_REFUSED : EXIT_FAILED;
}

/** Control characters of file names and data must not reach the terminal. */
export function escapeForTerminal(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Our own mistake: one line for people, the stack only for those who ask. */
function formatMistake(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = process.env.MILLRACE_DEBUG === '1' && error instanceof Error ? `\n${error.stack}` : '';
  return escapeForTerminal(`MR6000 a mistake inside Millrace: ${message}\n  → please report it with what MILLRACE_DEBUG=1 adds${stack}`);
}

export function formatError(error: unknown, language: Language): string {
  if (!(error instanceof EngineError)) return formatMistake(error);
  const { nodeId, field, zh } = error.details;
  const { message, remedy } = language === 'zh' && zh !== undefined ? zh : { message: error.message, remedy: error.details.remedy };
  const place = nodeId === undefined ? '' : ` [${nodeId}${field === undefined ? '' : `.${field}`}]`;
  return escapeForTerminal(`${error.code}${place} ${message}${remedy === undefined ? '' : `\n  → ${remedy}`}`);
}
