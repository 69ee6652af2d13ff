import type { ReactNode } from 'react';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';

const ICONS = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert };

interface Props {
  readonly tone: keyof typeof ICONS;
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Spoken at once: for what the user must know now. */
  readonly live?: boolean;
}

export function Notice({ tone, title, children, actions, live = false }: Props) {
  const Icon = ICONS[tone];
  return (
    <div className={`notice ${tone}`} role={live ? 'alert' : undefined}>
      <Icon size={18} aria-hidden />
      <div className="notice-text">
        {title !== undefined && <strong>{title}</strong>}
        {children}
      </div>
      {actions !== undefined && <div className="notice-actions">{actions}</div>}
    </div>
  );
}
