import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseLine } from '../../../core/dossier/case-line.ts';
import { RegisterResolution, type Move, type RegisterEntry } from '../../../core/register/entry.ts';
import { sameGroup } from '../../../core/register/group.ts';
import { useApp } from '../../app/store.ts';
import { call, errorOf } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { day } from '../../i18n/format.ts';
import { Answers } from '../../ui/answers.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice, TextField } from '../../ui/fields.tsx';

interface Props {
  readonly entry: RegisterEntry;
  readonly to: Move['to'];
  readonly group: string;
  readonly moves: readonly Move[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** A step of an objection (B3); from the choice of a solution on it is about one dossier (B7). */
export function TakeStep({ entry, to, group, moves, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [cases, setCases] = useState<readonly CaseLine[]>([]);
  const last = moves.findLast((move) => move.entry === entry.id && 'dossier' in move);
  const [dossier, setDossier] = useState(last && 'dossier' in last ? last.dossier : undefined);
  const [resolution, setResolution] = useState<RegisterResolution>();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const needsDossier = to !== 'consulting';
  useEffect(() => {
    if (!needsDossier) return;
    call('cases.overview').then(
      (seen) => setCases(seen.cases.filter((line) => line.group !== undefined && sameGroup(line.group, group))),
      fail,
    );
  }, [needsDossier, group, fail]);
  const take = () =>
    void call('register.move', { entry: entry.id, to, dossier, resolution, reason }).then(onDone, (error: unknown) =>
      setProblem(say(errorOf(error))),
    );
  const ready = !needsDossier || (dossier !== undefined && (to !== 'resolved' || resolution !== undefined));
  return (
    <Dialog
      title={t('register.nextTitle', { pupil: entry.pupil })}
      open
      onClose={onClose}
      actions={<Answers onCancel={onClose} onConfirm={take} confirm={t(`register.next.${to}`)} disabled={!ready} />}
    >
      {needsDossier && (
        <Choice
          label={t('register.dossier')}
          hint={cases.length === 0 ? t('register.noDossier') : undefined}
          value={dossier}
          options={cases.map(({ id, label, recordedOn }) => ({ value: id, label: label ?? id, hint: day(recordedOn) }))}
          onChange={setDossier}
        />
      )}
      {to === 'resolved' && (
        <>
          <Choice
            label={t('register.resolution')}
            value={resolution}
            options={RegisterResolution.options.map((value) => ({ value, label: t(`register.resolutions.${value}`) }))}
            onChange={setResolution}
          />
          <TextField label={t('register.reason')} lines={2} value={reason} most={400} onChange={setReason} />
        </>
      )}
      {problem !== undefined && <p className="react-aria-FieldError">{problem}</p>}
    </Dialog>
  );
}
