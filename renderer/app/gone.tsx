import { useTranslation } from 'react-i18next';
import type { Wiped } from '../../electron/ipc/views.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

interface Props {
  readonly wiped: Wiped;
  readonly onClose: () => void;
}

/** What became of a recording that was wiped, and what is left to people. */
export function Gone({ wiped: { complete, tasks }, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Notice
      tone={complete ? 'good' : 'warn'}
      title={t(complete ? 'after.gone' : 'after.partlyGone')}
      live
      actions={<Button onPress={onClose}>{t('bar.back')}</Button>}
    >
      <p>{t('after.goneHint')}</p>
      {tasks.length > 0 && (
        <>
          <p>{t('after.tasks')}</p>
          <ul className="promises">
            {tasks.map((kind, index) => (
              <li key={`${kind} ${index}`}>{t(`after.task.${kind}`)}</li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}
