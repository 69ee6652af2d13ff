import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LetterKind } from '../../../core/register/letters.ts';
import { call, errorOf } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { Answers } from '../../ui/answers.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice, TextField } from '../../ui/fields.tsx';

/** What is given to parents, class and door (I1, I2, I13), out of the signed profile. */
export function Letters({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<LetterKind>('parents');
  const [place, setPlace] = useState('');
  const [deadline, setDeadline] = useState('');
  const [pupil, setPupil] = useState<'leerling' | 'kind'>('leerling');
  const [problem, setProblem] = useState<string>();
  const save = () => {
    setProblem(undefined);
    void call('register.letter', { kind, place: place.trim(), deadline, pupil }).then(
      (saved) => saved && onClose(),
      (error: unknown) => setProblem(say(errorOf(error))),
    );
  };
  return (
    <Dialog
      title={t('register.letters')}
      open
      onClose={onClose}
      actions={
        <Answers
          onCancel={onClose}
          onConfirm={save}
          confirm={t('register.letterSave')}
          disabled={place.trim() === '' || deadline === ''}
        />
      }
    >
      <p>{t('register.lettersHint')}</p>
      <Choice
        label={t('register.letters')}
        value={kind}
        options={LetterKind.options.map((value) => ({ value, label: t(`register.letterKinds.${value}`) }))}
        onChange={setKind}
      />
      <div className="two">
        <TextField label={t('register.letterPlace')} value={place} onChange={setPlace} most={80} />
        <TextField label={t('register.deadline')} kind="date" value={deadline} onChange={setDeadline} />
      </div>
      <Choice
        label={t('register.letterPupil')}
        layout="row"
        value={pupil}
        options={(['leerling', 'kind'] as const).map((value) => ({
          value,
          label: t(`register.letterPupils.${value}`),
        }))}
        onChange={setPupil}
      />
      {problem !== undefined && <p className="react-aria-FieldError">{problem}</p>}
    </Dialog>
  );
}
