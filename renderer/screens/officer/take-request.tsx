import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Pseudonym } from '../../../core/register/entry.ts';
import { RequestBy, RequestKind } from '../../../core/requests/request.ts';
import type { RequestView } from '../../../electron/ipc/officer-views.ts';
import { requestWords } from '../../../words/request-words.ts';
import { call, errorOf } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { Answers } from '../../ui/answers.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice, TextField } from '../../ui/fields.tsx';

interface Props {
  readonly onClose: () => void;
  readonly onTaken: (view: RequestView) => void;
}

/** A request as it came in: by class, days and pseudonym, never by name (V1). */
export function TakeRequest({ onClose, onTaken }: Props) {
  const { t, i18n } = useTranslation();
  const words = requestWords(i18n.language === 'en' ? 'en' : 'nl');
  const [kind, setKind] = useState<RequestKind>();
  const [by, setBy] = useState<RequestBy>('parent');
  const [group, setGroup] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [pupil, setPupil] = useState('');
  const [received, setReceived] = useState('');
  const [problem, setProblem] = useState<string>();
  // Staff ask about themselves.
  const who = by === 'staff' ? '' : pupil.trim();
  const isName = who !== '' && !Pseudonym.safeParse(who).success;
  const take = () => {
    if (!kind) return;
    const told = { ...(who === '' ? {} : { pupil: who }), ...(received === '' ? {} : { received }) };
    const asked = { kind, by, group: group.trim(), from, to: to === '' ? from : to, ...told };
    void call('request.take', asked).then(onTaken, (error: unknown) => setProblem(say(errorOf(error))));
  };
  return (
    <Dialog
      title={t('requests.take')}
      open
      wide
      onClose={onClose}
      actions={
        <Answers
          onCancel={onClose}
          onConfirm={take}
          confirm={t('requests.takeNow')}
          disabled={!kind || group.trim() === '' || from === '' || isName}
        />
      }
    >
      <Choice
        label={t('requests.kind')}
        layout="row"
        value={kind}
        options={RequestKind.options.map((value) => ({ value, label: words.kind[value] }))}
        onChange={setKind}
      />
      <Choice
        label={t('requests.by')}
        layout="row"
        value={by}
        options={RequestBy.options.map((value) => ({ value, label: words.by[value] }))}
        onChange={setBy}
      />
      <div className="two">
        <TextField label={t('requests.group')} value={group} most={40} onChange={setGroup} />
        {by !== 'staff' && (
          <TextField
            label={t('requests.pupil')}
            hint={t('requests.pupilHint')}
            value={pupil}
            most={40}
            onChange={setPupil}
            error={isName ? say({ code: 'register-pupil-named' }) : undefined}
          />
        )}
        <TextField label={t('requests.from')} kind="date" value={from} onChange={setFrom} />
        <TextField label={t('requests.to')} hint={t('requests.toHint')} kind="date" value={to} onChange={setTo} />
        <TextField
          label={t('requests.received')}
          hint={t('requests.receivedHint')}
          kind="date"
          value={received}
          onChange={setReceived}
        />
      </div>
      {problem !== undefined && (
        <p className="react-aria-FieldError" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
