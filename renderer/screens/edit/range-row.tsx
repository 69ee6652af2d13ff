import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { framesPerSecond, useEdit } from './store.ts';

interface Props {
  /** In seconds of the recording: where a click leads. */
  readonly from: number;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

/** A stretch that somebody made, to go to and to take away. */
export function RangeRow({ from, onRemove, children }: Props) {
  const { t } = useTranslation();
  const rate = useEdit(framesPerSecond);
  return (
    <li className="area">
      <button type="button" className="link numbers" onClick={() => useEdit.getState().seek(from * rate)}>
        {children}
      </button>
      <Button
        size="s"
        look="quiet"
        aria-label={t('areas.remove')}
        icon={<Trash2 size={16} aria-hidden />}
        onPress={onRemove}
      />
    </li>
  );
}
