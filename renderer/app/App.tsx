/** The page's root: failures caught, the designer handed down, tooltips and toasts around the frame. */
import { Tooltip } from 'radix-ui';
import { StrictMode } from 'react';
import { Toaster } from 'sonner';
import type { Designer } from './designer.ts';
import { DesignerContext } from './designer.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Frame } from './Frame.tsx';
import toastStyle from './toast.module.css';

const TOOLTIP_DELAY_MS = 500;
const TOOLTIP_NEXT_MS = 200;
const TOAST_MS = 4000;
const TOASTS_MAX = 3;
/** Above the status bar. */
const TOAST_OFFSET = { bottom: 38, right: 16 };

const TOAST_CLASSES = {
  toast: toastStyle.toast,
  title: toastStyle.title,
  description: toastStyle.description,
  error: toastStyle.error,
  success: toastStyle.success,
  closeButton: toastStyle.close,
};

export function App({ designer }: { readonly designer: Designer }) {
  return (
    <StrictMode>
      <ErrorBoundary>
        <DesignerContext value={designer}>
          <Tooltip.Provider delayDuration={TOOLTIP_DELAY_MS} skipDelayDuration={TOOLTIP_NEXT_MS}>
            <Frame />
            <Toaster
              position="bottom-right"
              visibleToasts={TOASTS_MAX}
              duration={TOAST_MS}
              offset={TOAST_OFFSET}
              closeButton
              toastOptions={{ unstyled: true, classNames: TOAST_CLASSES }}
            />
          </Tooltip.Provider>
        </DesignerContext>
      </ErrorBoundary>
    </StrictMode>
  );
}
