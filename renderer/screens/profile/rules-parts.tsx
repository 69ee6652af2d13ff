import { useTranslation } from 'react-i18next';
import { Resolution } from '../../../core/dossier/events.ts';
import { Ground, Purpose } from '../../../core/dossier/kinds.ts';
import { Choice, Tick } from '../../ui/fields.tsx';
import { answered, type Part } from './part.ts';

/** What may be filmed for, and on which ground (P1, P10). */
export function PurposesPart({ profile, change }: Part) {
  const { t } = useTranslation();
  const { purposes } = profile;
  const set = (purpose: Purpose, ground: Ground | undefined) => {
    const others = purposes.filter((each) => each.purpose !== purpose);
    change({
      purposes: ground === undefined ? others : [...others, { purpose, ground }],
      notStated: answered(profile, 'grounds'),
    });
  };
  return (
    <section className="card">
      <h2>{t('profile.sections.purposes')}</h2>
      {Purpose.options.map((purpose) => {
        const known = purposes.find((each) => each.purpose === purpose);
        return (
          <div key={purpose} className="stack">
            <Tick
              label={t(`purposes.${purpose}.label`)}
              hint={t(`purposes.${purpose}.hint`)}
              value={known !== undefined}
              onChange={(may) => set(purpose, may ? 'legitimate-interest' : undefined)}
            />
            {known && (
              <Choice
                label={t('profile.fields.ground')}
                layout="row"
                value={known.ground}
                options={Ground.options.map((value) => ({ value, label: t(`grounds.${value}`) }))}
                onChange={(ground) => set(purpose, ground)}
              />
            )}
          </div>
        );
      })}
      <Choice
        label={t('profile.fields.proofOnly')}
        layout="row"
        value={profile.proofOnly}
        options={(['deny', 'allow'] as const).map((value) => ({ value, label: t(`profile.proofOnly.${value}`) }))}
        onChange={(proofOnly) => change({ proofOnly, notStated: answered(profile, 'proofOnly') })}
      />
    </section>
  );
}

/** Whether pupils are asked first or may object, and how an objection may be met (B1 to B7, P13). */
export function PupilsPart({ profile, change }: Part) {
  const { t } = useTranslation();
  const { regime, resolutions } = profile;
  const open = answered(profile, 'regime');
  return (
    <section className="card">
      <h2>{t('profile.sections.pupils')}</h2>
      <Choice
        label={t('profile.fields.pupils')}
        value={regime.pupils}
        options={(['consent', 'objection'] as const).map((value) => ({ value, label: t(`profile.pupils.${value}`) }))}
        onChange={(pupils) => change({ regime: { ...regime, pupils }, notStated: open })}
      />
      <Choice
        label={t('profile.fields.refresh')}
        value={regime.refresh}
        options={(['yearly', 'on-change'] as const).map((value) => ({ value, label: t(`profile.refresh.${value}`) }))}
        onChange={(refresh) => change({ regime: { ...regime, refresh }, notStated: open })}
      />
      <h3>{t('profile.fields.resolutions')}</h3>
      {Resolution.options.map((each) => (
        <Tick
          key={each}
          label={t(`resolutions.${each}`)}
          value={resolutions.includes(each)}
          onChange={(may) =>
            change({
              resolutions: Resolution.options.filter((other) => (other === each ? may : resolutions.includes(other))),
              notStated: answered(profile, 'resolutions'),
            })
          }
        />
      ))}
    </section>
  );
}
