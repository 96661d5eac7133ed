/** What a screen reader says of a node: name, type, state, problems, connections, then its settings in short. */
import i18next from 'i18next';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { NodeSpec } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { edgeCounts } from '../document/connected-ports.ts';
import type { NodeShape } from '../document/definitions.ts';
import { describeNode, nodeLabel, presetLabel } from '../document/definitions.ts';
import { isLive } from '../runs/run-store.ts';
import { currentLanguage, words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';

/** `off` is the words for it when the node is switched off. */
export function useNodeName(node: NodeSpec, shape: NodeShape, off: string | null): string {
  const designer = useDesigner();
  const { t } = useTranslation();
  const language = currentLanguage();
  const problems = useStore(designer.checks, () => designer.checks.problemsOf(node.id).length);
  const stale = useStore(designer.stale, (state) => state.nodes.has(node.id));
  // Numbers are asked for with every edit, by every card; words only when a number changed.
  const inputs = useStore(designer.documents, ({ document }) => edgeCounts(document).get(node.id)?.inputs ?? 0);
  const outputs = useStore(designer.documents, ({ document }) => edgeCounts(document).get(node.id)?.outputs ?? 0);
  const running = useStore(designer.runs, (state) => (isLive(state.current) && off === null ? (state.current?.phase ?? null) : null));
  const bottleneck = useBottleneck(designer, node.id);
  return useMemo(() => {
    const parts = [
      t('canvas.node', { label: nodeLabel(node, language), type: words(presetLabel(node)) }),
      off,
      running === null ? '' : t(`run.phase.${running}`).toLowerCase(),
      bottleneck && running !== null ? t('run.bottleneck') : '',
      problems > 0 ? t('canvas.problemCount', { count: problems }) : '',
      stale ? t('stale.badge') : '',
      countWords(shape.inputs.length === 0 ? null : inputs, shape.outputs.length === 0 ? null : outputs),
      off === null ? describeNode(node, language) : '',
    ];
    return parts.filter(Boolean).join(t('canvas.between'));
  }, [t, language, node, shape, off, running, bottleneck, problems, stale, inputs, outputs]);
}

/** "1 input, 2 outputs"; null is a side without ports: sources have no input and sinks no output to speak of. */
export function countWords(inputs: number | null, outputs: number | null): string {
  const parts = [
    inputs === null ? '' : i18next.t('canvas.inputs', { count: inputs }),
    outputs === null ? '' : i18next.t('canvas.outputs', { count: outputs }),
  ];
  return parts.filter(Boolean).join(i18next.t('canvas.between'));
}

function useBottleneck({ live }: Designer, nodeId: string): boolean {
  const subscribe = useCallback((listener: () => void) => live.subscribeNode(nodeId, listener), [live, nodeId]);
  return useSyncExternalStore(subscribe, () => live.node(nodeId)?.bottleneck === true);
}
