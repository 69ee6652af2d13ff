import { FolderOpen, FolderPlus, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isMachine } from '../../../core/vault/person.ts';
import type { ShellState } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { MakeVault } from './make-vault.tsx';
import { Unlock } from './unlock.tsx';

/** Before anything is unlocked: which vault, and who. */
export function Start({ shell }: { readonly shell: ShellState }) {
  const { t } = useTranslation();
  const [making, setMaking] = useState(false);
  const { load, fail, lockedWhy } = useApp();
  const choose = async () => {
    const folder = await call('shell.chooseFolder');
    if (!folder) return;
    await call('vault.choose', { folder: folder.token });
    await load();
  };
  const { vault } = shell;
  if (making) return <MakeVault onBack={() => setMaking(false)} />;
  const buttons = (
    <div className="row">
      <Button icon={<FolderOpen size={18} aria-hidden />} onPress={() => void choose().catch(fail)}>
        {vault ? t('start.other') : t('start.open')}
      </Button>
      <Button look="quiet" icon={<FolderPlus size={18} aria-hidden />} onPress={() => setMaking(true)}>
        {t('start.make')}
      </Button>
    </div>
  );
  if (!vault)
    return (
      <div className="page narrow centred">
        <div className="stack">
          <h1>{t('start.welcome')}</h1>
          <p className="soft">{t('start.welcomeHint')}</p>
        </div>
        <div className="card">
          <h2>{t('start.noVault')}</h2>
          <p className="soft">{t('start.noVaultHint')}</p>
          {buttons}
        </div>
        <p className="small soft">{t('start.promise')}</p>
      </div>
    );
  if (vault.failure)
    return (
      <div className="page narrow centred">
        <h1>{t('start.cantOpen', { name: vault.name })}</h1>
        <div className="card">
          <Notice tone="bad" live>
            {say(vault.failure)}
          </Notice>
          <p className="soft">{t(`start.failure.${vault.failure.code === 'vault-missing' ? 'missing' : 'other'}`)}</p>
          <div className="row">
            <Button look="main" onPress={() => void load().catch(fail)}>
              {t('common.again')}
            </Button>
            {buttons}
          </div>
        </div>
      </div>
    );
  return (
    <div className="page narrow centred">
      <div className="stack">
        <h1>
          <KeyRound size={22} aria-hidden /> {t('start.unlock')}
        </h1>
        <p className="soft">{t('start.vaultName', { name: vault.name })}</p>
      </div>
      {lockedWhy && (
        <Notice tone={lockedWhy === 'host-gone' ? 'warn' : 'info'} live>
          {t(`start.locked.${lockedWhy}`)}
        </Notice>
      )}
      <Unlock people={vault.people.filter(({ role }) => !isMachine(role))} />
      {buttons}
    </div>
  );
}
