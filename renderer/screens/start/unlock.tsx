import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { call, errorOf } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, TextField } from '../../ui/fields.tsx';

/** Seconds to wait after so many wrong passphrases: guessing by hand must not pay. */
const waitAfter = (wrong: number) => Math.min(30, 2 ** (wrong - 1));

export function Unlock({ people }: { readonly people: readonly Person[] }) {
  const { t } = useTranslation();
  const unlocked = useApp((state) => state.unlocked);
  const [who, setWho] = useState(people.length === 1 ? people[0]?.id : undefined);
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(0);
  const unlock = async () => {
    if (who === undefined || busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await unlocked(await call('vault.unlock', { person: who, passphrase }));
    } catch (error) {
      setPassphrase('');
      setProblem(say(errorOf(error)));
      setWrong(wrong + 1);
      await new Promise((resolve) => setTimeout(resolve, waitAfter(wrong + 1) * 1000));
      setBusy(false);
    }
  };
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        void unlock();
      }}
    >
      <Choice
        label={t('start.who')}
        value={who}
        options={people.map(({ id, name, role }) => ({ value: id, label: name, hint: t(`roles.${role}`) }))}
        onChange={setWho}
      />
      <TextField
        label={t('start.passphrase')}
        kind="password"
        value={passphrase}
        onChange={setPassphrase}
        error={problem}
      />
      <div className="row">
        <Button look="main" type="submit" isDisabled={busy || who === undefined || passphrase === ''}>
          {busy ? t('start.unlocking') : t('start.unlockNow')}
        </Button>
      </div>
    </form>
  );
}
