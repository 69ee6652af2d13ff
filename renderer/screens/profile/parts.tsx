import { useTranslation } from 'react-i18next';
import type { SchoolProfile } from '../../../core/profile/profile.ts';
import { Choice, TextField, Tick } from '../../ui/fields.tsx';
import { answered, type Part } from './part.ts';

export function SchoolPart({ profile, change }: Part) {
  const { t } = useTranslation();
  const { school, board, manager, privacyOfficer, complaints } = profile;
  return (
    <section className="card">
      <h2>{t('profile.sections.school')}</h2>
      <div className="two">
        <TextField
          label={t('profile.fields.school')}
          value={school}
          most={120}
          onChange={(value) => change({ school: value })}
        />
        <TextField
          label={t('profile.fields.board')}
          value={board}
          most={120}
          onChange={(value) => change({ board: value })}
        />
        <TextField
          label={t('profile.fields.managerName')}
          value={manager.name}
          most={80}
          onChange={(name) => change({ manager: { ...manager, name } })}
        />
        <TextField
          label={t('profile.fields.managerMail')}
          value={manager.mail}
          most={120}
          onChange={(mail) => change({ manager: { ...manager, mail } })}
        />
        <TextField
          label={t('profile.fields.officerName')}
          value={privacyOfficer.name}
          most={80}
          onChange={(name) => change({ privacyOfficer: { ...privacyOfficer, name } })}
        />
        <TextField
          label={t('profile.fields.officerMail')}
          value={privacyOfficer.mail}
          most={120}
          onChange={(mail) => change({ privacyOfficer: { ...privacyOfficer, mail } })}
        />
      </div>
      <TextField
        label={t('profile.fields.complaints')}
        value={complaints}
        most={300}
        lines={2}
        onChange={(value) => change({ complaints: value })}
      />
    </section>
  );
}

/** What is typed as days; anything else is nought, which the schema refuses where it has to. */
const daysOf = (text: string) => Math.max(0, Math.trunc(Number(text)) || 0);

export function KeepingPart({ profile, change }: Part) {
  const { t } = useTranslation();
  const { terms, vaults } = profile;
  const kinds = ['lesson', 'online-lesson', 'livestream'] as const;
  const setDays = (kind: (typeof kinds)[number], part: Partial<SchoolProfile['terms']['lesson']>) =>
    change({ terms: { ...terms, [kind]: { ...terms[kind], ...part } }, notStated: answered(profile, 'terms') });
  return (
    <section className="card">
      <h2>{t('profile.sections.keeping')}</h2>
      {kinds.map((kind) => (
        <div key={kind} className="stack">
          <h3>{t(`sources.${kind}`)}</h3>
          <div className="two">
            <TextField
              label={t('profile.fields.daysAfterAssessment')}
              value={String(terms[kind].daysAfterAssessment)}
              onChange={(text) => setDays(kind, { daysAfterAssessment: daysOf(text) })}
            />
            <TextField
              label={t('profile.fields.daysAfterImport')}
              value={String(terms[kind].daysAfterImport)}
              onChange={(text) => setDays(kind, { daysAfterImport: daysOf(text) })}
            />
          </div>
        </div>
      ))}
      <Choice
        label={t('profile.fields.vaults')}
        value={vaults.place}
        options={(['network', 'local'] as const).map((value) => ({ value, label: t(`profile.places.${value}`) }))}
        onChange={(place) =>
          change({
            vaults: place === 'network' ? { place } : { place, daysAfterImport: 60 },
            notStated: answered(profile, 'vaults'),
          })
        }
      />
      {vaults.place === 'local' && (
        <TextField
          label={t('profile.fields.localDays')}
          value={String(vaults.daysAfterImport)}
          onChange={(text) => change({ vaults: { ...vaults, daysAfterImport: daysOf(text) } })}
        />
      )}
    </section>
  );
}

export function JudgingPart({ profile, change }: Part) {
  const { t } = useTranslation();
  return (
    <section className="card">
      <h2>{t('profile.sections.judging')}</h2>
      <Choice
        label={t('profile.fields.coverage')}
        value={profile.coverage}
        options={(['every-second', 'doubts-and-sample'] as const).map((value) => ({
          value,
          label: t(`profile.coverage.${value}`),
        }))}
        onChange={(coverage) => change({ coverage, notStated: answered(profile, 'coverage') })}
      />
      <Choice
        label={t('profile.fields.sound')}
        value={profile.sound}
        options={(['off', 'altered', 'keep'] as const).map((value) => ({ value, label: t(`profile.sound.${value}`) }))}
        onChange={(sound) => change({ sound, notStated: answered(profile, 'sound') })}
      />
      <Tick
        label={t('profile.fields.supervisedLook')}
        value={profile.supervisedLook}
        onChange={(supervisedLook) => change({ supervisedLook, notStated: answered(profile, 'supervisedLook') })}
      />
    </section>
  );
}

export function AdoptedPart({ profile, change }: Part) {
  const { t } = useTranslation();
  const { adoptedOn = '', revisionOn = '', advisers, notStated } = profile;
  /** A day that was taken away again is none. */
  const setDay = (name: 'adoptedOn' | 'revisionOn', on: string) => {
    const open = name === 'revisionOn' && on !== '' ? answered(profile, 'revisionOn') : notStated;
    change({ [name]: on === '' ? undefined : on, notStated: open });
  };
  return (
    <section className="card">
      <h2>{t('profile.sections.adopted')}</h2>
      <div className="two">
        <TextField
          label={t('profile.fields.adoptedOn')}
          kind="date"
          value={adoptedOn}
          onChange={(on) => setDay('adoptedOn', on)}
        />
        <TextField
          label={t('profile.fields.revisionOn')}
          kind="date"
          value={revisionOn}
          onChange={(on) => setDay('revisionOn', on)}
        />
      </div>
      <TextField
        label={t('profile.fields.advisers')}
        lines={3}
        value={advisers.join('\n')}
        onChange={(text) => change({ advisers: text === '' ? [] : text.split('\n') })}
      />
    </section>
  );
}
