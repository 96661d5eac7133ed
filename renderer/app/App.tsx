/** The page's root: failures caught, the designer handed down, tooltips and toasts around the frame. */
import { Tooltip } from 'radix-ui';
import type { CSSProperties } from 'react';
import { StrictMode } from 'react';
import { Toaster } from 'sonner';
import { useTranslation } from '../strings/use-translation.ts';
import type { Designer } from './designer.ts';
import { DesignerContext } from './designer.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Frame } from './Frame.tsx';

const TOOLTIP_DELAY_MS = 500;
const TOOLTIP_NEXT_MS = 200;
const TOASTS_MAX = 3;
/** Above the status bar. */
const TOAST_OFFSET = { bottom: 38, right: 16 };
const TOAST_WIDTH = { '--width': '408px' } as CSSProperties;

export function App({ designer }: { readonly designer: Designer }) {
  const { t } = useTranslation();
  return (
    <StrictMode>
      <ErrorBoundary>
        <DesignerContext value={designer}>
          <Tooltip.Provider delayDuration={TOOLTIP_DELAY_MS} skipDelayDuration={TOOLTIP_NEXT_MS}>
            <Frame />
            <Toaster
              position="bottom-right"
              expand
              gap={10}
              visibleToasts={TOASTS_MAX}
              offset={TOAST_OFFSET}
              containerAriaLabel={t('toast.label')}
              style={TOAST_WIDTH}
              toastOptions={{ unstyled: true }}
            />
          </Tooltip.Provider>
        </DesignerContext>
      </ErrorBoundary>
    </StrictMode>
  );
}
