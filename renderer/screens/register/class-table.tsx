import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { standingOf, type ClassRegister } from '../../../core/register/class-register.ts';
import type { Move, RegisterEntry } from '../../../core/register/entry.ts';
import { objectionState } from '../../../core/register/states.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { day } from '../../i18n/format.ts';
import { Answers } from '../../ui/answers.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TakeStep } from './take-step.tsx';

interface Props {
  readonly register: ClassRegister;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly onChanged: () => void;
}

/** What is usually done next; all that may follow the engine knows (B3). */
const NEXT: Record<string, Move['to'] | undefined> = {
  received: 'consulting',
  consulting: 'resolved',
  resolved: 'carried-out',
  'carried-out': 'confirmed',
};

export function ClassTable({ register, today, onChanged }: Props) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [step, setStep] = useState<{ entry: RegisterEntry; to: Move['to'] }>();
  const [withdrawing, setWithdrawing] = useState<RegisterEntry>();
  const settle = () => {
    setStep(undefined);
    setWithdrawing(undefined);
    onChanged();
  };
  return (
    <section className="card">
      <h2>{register.group}</h2>
      <ul className="stack">
        {register.entries.map((entry) => {
          const standing = standingOf(register, entry, today);
          const moves = register.moves.filter((move) => move.entry === entry.id);
          const last = moves.at(-1);
          const about = last && 'dossier' in last ? last.dossier : undefined;
          const state = objectionState(entry.id, about, moves);
          const next = entry.kind === 'objection' && standing !== 'withdrawn' ? NEXT[state] : undefined;
          return (
            <li key={entry.id} className="register-row">
              <div>
                <strong>{entry.pupil}</strong> {entry.seat && <span className="soft">({entry.seat})</span>}
                <p className="small soft">
                  {t(`register.kinds.${entry.kind}`)} · {t(`register.bys.${entry.by}`)},{' '}
                  {t(`register.bands.${entry.band}`)} · {t(`register.channels.${entry.channel}`)} ·{' '}
                  {day(entry.received)}
                  {entry.late && ` · ${t('register.late')}`}
                </p>
              </div>
              <span className={standing === 'in-force' && entry.kind === 'objection' ? 'tag warn' : 'tag'}>
                {entry.kind === 'objection' && standing === 'in-force'
                  ? t(`register.states.${state}`)
                  : t(`register.standing.${standing}`)}
              </span>
              <div className="row end">
                {next && (
                  <Button size="s" onPress={() => setStep({ entry, to: next })}>
                    {t(`register.next.${next}`)}
                  </Button>
                )}
                {standing !== 'withdrawn' && (
                  <Button size="s" look="quiet" onPress={() => setWithdrawing(entry)}>
                    {t('register.withdraw')}
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {step && (
        <TakeStep
          {...step}
          group={register.group}
          moves={register.moves}
          onClose={() => setStep(undefined)}
          onDone={settle}
        />
      )}
      {withdrawing && (
        <Dialog
          title={t('register.withdrawTitle', { pupil: withdrawing.pupil })}
          open
          onClose={() => setWithdrawing(undefined)}
          actions={
            <Answers
              onCancel={() => setWithdrawing(undefined)}
              onConfirm={() => void call('register.withdraw', { entry: withdrawing.id }).then(settle, fail)}
              confirm={t('register.withdraw')}
              danger
            />
          }
        >
          <p>{t('register.withdrawHint')}</p>
        </Dialog>
      )}
    </section>
  );
}
