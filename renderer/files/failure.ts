/** The words of a refusal or failure, as they crossed from the host: message, way out, code. */
import { EngineError } from '../../engine/base/errors.ts';
import type { ErrorMessage } from '../../engine/host/contract.ts';
import { currentLanguage } from '../strings/language.ts';

export function codeOf(error: unknown): string | null {
  return detailOf(error, 'code');
}

export function messageOf(error: unknown): string {
  const zh = currentLanguage() === 'zh' && error instanceof EngineError ? error.details.zh : undefined;
  if (zh !== undefined) return `${zh.message}。${zh.remedy}`;
  const message = error instanceof Error ? error.message : String(error);
  const remedy = detailOf(error, 'remedy');
  return remedy === null ? message : `${message}. ${remedy}`;
}

/** Errors carry their details at the top or, as EngineError does, under `details`. */
function detailOf(error: unknown, name: 'code' | 'remedy'): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const fields = error as { readonly [key: string]: unknown };
  const details = fields['details'];
  const value =
    fields[name] ?? (typeof details === 'object' && details !== null ? (details as { readonly [key: string]: unknown })[name] : undefined);
  return typeof value === 'string' ? value : null;
}

/** All of it, for places that show failures as they show the engine's own. */
export function errorMessageOf(error: unknown): ErrorMessage {
  return {
    code: codeOf(error) ?? 'MR6000',
    message: error instanceof Error ? error.message : String(error),
    remedy: detailOf(error, 'remedy'),
    nodeId: null,
    field: null,
  };
}
