/** Puts the focus into a field that a problem or a key asked for, once its form is on the page. */

import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { inspectorView } from './inspector-view.ts';

const FOCUSABLE = 'input, textarea, button, [tabindex="0"]';

export function useFieldFocus(nodeId: string | null): RefObject<HTMLDivElement | null> {
  const { selection } = useDesigner();
  const body = useRef<HTMLDivElement>(null);
  const request = useStore(selection, (state) => state.field);
  useEffect(() => {
    if (request === null || request.nodeId !== nodeId) return;
    // The field is in the form, whatever was looked at before.
    inspectorView.setState({ tab: 'settings', code: false });
    const field = body.current?.querySelector(`[data-field="${CSS.escape(request.name)}"]`);
    const control = field?.querySelector<HTMLElement>(FOCUSABLE) ?? null;
    field?.scrollIntoView({ block: 'nearest' });
    control?.focus();
  }, [request, nodeId]);
  return body;
}

export function focusFirstField(): void {
  document.querySelector<HTMLElement>(`[data-inspector] [data-form] :is(${FOCUSABLE})`)?.focus();
}
