import { Component, type ReactNode } from 'react';
import i18n from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

interface State {
  readonly failed: boolean;
}

/** A mistake of ours takes one screen with it, not the window. */
export class Boundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="page narrow">
        <Notice
          tone="bad"
          title={i18n.t('common.broken')}
          live
          actions={<Button onPress={() => window.location.reload()}>{i18n.t('common.reload')}</Button>}
        >
          {i18n.t('common.brokenHint')}
        </Notice>
      </div>
    );
  }
}
