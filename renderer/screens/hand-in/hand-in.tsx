import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toNumber } from '../../../core/media/frame-rate.ts';
import { sourceFrameOf } from '../../../core/plan/plan.ts';
import type { CaseView } from '../../../electron/ipc/views.ts';
import { HAND_IN_EN, HAND_IN_NL } from '../../../words/desk-errors.ts';
import { planOf } from '../../app/plan.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { day } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Comments } from '../../ui/comments.tsx';

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
  if (view.approval)
    return (
      <div className="page narrow">
        <h1>{t('handIn.approved')}</h1>
        <Notice tone="good">
          {t('handIn.approvedBy', { name: view.approval.by, on: day(view.approval.at.slice(0, 10)) })}
        </Notice>
        <p className="soft small">{t('handIn.changes')}</p>
      </div>
    );
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
      <Judged view={view} />
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

/** What a schoolopleider wants put right, with the moments it is about. */
function Judged({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation();
  const go = useApp((state) => state.go);
  const { verdict, decisions } = view.state;
  if (verdict === undefined || verdict.kind === 'approved') return null;
  const plan = view.analysis && planOf(view, view.analysis, decisions);
  const toMoment = (seconds: number) => {
    const frame = plan?.ok ? sourceFrameOf(plan.plan, Math.floor(seconds * toNumber(view.rate))) : undefined;
    go({ at: 'case', id: view.id, step: 'edit', ...(frame === undefined ? {} : { frame }) });
  };
  return (
    <div className="card">
      <Notice tone={verdict.kind === 'rejected' ? 'bad' : 'warn'} title={t(`handIn.${verdict.kind}`)}>
        {verdict.reason}
      </Notice>
      {verdict.comments.length > 0 && <Comments comments={verdict.comments} at={0} onSeek={toMoment} />}
    </div>
  );
}
