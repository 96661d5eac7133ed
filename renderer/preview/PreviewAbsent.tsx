/** Why a side has no rows: what is the case, and what to do now. */
import { CircleOff, CircleX, Clock, Hourglass, Radio, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PreviewState } from '../../engine/host/contract.ts';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { useDesigner } from '../app/designer.ts';
import { nodeLabel } from '../document/definitions.ts';
import { showProblem } from '../problems/navigate.ts';
import { currentLanguage, words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import type { NodePreview } from './node-preview.ts';
import style from './preview.module.css';
import { Failure } from './RecordDetail.tsx';

const ICON = { size: 20, strokeWidth: 1.75 };

const ICONS: { readonly [S in PreviewState]: ReactNode } = {
  complete: null,
  sink: null,
  live: <Radio {...ICON} />,
  waiting: <Hourglass {...ICON} />,
  invalid: <TriangleAlert {...ICON} />,
  failed: <CircleX {...ICON} />,
  off: <CircleOff {...ICON} />,
  late: <Clock {...ICON} />,
};

interface PreviewAbsentProps {
  readonly node: NodeSpec;
  readonly preview: NodePreview;
  readonly side: 'in' | 'out';
}

export function PreviewAbsent({ node, preview, side }: PreviewAbsentProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const { document } = designer.documents.getState();
  const { state, because, error } = preview;
  const cause = document.nodes.find((candidate) => candidate.id === because);
  if (side === 'out' && error !== null && state !== 'invalid') {
    return (
      <div className={style.absent}>
        <Failure error={error} />
      </div>
    );
  }
  if (cause !== undefined) {
    const goThere = () => {
      designer.selection.select([cause.id]);
      designer.canvas?.reveal(cause.id);
    };
    return (
      <Empty
        icon={ICONS.waiting}
        title={t('preview.waiting')}
        text={t('preview.waitingFor', { node: nodeLabel(cause, currentLanguage()) })}
      >
        <Button small onClick={goThere}>
          {t('preview.goTo', { node: nodeLabel(cause, currentLanguage()) })}
        </Button>
      </Empty>
    );
  }
  if (side === 'in')
    return <Empty title={t('preview.nothingIn')} text={t(state === 'waiting' ? 'preview.notConnected' : 'preview.nothingInText')} />;
  const problem = designer.checks.problemsOf(node.id).find(({ severity }) => severity === 'error');
  if (state === 'invalid' && problem !== undefined) {
    return (
      <Empty icon={ICONS.invalid} title={t('preview.invalid')} text={words(problem.text)}>
        <Button small onClick={() => showProblem(designer, problem)}>
          {t('preview.openProblem')}
        </Button>
      </Empty>
    );
  }
  return <Empty icon={ICONS[state]} title={t(`preview.${state}`)} text={t(`preview.${state}Text`)} />;
}
