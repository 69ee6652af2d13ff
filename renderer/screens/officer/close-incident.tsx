import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Reported } from '../../../core/incidents/incident.ts';
import { incidentWords } from '../../../words/incident-words.ts';
import { Answers } from '../../ui/answers.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice, TextField } from '../../ui/fields.tsx';

interface Outcome {
  readonly reported: Reported;
  readonly reportedAt?: string;
  readonly reason: string;
  readonly delay?: string;
}

interface Props {
  /** What was refused about it. */
  readonly problem: string | undefined;
  readonly onClose: () => void;
  readonly onDone: (outcome: Outcome) => void;
}

/** How it was concluded; by the privacy officer alone. */
export function CloseIncident({ problem, onClose, onDone }: Props) {
  const { t, i18n } = useTranslation();
  const words = incidentWords(i18n.language === 'en' ? 'en' : 'nl');
  const [reported, setReported] = useState<Reported>();
  const [on, setOn] = useState('');
  const [at, setAt] = useState('');
  const [reason, setReason] = useState('');
  const [delay, setDelay] = useState('');
  const told = reported !== undefined && reported !== 'not-needed';
  const close = () => {
    if (!reported) return;
    // As the clock on this wall says it.
    const when = told ? { reportedAt: new Date(`${on}T${at}`).toISOString() } : {};
    const late = told && delay.trim() !== '' ? { delay: delay.trim() } : {};
    onDone({ reported, reason: reason.trim(), ...when, ...late });
  };
  return (
    <Dialog
      title={t('incidents.close')}
      open
      wide
      onClose={onClose}
      actions={
        <Answers
          onCancel={onClose}
          onConfirm={close}
          confirm={t('incidents.close')}
          disabled={reported === undefined || reason.trim() === '' || (told && (on === '' || at === ''))}
        />
      }
    >
      <Choice
        label={t('incidents.reported')}
        value={reported}
        options={Reported.options.map((value) => ({ value, label: words.reported[value] }))}
        onChange={setReported}
      />
      {told && (
        <div className="two">
          <TextField label={t('incidents.reportedOn')} kind="date" value={on} onChange={setOn} />
          <TextField label={t('incidents.reportedAt')} kind="time" value={at} onChange={setAt} />
        </div>
      )}
      <TextField label={t('incidents.reason')} lines={3} value={reason} most={600} onChange={setReason} />
      {told && <TextField label={t('incidents.delay')} lines={2} value={delay} most={400} onChange={setDelay} />}
      {problem !== undefined && (
        <p className="react-aria-FieldError" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
