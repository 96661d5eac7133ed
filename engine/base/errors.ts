/** The one error class for what the world or the user did; our own mistakes are assertions. */

/** Who has to act: the person who wrote the pipeline, something outside (disk, network), or us. */
export type ErrorDomain = 'user' | 'external' | 'internal';

/** Message and way out in Chinese: of errors that somebody chooses by, before anything has failed. */
export interface ErrorInChinese {
  readonly message: string;
  readonly remedy: string;
}

export interface EngineErrorDetails {
  readonly domain: ErrorDomain;
  /** The way out, as a sentence without a final stop. */
  readonly remedy?: string;
  readonly nodeId?: string;
  readonly field?: string;
  readonly cause?: unknown;
  /** True when trying again may succeed (restart strategies look at it). */
  readonly retryable?: boolean;
  readonly zh?: ErrorInChinese;
}

/** `code` is stable (`MR` and four digits) and links to the help. The message names what, where and the bad value. */
export class EngineError extends Error {
  readonly code: string;
  readonly details: EngineErrorDetails;

  constructor(code: string, message: string, details: EngineErrorDetails) {
    super(message, { cause: details.cause });
    this.name = 'EngineError';
    this.code = code;
    this.details = details;
  }
}
