/** A cause in words: the sentence that names it with what is missing, and what else there is to know. */
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { Trans } from 'react-i18next';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { nodeLabel } from '../document/definitions.ts';
import { formatInteger } from '../strings/figures.ts';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { formatLevel } from './axis.ts';
import type { Cause, NextWindow, Sender } from './causes.ts';
import style from './lens.module.css';
import { needed, spanned } from './spans.ts';

type Translate = TFunction;
type Values = Readonly<Record<string, string | number>>;
const MARKS = { b: <b />, t: <span className={style.level} /> };

export function labelOf(document: PipelineDocument, nodeId: string): string {
  const node = document.nodes.find((candidate) => candidate.id === nodeId);
  return node === undefined ? nodeId : nodeLabel(node, currentLanguage());
}

export function senderWords(t: Translate, document: PipelineDocument, sender: Sender): string {
  const label = labelOf(document, sender.nodeId);
  return sender.alone ? label : t('lens.subtask', { label, number: sender.subtask + 1 });
}

function Marked({ name, values = {} }: { readonly name: string; readonly values?: Values }) {
  const { t } = useTranslation();
  return <Trans t={t as Translate} i18nKey={name as never} values={values} components={MARKS} />;
}

export function Headline({ cause }: { readonly cause: Cause }) {
  const { documents } = useDesigner();
  const { t } = useTranslation();
  const document = useStore(documents, (state) => state.document);
  const [name, values] = headline(cause, document, t as Translate);
  return <Marked name={`lens.cause.${name}`} values={values} />;
}

function headline(cause: Cause, document: PipelineDocument, t: Translate): readonly [string, Values] {
  switch (cause.kind) {
    case 'over':
      return [cause.phase, {}];
    case 'paused':
      return cause.watermark === null ? ['pausedNone', {}] : ['paused', { time: formatLevel(cause.watermark) }];
    case 'no-rows':
      return cause.blocker === null ? ['no-rows', {}] : ['blocked', { label: labelOf(document, cause.blocker) }];
    case 'silent-source':
      return [cause.kind, { label: labelOf(document, cause.source.nodeId) }];
    case 'too-few-inputs':
    case 'never-sent':
    case 'no-event-time':
      return [cause.kind, { sender: senderWords(t, document, cause.sender) }];
    case 'quiet': {
      const values = { quiet: spanned(cause.quietMs), time: formatLevel(cause.watermark) };
      return cause.others === 0 ? ['quietAlone', values] : ['quiet', { ...values, sender: senderWords(t, document, cause.sender) }];
    }
    case 'all-quiet':
      return [cause.kind, { quiet: spanned(cause.quietMs), time: formatLevel(cause.watermark) }];
    case 'no-window':
      return [cause.kind, { time: formatLevel(cause.watermark) }];
    case 'not-reached': {
      const time = formatLevel(cause.watermark);
      const needs = cause.next.needsMs ?? 0;
      return needs === 0 ? ['firing', { time }] : [cause.kind, { time, needs: needed(needs) }];
    }
    default:
      return [cause.kind, {}];
  }
}

export function Explanation({ cause }: { readonly cause: Cause }) {
  const { documents } = useDesigner();
  const gap = currentLanguage() === 'zh' ? '' : ' ';
  const { t } = useTranslation();
  const document = useStore(documents, (state) => state.document);
  return sentences(cause, document, t as Translate).map(([name, values]) => (
    <span key={name}>
      <Marked name={name} values={values} />
      {gap}
    </span>
  ));
}

function sentences(cause: Cause, document: PipelineDocument, t: Translate): readonly (readonly [string, Values])[] {
  switch (cause.kind) {
    case 'over':
      return [[`lens.cause.${cause.phase}Text`, {}]];
    case 'restarting':
    case 'asking':
    case 'input-ended':
    case 'no-window':
    case 'no-event-time':
      return [[`lens.cause.${cause.kind}Text`, {}]];
    case 'no-rows':
      return cause.blocker === null
        ? [['lens.cause.no-rowsText', {}]]
        : [['lens.cause.blockedText', { rows: formatInteger(cause.rowsIn) }]];
    case 'silent-source':
      return [
        ...(cause.source.file === null ? [] : ([['lens.reads', { file: cause.source.file }]] as const)),
        ['lens.cause.no-rowsText', {}],
      ];
    case 'too-few-inputs': {
      const { source, parallelism } = cause;
      return [['lens.cause.too-few-inputsText', { source: labelOf(document, source.nodeId), file: source.file ?? '', parallelism }]];
    }
    case 'never-sent':
      return [
        cause.others === 0 ? ['lens.cause.never-sentAlone', {}] : ['lens.cause.never-sentText', { count: cause.others }],
        ...readsSentence(cause.sender, cause.file),
      ];
    case 'paused':
    case 'all-idle':
      return windowSentence(cause.next);
    case 'all-quiet':
      return [...windowSentence(cause.next), ...moving(cause.next, 0)];
    case 'quiet': {
      const idle = cause.rule?.idleAfterMs ?? null;
      return [
        ...windowSentence(cause.next),
        ...passedSentence(cause.passed, cause.others),
        ...readsSentence(cause.sender, cause.file),
        ...(idle === null ? [] : ([['lens.idleAfter', { span: spanned(idle) }]] as const)),
      ];
    }
    case 'not-reached':
      return notReached(cause, document, t);
  }
}

function notReached(
  cause: Extract<Cause, { kind: 'not-reached' }>,
  document: PipelineDocument,
  t: Translate,
): readonly (readonly [string, Values])[] {
  const { next, others, passed, rule, arrivesInMs, sender } = cause;
  const slow = others > 0 && passed > 0 ? passedSentence(passed, others) : [];
  const slowest = slow.length > 0 ? ([['lens.slowest', { sender: senderWords(t, document, sender), count: others + 1 }]] as const) : [];
  const pace = arrivesInMs === null || (next.needsMs ?? 0) === 0 ? [] : ([['lens.pace', { span: needed(arrivesInMs) }]] as const);
  return [...windowSentence(next), ...moving(next, rule?.delayMs ?? 0), ...slowest, ...slow, ...pace];
}

function windowSentence(next: NextWindow | null): readonly (readonly [string, Values])[] {
  if (next === null) return [];
  const end = formatLevel(next.end);
  return next.needsMs === null ? [['lens.windowWaits', { end }]] : [['lens.windowEnds', { end, needs: needed(next.needsMs) }]];
}

function moving(next: NextWindow, delayMs: number): readonly (readonly [string, Values])[] {
  const time = formatLevel(next.firesAt + 1 + delayMs);
  return [delayMs === 0 ? ['lens.movesAtOnce', { time }] : ['lens.moves', { time, delay: spanned(delayMs) }]];
}

function passedSentence(passed: number, others: number): readonly (readonly [string, Values])[] {
  if (others === 0 || passed === 0) return [];
  return passed === others ? [['lens.passedAll', { count: others }]] : [['lens.passedSome', { count: others, passed }]];
}

const SPLITS_NAMED = 2;

/** What the named subtask reads; before the engine has told, what the drawing says. */
function readsSentence({ splits }: Sender, file: string | null): readonly (readonly [string, Values])[] {
  if (splits === null) return file === null ? [] : [['lens.reads', { file }]];
  if (splits.length === 0) return [['lens.readsNothing', {}]];
  const names = splits.slice(0, SPLITS_NAMED).map((split) => split.split('/').at(-1) ?? split);
  const more = splits.length - names.length;
  const listed = names.join(', ');
  return [more === 0 ? ['lens.reads', { file: listed }] : ['lens.readsMore', { file: listed, count: more }]];
}

/** For titles and labels beside a chip. */
export function Chip({ children }: { readonly children: ReactNode }) {
  return <code className={style.nodeChip}>{children}</code>;
}
