import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { Answers } from '../../ui/answers.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface Props {
  readonly id: string;
  readonly held: boolean;
  readonly onChanged: () => void;
}

/** The privacy officer keeps a recording from being wiped or used, or lets go of it (R5, AVG art. 18). */
export function Hold({ id, held, onChanged }: Props) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [asking, setAsking] = useState(false);
  const change = () => {
    setAsking(false);
    void call('case.hold', { dossier: id, hold: !held }).then(onChanged, fail);
  };
  return (
    <>
      <Button size="s" onPress={() => setAsking(true)}>
        {t(held ? 'hold.lift' : 'hold.set')}
      </Button>
      {asking && (
        <Dialog
          title={t(held ? 'hold.liftTitle' : 'hold.setTitle')}
          open
          onClose={() => setAsking(false)}
          actions={<Answers onCancel={() => setAsking(false)} onConfirm={change} confirm={t('hold.sure')} />}
        >
          <p>{t(held ? 'hold.liftHint' : 'hold.setHint')}</p>
        </Dialog>
      )}
    </>
  );
}
