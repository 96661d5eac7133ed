/** Catches a failure of the page itself and says so instead of showing nothing. */
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { Component } from 'react';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';

interface ErrorBoundaryState {
  readonly failure: Error | null;
}

export class ErrorBoundary extends Component<{ readonly children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failure: null };

  static getDerivedStateFromError(failure: Error): ErrorBoundaryState {
    return { failure };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <div role="alert" style={{ height: '100%' }}>
        <Empty title={i18next.t('error.title')} text={failure.message}>
          <Button look="primary" onClick={() => window.location.reload()}>
            {i18next.t('error.reload')}
          </Button>
        </Empty>
      </div>
    );
  }
}
