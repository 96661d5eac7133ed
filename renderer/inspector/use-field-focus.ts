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
    if (request === null || request.nodeId !== nodeId) return undefined;
    // The field is in the form, whatever was looked at before; the form may have to be drawn first.
    inspectorView.setState({ tab: 'settings', code: false });
    const frame = requestAnimationFrame(() => {
      const control = body.current === null ? null : controlAt(body.current, request.name);
      control?.scrollIntoView({ block: 'nearest' });
      control?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [request, nodeId]);
  return body;
}

/** The control at a place of the config, else at the nearest place around it. */
function controlAt(body: HTMLElement, path: string): HTMLElement | null {
  for (let place = path; place !== ''; place = outside(place)) {
    const control = body.querySelector(`[data-path="${CSS.escape(place)}"]`)?.querySelector<HTMLElement>(FOCUSABLE);
    if (control !== null && control !== undefined) return control;
  }
  return null;
}

function outside(path: string): string {
  const shorter = path.replace(/(\.[^.[\]]*|\[\d+\])$/, '');
  return shorter === path ? '' : shorter;
}

export function focusFirstField(): void {
  document.querySelector<HTMLElement>(`[data-inspector] [data-form] :is(${FOCUSABLE})`)?.focus();
}
