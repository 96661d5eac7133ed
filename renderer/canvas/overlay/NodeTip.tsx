/** The whole of what a card can only show a part of: name, type, summary and problems of its nodes, or what is said of a group. */
import { useEffect, useState } from 'react';
import { useDesigner, useStore } from '../../app/designer.ts';
import { describeNode, nodeLabel, presetLabel } from '../../document/definitions.ts';
import { currentLanguage, words } from '../../strings/language.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import type { Card } from '../project.ts';
import { cardBox } from '../project.ts';
import { Anchored } from './Anchored.tsx';
import style from './overlay.module.css';

const SHOW_AFTER_MS = 700;
const GAP = 8;
const PROBLEMS_MAX = 3;

export function NodeTip() {
  const { gestures, view } = useDesigner();
  const hovered = useStore(gestures, (state) => (state.port === null && state.edge === null ? state.card : null));
  const card = useStore(view, (state) => (hovered === null ? undefined : state.projection.cardOf.get(hovered)));
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setShown(hovered), hovered === null ? 0 : SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [hovered]);
  return card === undefined || card.kind === 'pill' || card.kind === 'note' || shown !== hovered ? null : <Tip card={card} />;
}

function Tip({ card }: { readonly card: Card }) {
  const { view, checks } = useDesigner();
  const { t } = useTranslation();
  const language = currentLanguage();
  useStore(checks, (state) => state.byNode);
  return (
    <Anchored
      at={() => {
        const box = cardBox({ ...card, position: view.positionOf(card) }, view.getState().live);
        return { x: box.x + box.width / 2, y: box.y + box.height };
      }}
      side="below"
      gap={GAP}
      className={style.nodeTip}
      role="tooltip"
      data-node-tip=""
    >
      {card.kind === 'group' ? (
        <div>
          <strong>{card.group.label}</strong> <span className={style.tipType}>{t('groups.count', { count: card.members.length })}</span>
          {card.group.description === undefined ? null : <p>{card.group.description}</p>}
        </div>
      ) : null}
      {card.rows.map(({ node }) => (
        <div key={node.id}>
          <strong>{nodeLabel(node, language)}</strong>{' '}
          {words(presetLabel(node)) === nodeLabel(node, language) ? null : (
            <span className={style.tipType}>{words(presetLabel(node))}</span>
          )}
          <p>{node.disabled === true ? t('canvas.off') : describeNode(node, language)}</p>
          {checks
            .problemsOf(node.id)
            .slice(0, PROBLEMS_MAX)
            .map((problem) => (
              <p
                key={`${problem.code} ${problem.field ?? ''} ${problem.text.en}`}
                className={problem.severity === 'error' ? style.tipError : style.tipWarning}
              >
                {words(problem.text)}
              </p>
            ))}
        </div>
      ))}
    </Anchored>
  );
}
