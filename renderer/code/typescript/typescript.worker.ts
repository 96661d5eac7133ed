/** Worker around TypeScript: reading it and checking code with it hold up nothing. */

import { chineseMessages, library } from 'virtual:typescript-library';
import ts from 'typescript';
import { CodeLanguageService } from './language-service.ts';
import type { CodeAnswer, CodeQuestion } from './typed-code.ts';

const service = new CodeLanguageService(ts, { library, chineseMessages });

self.onmessage = ({ data }: MessageEvent<CodeQuestion>) => {
  const reply: CodeAnswer = { id: data.id, answer: answerTo(data) };
  self.postMessage(reply);
};

function answerTo(question: CodeQuestion): CodeAnswer['answer'] {
  const { code } = question;
  switch (question.name) {
    case 'check':
      return service.check(code, question.given.language);
    case 'complete':
      return service.complete(code, question.given.offset);
    case 'detail':
      return service.detail(code, question.given.offset, question.given.name);
    case 'meaning':
      return service.meaning(code, question.given.offset);
    default:
      return service.signatures(code, question.given.offset);
  }
}
