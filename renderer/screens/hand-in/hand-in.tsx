import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../electron/ipc/views.ts';
import { HAND_IN_EN, HAND_IN_NL } from '../../../words/desk-errors.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';

interface Props {
  readonly view: CaseView;
  readonly onChanged: () => void;
}

/** Gives the clip that passed to a schoolopleider. */
export function HandIn({ view, onChanged }: Props) {
  const { t, i18n } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [to, setTo] = useState(view.trainers.length === 1 ? view.trainers[0]?.id : undefined);
  const { handInRefusals: reasons, trainers, state } = view;
  const words = i18n.language === 'en' ? HAND_IN_EN : HAND_IN_NL;
  const trainer = trainers.find(({ id }) => id === state.handedIn?.to);
  if (state.handedIn)
    return (
      <div className="page narrow">
        <h1>{t('handIn.done')}</h1>
        <Notice tone="good">{t('handIn.doneHint', { name: trainer?.name ?? '' })}</Notice>
        <p className="soft small">{t('handIn.changes')}</p>
      </div>
    );
  const hand = async () => {
    if (to === undefined) return;
    await call('case.handIn', { to });
    onChanged();
  };
  return (
    <div className="page narrow">
      <div className="stack">
        <h1>{t('handIn.title')}</h1>
        <p className="soft">{t('handIn.hint')}</p>
      </div>
      {reasons.length > 0 && (
        <Notice tone="warn" title={t('handIn.notYet')}>
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{words[reason]}</li>
            ))}
          </ul>
        </Notice>
      )}
      {trainers.length === 0 ? (
        <Notice tone="warn">{t('handIn.noTrainer')}</Notice>
      ) : (
        <div className="card">
          <Choice
            label={t('handIn.to')}
            value={to}
            options={trainers.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setTo}
          />
          <div className="row">
            <Button
              look="main"
              isDisabled={reasons.length > 0 || to === undefined}
              onPress={() => void hand().catch(fail)}
            >
              {t('handIn.now')}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
