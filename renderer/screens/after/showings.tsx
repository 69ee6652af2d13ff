import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShowingKind } from '../../../core/vault/showing.ts';
import type { CaseView } from '../../../electron/ipc/views.ts';
import { call } from '../../client.ts';
import { day } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, TextField } from '../../ui/fields.tsx';
import { useApp } from '../../app/store.ts';

interface Props {
  readonly view: CaseView;
  readonly onChanged: () => void;
}

/** That it was shown, and to how many (M7); or under supervision to one, where the school lets that be (S7). */
export function Showings({ view: { id, showings }, onChanged }: Props) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [on, setOn] = useState('');
  const [people, setPeople] = useState('');
  const [kind, setKind] = useState<ShowingKind>('group');
  const count = kind === 'supervised' ? 1 : Number(people);
  const note = () =>
    void call('case.shown', { dossier: id, kind, on, people: count }).then(() => {
      setOn('');
      setPeople('');
      onChanged();
    }, fail);
  return (
    <section className="card">
      <h2>{t('shown.title')}</h2>
      <p className="soft">{t('shown.hint')}</p>
      <ul className="promises">
        {showings.noted.map((each, index) => (
          <li key={`${each.on} ${index}`}>
            {t('shown.was', { on: day(each.on), count: each.people, kind: t(`shown.kinds.${each.kind}`) })}
          </li>
        ))}
      </ul>
      {showings.supervised && (
        <Choice
          label={t('shown.kind')}
          value={kind}
          options={(['group', 'supervised'] as const).map((value) => ({ value, label: t(`shown.kinds.${value}`) }))}
          onChange={setKind}
        />
      )}
      <div className="row">
        <TextField label={t('shown.on')} kind="date" value={on} onChange={setOn} />
        {kind === 'group' && <TextField label={t('shown.people')} kind="number" value={people} onChange={setPeople} />}
        <Button isDisabled={on === '' || !Number.isInteger(count) || count < 1} onPress={note}>
          {t('shown.note')}
        </Button>
      </div>
    </section>
  );
}
