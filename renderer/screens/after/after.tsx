import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AfterView, CaseView, Wiped } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { day } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Deliver } from './deliver.tsx';
import { Deliveries } from './deliveries.tsx';
import { WipeDossier } from '../../app/wipe-dossier.tsx';

interface Props {
  readonly id: string;
  /** Set while the approval stands. */
  readonly approval: CaseView['approval'];
  readonly onWiped: (wiped: Wiped) => void;
}

/** What is left to be done with an approved clip: hand it over, have it assessed, wipe (G4, G5). */
export function After({ id, approval, onWiped }: Props) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [view, setView] = useState<AfterView>();
  const [on, setOn] = useState('');
  const load = useCallback(() => call('after.read', { dossier: id }).then(setView, fail), [id, fail]);
  useEffect(() => void load(), [load]);
  if (!view) return null;
  const assess = () => void call('after.assess', { dossier: id, on }).then(() => load(), fail);
  return (
    <div className="stack">
      {approval && <Deliver id={id} targets={view.targets} onDelivered={() => void load()} />}
      <Deliveries deliveries={view.deliveries} targets={view.targets} onChanged={() => void load()} />
      <section className="card">
        <h2>{t('after.assessed')}</h2>
        <p className="soft">{t('after.assessedHint')}</p>
        {view.assessedOn === undefined ? (
          <div className="row">
            <TextField label={t('after.assessedOn')} kind="date" value={on} onChange={setOn} />
            <Button isDisabled={on === ''} onPress={assess}>
              {t('after.note')}
            </Button>
          </div>
        ) : (
          <p>{t('after.wasAssessed', { on: day(view.assessedOn) })}</p>
        )}
        <p className="small soft">{t('after.due', { on: day(view.due) })}</p>
      </section>
      <section className="card">
        <h2>{t('after.papers')}</h2>
        <div className="row">
          {(['dossier', 'honesty'] as const).map((kind) => (
            <Button key={kind} onPress={() => void call('papers.write', { kind, dossier: id }).catch(fail)}>
              {t(`after.paper.${kind}`)}
            </Button>
          ))}
        </div>
      </section>
      <section className="card">
        <h2>{t('after.wipe')}</h2>
        <p className="soft">{t('after.wipeHint')}</p>
        <div className="row">
          <WipeDossier id={id} onWiped={onWiped} />
        </div>
      </section>
    </div>
  );
}
