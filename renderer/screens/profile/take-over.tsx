import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferedView, ProfileView } from '../../../core/profile/view.ts';
import type { Found } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { call, errorOf } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { day } from '../../i18n/format.ts';
import { Answers } from '../../ui/answers.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';

interface Props {
  readonly onClose: () => void;
  readonly onSigned: (view: ProfileView) => void;
}

/** A profile from elsewhere, whose sender says by another way that it is theirs (V4). */
export function TakeOver({ onClose, onSigned }: Props) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [offered, setOffered] = useState<Found & OfferedView>();
  const [fingerprint, setFingerprint] = useState('');
  const [problem, setProblem] = useState<string>();
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    call('profile.choose').then(
      (found) => (found ? setOffered(found) : onClose()),
      (error: unknown) => {
        fail(error);
        onClose();
      },
    );
  }, [fail, onClose]);
  if (!offered) return null;
  const take = () =>
    void call('profile.import', { file: offered.token, fingerprint }).then(onSigned, (error: unknown) =>
      setProblem(say(errorOf(error))),
    );
  return (
    <Dialog
      title={offered.profile.school || offered.name}
      open
      onClose={onClose}
      actions={
        <Answers
          onCancel={onClose}
          onConfirm={take}
          confirm={t('profile.importNow')}
          disabled={fingerprint.trim() === ''}
        />
      }
    >
      <p>{t('profile.importHint', { on: day(offered.at.slice(0, 10)) })}</p>
      <TextField
        label={t('profile.importFingerprint')}
        value={fingerprint}
        onChange={setFingerprint}
        most={80}
        error={problem}
      />
    </Dialog>
  );
}
