import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Found, MadeVault } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { call, errorOf } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { Button } from '../../ui/button.tsx';
import { TextField, Tick } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';

/** A school's first step: a folder, and the person who looks after it. */
export function MakeVault({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation();
  const [folder, setFolder] = useState<Found>();
  const [name, setName] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [local, setLocal] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<MadeVault>();
  if (made) return <Made made={made} />;
  const differs = again !== '' && again !== passphrase;
  const ready = folder && name.trim() !== '' && passphrase !== '' && again === passphrase;
  const make = async () => {
    if (!folder) return;
    setBusy(true);
    setProblem(undefined);
    try {
      setMade(await call('vault.make', { folder: folder.token, name: name.trim(), passphrase, allowLocal: local }));
    } catch (error) {
      setProblem(say(errorOf(error)));
    }
    setBusy(false);
  };
  return (
    <div className="page narrow">
      <div className="stack">
        <h1>{t('make.title')}</h1>
        <p className="soft">{t('make.hint')}</p>
      </div>
      <form
        className="card"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <div className="stack">
          <h3>{t('make.folder')}</h3>
          <p className="soft small">{t('make.folderHint')}</p>
          <div className="row">
            <Button onPress={() => void call('shell.chooseFolder').then((found) => found && setFolder(found))}>
              {t('make.choose')}
            </Button>
            <span>{folder?.name ?? t('make.none')}</span>
          </div>
        </div>
        <Tick label={t('make.local')} hint={t('make.localHint')} value={local} onChange={setLocal} />
        <TextField label={t('make.name')} value={name} onChange={setName} most={80} />
        <TextField
          label={t('make.passphrase')}
          hint={t('make.passphraseHint')}
          kind="password"
          value={passphrase}
          onChange={setPassphrase}
        />
        <TextField
          label={t('make.again')}
          kind="password"
          value={again}
          onChange={setAgain}
          error={differs ? t('make.differs') : undefined}
        />
        {problem !== undefined && (
          <Notice tone="bad" live>
            {problem}
          </Notice>
        )}
        <div className="row">
          <Button look="main" type="submit" isDisabled={!ready || busy}>
            {busy ? t('make.busy') : t('make.now')}
          </Button>
          <Button look="quiet" onPress={onBack}>
            {t('common.back')}
          </Button>
        </div>
      </form>
    </div>
  );
}

function Made({ made }: { readonly made: MadeVault }) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(false);
  const { load, fail } = useApp();
  const { fileSystem, medium, overwriteReliable } = made.storage;
  return (
    <div className="page narrow">
      <h1>{t('make.done')}</h1>
      <div className="card">
        <h2>{t('recovery.title')}</h2>
        <p className="soft">{t('recovery.hint')}</p>
        <output className="code">{made.recoveryCode}</output>
        <Tick label={t('recovery.kept')} value={kept} onChange={setKept} />
        <Notice tone={overwriteReliable === 'no' ? 'warn' : 'info'} title={t('make.storage', { fileSystem, medium })}>
          {overwriteReliable === 'no' ? t('make.storageUnsure') : t('make.storageFine')}
        </Notice>
        <div className="row">
          <Button look="main" isDisabled={!kept} onPress={() => void load().catch(fail)}>
            {t('make.toPeople')}
          </Button>
        </div>
      </div>
    </div>
  );
}
