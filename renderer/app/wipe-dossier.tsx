import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Wiped } from '../../electron/ipc/views.ts';
import { useApp } from './store.ts';
import { call } from '../client.ts';
import { Answers } from '../ui/answers.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

interface Props {
  readonly id: string;
  readonly onWiped: (wiped: Wiped) => void;
  /** In a row of a list. */
  readonly small?: boolean;
}

/** Ends a recording and all that was made of it, at someone's word (R1); what goes is said before it goes. */
export function WipeDossier({ id, onWiped, small = false }: Props) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const wipe = () => {
    setBusy(true);
    call('after.wipe', { dossier: id }).then(onWiped, (error: unknown) => {
      setBusy(false);
      setAsking(false);
      fail(error);
    });
  };
  return (
    <>
      {small ? (
        <Button
          look="quiet"
          size="s"
          aria-label={t('after.wipeNow')}
          icon={<Trash2 size={16} aria-hidden />}
          onPress={() => setAsking(true)}
        />
      ) : (
        <Button look="danger" onPress={() => setAsking(true)}>
          {t('after.wipeNow')}
        </Button>
      )}
      <Dialog
        title={t('after.wipeTitle')}
        open={asking}
        onClose={() => setAsking(false)}
        actions={
          <Answers
            onCancel={() => setAsking(false)}
            onConfirm={wipe}
            confirm={busy ? t('after.wiping') : t('after.wipeSure')}
            disabled={busy}
            danger
          />
        }
      >
        <p>{t('after.wipeAll')}</p>
      </Dialog>
    </>
  );
}
