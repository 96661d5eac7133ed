/** What the engine would make of the open pipeline: asked again shortly after each edit, while somebody looks. */
import { useEffect, useState } from 'react';
import type { PlanView } from '../../engine/host/contract.ts';
import { saveDocument } from '../../engine/spec/save-document.ts';
import { useDesigner, useStore } from '../app/designer.ts';

const DEBOUNCE_MS = 250;

/** `none`: the pipeline has errors, so nothing would run. */
export type ShownPlan = { readonly kind: 'asking' | 'none' | 'lost' } | { readonly kind: 'plan'; readonly plan: PlanView };

export function usePlan(): ShownPlan {
  const { documents, host } = useDesigner();
  const document = useStore(documents, (state) => state.document);
  const [shown, setShown] = useState<ShownPlan>({ kind: 'asking' });
  useEffect(() => {
    let overtaken = false;
    const show = (next: ShownPlan): void => {
      if (!overtaken) setShown(next);
    };
    const timer = setTimeout(() => {
      host
        .call('pipeline.plan', { text: saveDocument(document, documents.getState().opened) })
        .then(({ plan }) => show(plan === null ? { kind: 'none' } : { kind: 'plan', plan }))
        .catch(() => show({ kind: 'lost' }));
    }, DEBOUNCE_MS);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  }, [document, documents, host]);
  return shown;
}
