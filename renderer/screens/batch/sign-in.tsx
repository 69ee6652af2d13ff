import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import type { Target } from './way.ts';

interface Props {
  readonly target: Target;
  readonly onChanged: () => void;
}

/** By what this person is known at a target. What is typed goes to the vault, sealed, and is not kept here. */
export function SignIn({ target: { id, name, platform, signedIn }, onChanged }: Props) {
  const { t } = useTranslation();
  const { fail, dismiss } = useApp();
  const [user, setUser] = useState('');
  const [secret, setSecret] = useState('');
  const [busy, setBusy] = useState(false);
  if (platform === 'by-hand') return null;
  if (signedIn)
    return (
      <div className="row">
        <p className="small soft">{t('batch.signedIn')}</p>
        <Button size="s" look="quiet" onPress={() => void call('portal.signOut', { target: id }).then(onChanged, fail)}>
          {t('batch.signOut')}
        </Button>
      </div>
    );
  const byToken = platform === 'canvas' || platform === 'brightspace';
  const signIn = async () => {
    setBusy(true);
    try {
      await call('portal.signIn', { target: id, user, secret });
      setSecret('');
      dismiss();
      onChanged();
    } catch (error) {
      fail(error);
    }
    setBusy(false);
  };
  return (
    <div className="stack">
      <h3>{t('batch.signIn', { name })}</h3>
      <p className="small soft">{t(`batch.signInHint.${platform}`)}</p>
      <div className="two">
        {!byToken && <TextField label={t('batch.user')} value={user} most={300} onChange={setUser} />}
        <TextField label={t('batch.secret')} kind="password" value={secret} most={20_000} onChange={setSecret} />
      </div>
      <div className="row">
        <Button isDisabled={busy || secret === '' || (!byToken && user === '')} onPress={() => void signIn()}>
          {t('batch.signInNow')}
        </Button>
      </div>
    </div>
  );
}
