import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Found, ListOutcome } from '../../../electron/ipc/views.ts';
import { ROWS_EN, ROWS_NL } from '../../../words/register-errors.ts';
import { call, errorOf } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';

interface Props {
  readonly onClose: () => void;
  readonly onTaken: () => void;
}

/** A list of preferences: first what it would do, then all of it or nothing (I6, I7). */
export function TakeList({ onClose, onTaken }: Props) {
  const { t, i18n } = useTranslation();
  const [list, setList] = useState<Found>();
  const [group, setGroup] = useState('');
  const [would, setWould] = useState<ListOutcome>();
  const [did, setDid] = useState<ListOutcome>();
  const [problem, setProblem] = useState<string>();
  const words = i18n.language === 'en' ? ROWS_EN : ROWS_NL;
  const failed = (error: unknown) => setProblem(say(errorOf(error)));
  const run = (file: Found, dryRun: boolean) => {
    setProblem(undefined);
    const wish = { list: file.token, band: '<16' as const, dryRun, ...(group.trim() ? { group: group.trim() } : {}) };
    void call('register.import', wish).then((outcome) => {
      if (dryRun) return setWould(outcome);
      setDid(outcome);
      return onTaken();
    }, failed);
  };
  const choose = () =>
    void call('register.chooseList').then((file) => {
      if (!file) return;
      setList(file);
      run(file, true);
    }, failed);
  const shown = did ?? would;
  const bad = would !== undefined && would.rows.length > 0;
  return (
    <Dialog
      title={t('register.listTitle')}
      open
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {did ? t('common.close') : t('common.cancel')}
          </Button>
          {!did && (
            <Button look="main" isDisabled={!list || !would || bad} onPress={() => list && run(list, false)}>
              {t('register.listNow')}
            </Button>
          )}
        </>
      }
    >
      <p>{t('register.listHint')}</p>
      <TextField label={t('register.listGroup')} value={group} onChange={setGroup} most={40} />
      <div className="row">
        <Button onPress={choose}>{t('import.choose')}</Button>
        {list && <span className="soft">{list.name}</span>}
      </div>
      {problem !== undefined && <p className="react-aria-FieldError">{problem}</p>}
      {bad && (
        <Notice tone="bad" title={t('register.listRows')}>
          <ul>
            {would.rows.map(({ line, problem: why }) => (
              <li key={`${line} ${why}`}>{t('register.listRow', { line, problem: words[why] })}</li>
            ))}
          </ul>
        </Notice>
      )}
      {shown && !bad && (
        <Notice tone={did ? 'good' : 'info'}>
          {t(did ? 'register.listDid' : 'register.listWould', { ...shown, dropped: shown.droppedColumns })}
          <ul>
            {shown.renamed.map(({ line, pupil }) => (
              <li key={line}>{t('register.listRenamed', { line, pupil })}</li>
            ))}
          </ul>
        </Notice>
      )}
    </Dialog>
  );
}
