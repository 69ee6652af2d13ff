import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Portal } from '../../../core/profile/profile.ts';
import type { Delivered } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, Tick } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';

interface Props {
  readonly id: string;
  readonly targets: readonly Portal[];
  readonly onDelivered: () => void;
}

/** Takes the approved clip out of the vault for one of the school's targets; nobody types another one (S4). */
export function Deliver({ id, targets, onDelivered }: Props) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [target, setTarget] = useState(targets.length === 1 ? targets[0]?.id : undefined);
  const [pageRead, setPageRead] = useState(false);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<Delivered>();
  const chosen = targets.find((each) => each.id === target);
  const deliver = async () => {
    if (target === undefined) return;
    setBusy(true);
    try {
      const delivered = await call('after.deliver', { dossier: id, target, pageRead });
      if (delivered) {
        setDone(delivered);
        onDelivered();
      }
    } catch (error) {
      fail(error);
    }
    setBusy(false);
  };
  return (
    <section className="card">
      <h2>{t('after.deliver')}</h2>
      {targets.length === 0 ? (
        <Notice tone="info">{t('after.noTargets')}</Notice>
      ) : (
        <>
          <p className="soft">{t('after.deliverHint')}</p>
          <Choice
            label={t('after.target')}
            value={target}
            options={targets.map(({ id: value, name, host }) => ({ value, label: name, hint: host }))}
            onChange={(value) => {
              setTarget(value);
              setPageRead(false);
            }}
          />
          {chosen && (
            <Tick
              label={t('after.pageRead', { name: chosen.name })}
              hint={chosen.rulesPage === '' ? t('after.pageUnknown') : chosen.rulesPage}
              value={pageRead}
              onChange={setPageRead}
            />
          )}
          <div className="row">
            <Button look="main" isDisabled={busy || !chosen || !pageRead} onPress={() => void deliver()}>
              {busy ? t('after.delivering') : t('after.deliverNow')}
            </Button>
          </div>
          {done && (
            <Notice tone="good" live title={t('after.delivered', { folder: done.folder })}>
              {t('after.deliveredHint', { name: done.name, host: chosen?.host ?? '' })}
            </Notice>
          )}
        </>
      )}
    </section>
  );
}
