/** Turns errors into messages and back, keeping code, node and way out. */
import { EngineError } from '../../base/errors.ts';
import type { FailureMessage } from './messages.ts';

/** `nodeId` is where it happened, unless the error knows better. */
export function describeFailure(error: unknown, nodeId: string | null): FailureMessage {
  if (error instanceof EngineError) {
    return {
      code: error.code,
      message: error.message,
      domain: error.details.domain,
      remedy: error.details.remedy ?? null,
      nodeId: error.details.nodeId ?? nodeId,
      field: error.details.field ?? null,
      retryable: error.details.retryable ?? error.details.domain !== 'user',
      stack: error.stack ?? null,
      ...(error.details.zh === undefined ? {} : { zh: error.details.zh }),
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'MR5001',
    message: nodeId === null ? message : `node '${nodeId}' failed: ${message}`,
    domain: 'internal',
    remedy: null,
    nodeId,
    field: null,
    retryable: true,
    stack: error instanceof Error ? (error.stack ?? null) : null,
  };
}

export function errorOfFailure(failure: FailureMessage): EngineError {
  return new EngineError(failure.code, failure.message, {
    domain: failure.domain,
    retryable: failure.retryable,
    ...(failure.remedy === null ? {} : { remedy: failure.remedy }),
    ...(failure.nodeId === null ? {} : { nodeId: failure.nodeId }),
    ...(failure.field === null ? {} : { field: failure.field }),
    ...(failure.zh === undefined ? {} : { zh: failure.zh }),
  });
}
