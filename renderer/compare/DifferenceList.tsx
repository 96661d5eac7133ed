/** The differences as one list: arrows walk through it, the drawing follows. */
import type { KeyboardEvent } from 'react';
import { useEffect, useRef } from 'react';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { nodeLabel, nodeShape, presetLabel } from '../document/definitions.ts';
import { NodeIcon } from '../palette/NodeIcon.tsx';
import { currentLanguage, words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { ChangeBadge } from './ChangeBadge.tsx';
import style from './compare.module.css';
import type { Difference } from './differences.ts';

interface DifferenceListProps {
  readonly merged: PipelineDocument;
  readonly differences: readonly Difference[];
  readonly chosen: Difference;
  readonly onChoose: (key: string) => void;
}

export function DifferenceList({ merged, differences, chosen, onChoose }: DifferenceListProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const at = differences.indexOf(chosen);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: { readonly [key: string]: number } = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: differences.length - 1 };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const difference = differences[Math.max(0, Math.min(differences.length - 1, next))];
    onChoose(difference.key);
  };
  return (
    <div
      ref={list}
      className={style.list}
      role="listbox"
      tabIndex={0}
      aria-label={t('compare.list')}
      aria-activedescendant={`difference-${at}`}
      data-dialog-focus=""
      onKeyDown={onKeyDown}
    >
      {differences.map((difference, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys act on the list, which holds the focus
        <div
          key={difference.key}
          id={`difference-${index}`}
          role="option"
          aria-selected={difference === chosen}
          tabIndex={-1}
          className={classes(style.item, difference === chosen && style.itemChosen)}
          data-change={difference.change}
          onClick={() => onChoose(difference.key)}
        >
          <ChangeBadge change={difference.change} />
          <Subject merged={merged} difference={difference} />
        </div>
      ))}
    </div>
  );
}

function Subject({ merged, difference }: { readonly merged: PipelineDocument; readonly difference: Difference }) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const { subject, change, fields } = difference;
  const nameOf = (id: string) => {
    const node = merged.nodes.find((candidate) => candidate.id === id);
    return node === undefined ? id : nodeLabel(node, language);
  };
  const node = subject.kind === 'node' ? subject.node : null;
  const title =
    subject.kind === 'node'
      ? nodeLabel(subject.node, language)
      : subject.kind === 'edge'
        ? t('compare.edge', { from: nameOf(subject.edge.from.node), to: nameOf(subject.edge.to.node) })
        : subject.kind === 'note'
          ? subject.text.split('\n')[0]
          : subject.kind === 'group'
            ? subject.label
            : t('compare.job');
  const kind =
    subject.kind === 'node'
      ? words(presetLabel(subject.node))
      : { edge: t('compare.edgeKind'), note: t('compare.note'), group: t('compare.group'), job: t('compare.jobKind') }[subject.kind];
  const note = [kind, change === 'changed' ? t('compare.fields', { count: fields.length }) : t(`compare.kind.${change}`)].join(' · ');
  return (
    <>
      {node === null ? null : <NodeIcon type={node.type} category={nodeShape(node).category} icon={nodeShape(node).icon} />}
      <span className={style.itemWords}>
        <span className={classes(style.itemTitle, change === 'removed' && style.struck)} data-truncates="" title={title}>
          {title}
        </span>
        <span className={style.itemNote}>{note}</span>
      </span>
    </>
  );
}
