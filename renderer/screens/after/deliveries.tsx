import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Portal } from '../../../core/profile/profile.ts';
import type { DeliveryLine } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { day } from '../../i18n/format.ts';
import { Answers } from '../../ui/answers.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField, Tick } from '../../ui/fields.tsx';

interface Props {
  readonly deliveries: readonly DeliveryLine[];
  readonly targets: readonly Portal[];
  readonly onChanged: () => void;
}

/** Where the clip went, with the portal's receipt, and how it is brought back (R2). */
export function Deliveries({ deliveries, targets, onChanged }: Props) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [asking, setAsking] = useState<{ readonly line: DeliveryLine; readonly what: 'receipt' | 'back' }>();
  const [number, setNumber] = useState('');
  const [attest, setAttest] = useState(false);
  if (deliveries.length === 0) return null;
  const close = () => {
    setAsking(undefined);
    setNumber('');
    setAttest(false);
  };
  const settle = () => {
    close();
    onChanged();
  };
  const nameOf = (id: string) => targets.find((each) => each.id === id)?.name ?? id;
  const confirm = () => {
    if (!asking) return;
    const { delivery } = asking.line;
    const asked =
      asking.what === 'receipt'
        ? call('after.receipt', { delivery, number: number.trim() })
        : call('after.takeBack', { delivery, attest });
    asked.then(settle, (error: unknown) => {
      close();
      fail(error);
    });
  };
  return (
    <section className="card">
      <h2>{t('after.deliveries')}</h2>
      <ul className="stack">
        {deliveries.map((line) => (
          <li key={line.delivery} className="register-row">
            <div>
              <strong>{nameOf(line.target)}</strong>
              <p className="small soft">
                {day(line.begunAt.slice(0, 10))}
                {line.receipt !== undefined && ` · ${t('after.receiptIs', { number: line.receipt })}`}
              </p>
            </div>
            <span className="tag">
              {line.takenBack ? t(`after.takenBack.${line.takenBack}`) : t(`after.states.${line.state}`)}
            </span>
            <div className="row end">
              {!line.takenBack && line.state === 'done' && line.receipt === undefined && (
                <Button size="s" onPress={() => setAsking({ line, what: 'receipt' })}>
                  {t('after.receipt')}
                </Button>
              )}
              {!line.takenBack && (
                <Button size="s" look="quiet" onPress={() => setAsking({ line, what: 'back' })}>
                  {t('after.takeBack')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {asking && (
        <Dialog
          title={t(asking.what === 'receipt' ? 'after.receipt' : 'after.takeBack')}
          open
          onClose={close}
          actions={
            <Answers
              onCancel={close}
              onConfirm={confirm}
              confirm={t(asking.what === 'receipt' ? 'after.note' : 'after.takeBackNow')}
              disabled={asking.what === 'receipt' && number.trim() === ''}
            />
          }
        >
          {asking.what === 'receipt' ? (
            <TextField
              label={t('after.receiptNumber')}
              hint={t('after.receiptHint')}
              value={number}
              onChange={setNumber}
              most={40}
            />
          ) : (
            <>
              <p>{t('after.takeBackHint')}</p>
              <Tick label={t('after.attest')} value={attest} onChange={setAttest} />
            </>
          )}
        </Dialog>
      )}
    </section>
  );
}
