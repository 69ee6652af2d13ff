import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

interface Props {
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
  /** What is done by it, in so many words. */
  readonly confirm: string;
  readonly disabled?: boolean;
  /** What can't be undone looks like it. */
  readonly danger?: boolean;
}

/** The two ways out of a dialog that asks something. */
export function Answers({ onCancel, onConfirm, confirm, disabled = false, danger = false }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Button look="quiet" onPress={onCancel}>
        {t('common.cancel')}
      </Button>
      <Button look={danger ? 'danger' : 'main'} isDisabled={disabled} onPress={onConfirm}>
        {confirm}
      </Button>
    </>
  );
}
