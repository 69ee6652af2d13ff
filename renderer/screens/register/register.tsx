import { FileText, ListPlus, UserRoundPlus } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddedEntry, RegisterView } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AddEntry } from './add-entry.tsx';
import { ClassTable } from './class-table.tsx';
import { Letters } from './letters.tsx';
import { TakeList } from './take-list.tsx';

/** Objections and consents by class; who is which pupil the school keeps on paper (B1). */
export function Register() {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [view, setView] = useState<RegisterView>();
  const [dialog, setDialog] = useState<'add' | 'list' | 'letters'>();
  const [added, setAdded] = useState<AddedEntry>();
  const load = useCallback(() => call('register.read').then(setView, fail), [fail]);
  useEffect(() => void load(), [load]);
  if (!view) return null;
  const registers = view.registers.filter(({ entries }) => entries.length > 0);
  const close = () => setDialog(undefined);
  return (
    <div className="page">
      <div className="page-head">
        <div className="stack">
          <h1>{t('register.title')}</h1>
          <p>{t('register.hint')}</p>
        </div>
        <div className="row">
          <Button icon={<FileText size={16} aria-hidden />} onPress={() => setDialog('letters')}>
            {t('register.letters')}
          </Button>
          <Button icon={<ListPlus size={16} aria-hidden />} onPress={() => setDialog('list')}>
            {t('register.list')}
          </Button>
          <Button look="main" icon={<UserRoundPlus size={18} aria-hidden />} onPress={() => setDialog('add')}>
            {t('register.add')}
          </Button>
        </div>
      </div>
      {added && (
        <Notice tone={added.reopened + added.unseen > 0 ? 'warn' : 'good'} live>
          {t('register.added', { pupil: added.pupil })}{' '}
          {added.reopened > 0 && t('register.reopened', { count: added.reopened })}{' '}
          {added.unseen > 0 && t('register.unseen', { count: added.unseen })}
        </Notice>
      )}
      {registers.length === 0 ? (
        <div className="empty">
          <h2>{t('register.none')}</h2>
          <p>{t('register.noneHint')}</p>
        </div>
      ) : (
        registers.map((register) => (
          <ClassTable key={register.group} register={register} today={view.today} onChanged={() => void load()} />
        ))
      )}
      {dialog === 'add' && (
        <AddEntry
          onClose={close}
          onAdded={(outcome) => {
            setAdded(outcome);
            close();
            void load();
          }}
        />
      )}
      {dialog === 'list' && <TakeList onClose={close} onTaken={() => void load()} />}
      {dialog === 'letters' && <Letters onClose={close} />}
    </div>
  );
}
