import { useTranslation } from 'react-i18next';
import type { JobStep } from '../../electron/ipc/views.ts';
import { bytes, clock, number } from '../i18n/format.ts';
import { Button } from './button.tsx';
import { Progress } from './progress.tsx';

interface Props {
  readonly job: { readonly step: JobStep | undefined };
  readonly unit: 'bytes' | 'frames';
  readonly onCancel: () => void;
}

/** Long work: stage, how far, how fast, how long still, and a way to stop it. */
export function WorkCard({ job: { step }, unit, onCancel }: Props) {
  const { t } = useTranslation();
  const share = step && Math.min(1, step.done / Math.max(1, step.total));
  const count = unit === 'bytes' ? bytes : (value: number) => number(value);
  return (
    <section className="card work" aria-live="polite">
      <p className="soft">{step ? t(`work.stage.${step.stage}`, { round: step.round }) : t('work.starting')}</p>
      <p className="work-share numbers">{share === undefined ? '…' : `${Math.floor(share * 100)} %`}</p>
      <Progress label={t('work.progress')} share={share} />
      {step && (
        <p className="work-line numbers">
          <span>{t(`work.done.${unit}`, { done: count(step.done), total: count(step.total) })}</span>
          <span>{t(`work.speed.${unit}`, { speed: count(step.speed) })}</span>
          <span>{t('work.left', { left: clock(step.secondsLeft) })}</span>
        </p>
      )}
      <p className="small soft">{t('work.away')}</p>
      <div className="row">
        <Button onPress={onCancel}>{t('work.stop')}</Button>
      </div>
    </section>
  );
}
