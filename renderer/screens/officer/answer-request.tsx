import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestOutcome, rulesFor, type RefusalRule, type RequestKind } from '../../../core/requests/request.ts';
import { requestWords } from '../../../words/request-words.ts';
import { Answers } from '../../ui/answers.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice, TextField } from '../../ui/fields.tsx';

interface Given {
  readonly outcome: RequestOutcome;
  readonly reason: string;
  readonly rule?: RefusalRule;
}

interface Props {
  readonly kind: RequestKind;
  /** What was refused about it. */
  readonly problem: string | undefined;
  readonly onClose: () => void;
  readonly onDone: (given: Given) => void;
}

/** The answer; who does not get everything is told why, by an article (art. 12(4)). */
export function AnswerRequest({ kind, problem, onClose, onDone }: Props) {
  const { t, i18n } = useTranslation();
  const words = requestWords(i18n.language === 'en' ? 'en' : 'nl');
  const [outcome, setOutcome] = useState<RequestOutcome>();
  const [reason, setReason] = useState('');
  const [rule, setRule] = useState<RefusalRule>();
  const why = outcome === 'partly' || outcome === 'refused';
  const answer = () => {
    if (outcome) onDone({ outcome, reason: reason.trim(), ...(why && rule ? { rule } : {}) });
  };
  return (
    <Dialog
      title={t('requests.answer')}
      open
      wide
      onClose={onClose}
      actions={
        <Answers
          onCancel={onClose}
          onConfirm={answer}
          confirm={t('requests.answer')}
          disabled={outcome === undefined}
        />
      }
    >
      <Choice
        label={t('requests.outcome')}
        layout="row"
        value={outcome}
        options={RequestOutcome.options.map((value) => ({ value, label: words.outcome[value] }))}
        onChange={setOutcome}
      />
      <TextField label={t('requests.reason')} lines={3} value={reason} most={600} onChange={setReason} />
      {why && (
        <Choice
          label={t('requests.rule')}
          value={rule}
          options={rulesFor(kind).map((value) => ({ value, label: words.rule[value] }))}
          onChange={setRule}
        />
      )}
      {problem !== undefined && (
        <p className="react-aria-FieldError" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
