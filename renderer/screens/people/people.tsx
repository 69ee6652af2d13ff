import { UserPlus } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StaffRole } from '../../../core/vault/person.ts';
import type { MadePerson, Person } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { TaskList } from '../../app/task-list.tsx';
import { call, errorOf } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { Answers } from '../../ui/answers.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice, TextField, Tick } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Where the administrator gives colleagues a place in the vault. */
export function People() {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [adding, setAdding] = useState(false);
  const load = useCallback(() => call('vault.people').then(setPeople).catch(fail), [fail]);
  useEffect(() => void load(), [load]);
  return (
    <div className="page">
      <div className="page-head">
        <div className="stack">
          <h1>{t('people.title')}</h1>
          <p>{t('people.hint')}</p>
        </div>
        <Button look="main" icon={<UserPlus size={18} aria-hidden />} onPress={() => setAdding(true)}>
          {t('people.add')}
        </Button>
      </div>
      <ul className="stack">
        {people.map(({ id, name, role }) => (
          <li key={id} className="card">
            <div className="row">
              <strong>{name}</strong>
              <span className="tag">{t(`roles.${role}`)}</span>
            </div>
            <p className="small soft">{t(`people.may.${role}`)}</p>
          </li>
        ))}
      </ul>
      {people.length === 1 && <Notice tone="info">{t('people.onlyYou')}</Notice>}
      <TaskList />
      <AddPerson open={adding} onClose={() => setAdding(false)} onAdded={() => void load()} />
    </div>
  );
}

interface AddProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

function AddPerson({ open, onClose, onAdded }: AddProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [role, setRole] = useState<StaffRole>('trainee');
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<string>();
  const [made, setMade] = useState<MadePerson>();
  const [kept, setKept] = useState(false);
  const close = () => {
    setName('');
    setPassphrase('');
    setProblem(undefined);
    setMade(undefined);
    setKept(false);
    onClose();
  };
  const add = async () => {
    try {
      setMade(await call('vault.addPerson', { name: name.trim(), role, passphrase }));
      onAdded();
    } catch (error) {
      setProblem(say(errorOf(error)));
    }
  };
  if (made)
    return (
      <Dialog
        title={t('people.added', { name: made.person.name })}
        open={open}
        onClose={close}
        actions={
          <Button look="main" isDisabled={!kept} onPress={close}>
            {t('common.ready')}
          </Button>
        }
      >
        <p>{t('recovery.hintOther', { name: made.person.name })}</p>
        <output className="code">{made.recoveryCode}</output>
        <Tick label={t('recovery.given')} value={kept} onChange={setKept} />
      </Dialog>
    );
  return (
    <Dialog
      title={t('people.add')}
      open={open}
      onClose={close}
      actions={
        <Answers
          onCancel={close}
          onConfirm={() => void add()}
          confirm={t('people.addNow')}
          disabled={name.trim() === '' || passphrase === ''}
        />
      }
    >
      <TextField label={t('people.name')} value={name} onChange={setName} most={80} />
      <Choice
        label={t('people.role')}
        value={role}
        options={StaffRole.options.map((value) => ({
          value,
          label: t(`roles.${value}`),
          hint: t(`people.may.${value}`),
        }))}
        onChange={setRole}
      />
      <TextField
        label={t('people.passphrase')}
        hint={t('people.passphraseHint')}
        kind="password"
        value={passphrase}
        onChange={setPassphrase}
        error={problem}
      />
    </Dialog>
  );
}
