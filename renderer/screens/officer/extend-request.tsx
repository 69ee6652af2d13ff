import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answers } from '../../ui/answers.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';

interface Props {
  /** What was refused about it. */
  readonly problem: string | undefined;
  readonly onClose: () => void;
  readonly onDone: (reason: string) => void;
}

/** More time, once and with a reason (art. 12(3)). */
export function ExtendRequest({ problem, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={t('requests.extend')}
      open
      onClose={onClose}
      actions={
        <Answers
          onCancel={onClose}
          onConfirm={() => onDone(reason.trim())}
          confirm={t('requests.extend')}
          disabled={reason.trim() === ''}
        />
      }
    >
      <p className="soft">{t('requests.extendHint')}</p>
      <TextField
        label={t('requests.extendReason')}
        lines={3}
        value={reason}
        most={400}
        onChange={setReason}
        error={problem}
      />
    </Dialog>
  );
}
