import { useEffect, useRef, type ReactNode } from 'react';
import { Dialog as Base, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface Props {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** Long enough for a dialog that lay over this one to give the focus back by itself. */
const SETTLED_MS = 100;

export function Dialog({ title, open, onClose, wide = false, children, actions }: Props) {
  const dialog = useRef<HTMLElement>(null);
  // Where a step takes away the very button that began it, nobody has the focus, and Escape would do nothing.
  useEffect(() => {
    const timer = setTimeout(() => {
      const { current } = dialog;
      if (document.activeElement === document.body && current?.closest('[inert]') === null) current.focus();
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  });
  return (
    <ModalOverlay className="veil" isOpen={open} onOpenChange={(now) => !now && onClose()} isDismissable>
      <Modal className={wide ? 'modal wide' : 'modal'}>
        <Base className="dialog" ref={dialog}>
          <Heading slot="title" className="dialog-title">
            {title}
          </Heading>
          <div className="dialog-body">{children}</div>
          {actions !== undefined && <div className="dialog-actions">{actions}</div>}
        </Base>
      </Modal>
    </ModalOverlay>
  );
}
