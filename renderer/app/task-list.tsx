import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskLine } from '../../core/dossier/case-line.ts';
import { call } from '../client.ts';
import { day } from '../i18n/format.ts';
import { Answers } from '../ui/answers.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useApp } from './store.ts';

/** What the software can't do itself, with who sees to it and by when; nothing where there is nothing. */
export function TaskList({ onChanged }: { readonly onChanged?: () => void }) {
  const { t } = useTranslation();
  const { fail, ended } = useApp();
  const [tasks, setTasks] = useState<readonly TaskLine[]>([]);
  const [asking, setAsking] = useState<TaskLine>();
  const load = useCallback(() => call('tasks.list').then(setTasks, fail), [fail]);
  useEffect(() => void load(), [load, ended]);
  if (tasks.length === 0) return null;
  const finish = ({ task }: TaskLine) => {
    setAsking(undefined);
    void call('task.finish', { task })
      .then(() => {
        onChanged?.();
        return load();
      })
      .catch(fail);
  };
  const isCopy = asking?.kind === 'portal' || asking?.kind === 'recall';
  return (
    <section className="card">
      <div>
        <h2>{t('tasks.title')}</h2>
        <p className="soft small">{t('tasks.hint')}</p>
      </div>
      <ul>
        {tasks.map((line) => (
          <li key={line.task} className="register-row">
            <div>
              <strong className="sentence">{t(`after.task.${line.kind}`)}</strong>
              <p className="small soft">
                {t('tasks.of', { on: day(line.recordedOn), owner: line.owner ?? t('tasks.gone') })}
              </p>
            </div>
            <span className={line.overdue ? 'tag bad' : 'tag'}>
              {t(line.overdue ? 'tasks.overdue' : 'tasks.due', { on: day(line.due) })}
            </span>
            {line.mine ? (
              <Button size="s" onPress={() => setAsking(line)}>
                {t('tasks.done')}
              </Button>
            ) : (
              <span />
            )}
          </li>
        ))}
      </ul>
      {asking && (
        <Dialog
          title={t('tasks.doneTitle')}
          open
          onClose={() => setAsking(undefined)}
          actions={
            <Answers
              onCancel={() => setAsking(undefined)}
              onConfirm={() => finish(asking)}
              confirm={t('tasks.doneSure')}
            />
          }
        >
          <p className="sentence">{t(`after.task.${asking.kind}`)}.</p>
          <p className="soft">{isCopy ? t('tasks.copyHint') : t('tasks.doneHint')}</p>
        </Dialog>
      )}
    </section>
  );
}
