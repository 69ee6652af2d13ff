import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AgeBand, Channel, EntryKind, GivenBy } from '../../../core/register/entry.ts';
import type { AddedEntry } from '../../../electron/ipc/views.ts';
import { call, errorOf } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { Answers } from '../../ui/answers.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice, TextField } from '../../ui/fields.tsx';

interface Props {
  readonly onClose: () => void;
  readonly onAdded: (outcome: AddedEntry) => void;
}

/** An objection or consent, by pseudonym: a name has no way in (B1). */
export function AddEntry({ onClose, onAdded }: Props) {
  const { t } = useTranslation();
  const [group, setGroup] = useState('');
  const [pupil, setPupil] = useState('');
  const [seat, setSeat] = useState('');
  const [kind, setKind] = useState<EntryKind>('objection');
  const [by, setBy] = useState<GivenBy>('parent');
  const [band, setBand] = useState<AgeBand>('<16');
  const [channel, setChannel] = useState<Channel>('mail');
  const [received, setReceived] = useState('');
  const [deadline, setDeadline] = useState('');
  const [problem, setProblem] = useState<string>();
  const add = () => {
    const days = { ...(received === '' ? {} : { received }), ...(deadline === '' ? {} : { deadline }) };
    const who = pupil.trim() === '' ? {} : { pupil: pupil.trim() };
    void call('register.add', {
      group: group.trim(),
      ...who,
      kind,
      by,
      band,
      channel,
      seat: seat.trim(),
      ...days,
    }).then(onAdded, (error: unknown) => setProblem(say(errorOf(error))));
  };
  return (
    <Dialog
      title={t('register.addTitle')}
      open
      wide
      onClose={onClose}
      actions={
        <Answers onCancel={onClose} onConfirm={add} confirm={t('register.addNow')} disabled={group.trim() === ''} />
      }
    >
      <div className="two">
        <TextField label={t('register.group')} value={group} onChange={setGroup} most={40} />
        <TextField
          label={t('register.pupil')}
          hint={t('register.pupilHint')}
          value={pupil}
          onChange={setPupil}
          most={40}
        />
        <TextField label={t('register.seat')} value={seat} onChange={setSeat} most={80} />
        <TextField label={t('register.received')} kind="date" value={received} onChange={setReceived} />
        <TextField label={t('register.deadline')} kind="date" value={deadline} onChange={setDeadline} />
      </div>
      <Choice
        label={t('register.kind')}
        layout="row"
        value={kind}
        options={EntryKind.options.map((value) => ({ value, label: t(`register.kinds.${value}`) }))}
        onChange={setKind}
      />
      <Choice
        label={t('register.by')}
        layout="row"
        value={by}
        options={GivenBy.options.map((value) => ({ value, label: t(`register.bys.${value}`) }))}
        onChange={setBy}
      />
      <Choice
        label={t('register.band')}
        layout="row"
        value={band}
        options={AgeBand.options.map((value) => ({ value, label: t(`register.bands.${value}`) }))}
        onChange={setBand}
      />
      <Choice
        label={t('register.channel')}
        layout="row"
        value={channel}
        options={Channel.options.map((value) => ({ value, label: t(`register.channels.${value}`) }))}
        onChange={setChannel}
      />
      {problem !== undefined && <p className="react-aria-FieldError">{problem}</p>}
    </Dialog>
  );
}
