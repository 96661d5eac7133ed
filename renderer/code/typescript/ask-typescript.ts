/** Asks TypeScript, which lives in a worker that is started with the first question: nothing of it is read before. */
import type { CodeAnswer, CodeQuestions, TypedCode } from './typed-code.ts';
import workerUrl from './typescript.worker.ts?worker&url';

interface Running {
  readonly worker: Worker;
  readonly waiting: Map<number, (answer: CodeAnswer['answer']) => void>;
}

let running: Running | null = null;
let last = 0;

/** Null: TypeScript could not be read, or did not get through this code. */
export function askTypeScript<Name extends keyof CodeQuestions>(
  name: Name,
  code: TypedCode,
  given: CodeQuestions[Name]['given'],
): Promise<CodeQuestions[Name]['answer'] | null> {
  running ??= start();
  const { worker, waiting } = running;
  const id = ++last;
  return new Promise((resolve) => {
    waiting.set(id, (answer) => resolve(answer as CodeQuestions[Name]['answer']));
    worker.postMessage({ id, name, code, given });
  });
}

function start(): Running {
  const worker = new Worker(workerUrl, { type: 'module' });
  const waiting: Running['waiting'] = new Map();
  worker.onmessage = ({ data: { id, answer } }: MessageEvent<CodeAnswer>) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  };
  // The next question starts another one.
  worker.onerror = () => {
    running = null;
    worker.terminate();
    for (const resolve of waiting.values()) resolve(null);
  };
  return { worker, waiting };
}
