import { Download, FilePen, Upload } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SchoolProfile } from '../../../core/profile/profile.ts';
import type { ProfileView } from '../../../core/profile/view.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { day } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Editor } from './editor.tsx';
import { TakeOver } from './take-over.tsx';

/** What the school agreed on lesson recordings; its administrator signs it, the privacy officer confirms it. */
export function Profile() {
  const { t } = useTranslation();
  const { shell, fail } = useApp();
  const [view, setView] = useState<ProfileView>();
  const [draft, setDraft] = useState<SchoolProfile>();
  const [taking, setTaking] = useState(false);
  const load = useCallback(() => call('profile.read').then(setView, fail), [fail]);
  useEffect(() => void load(), [load]);
  if (!view) return null;
  const role = shell?.unlocked?.role;
  const { signed } = view;
  const show = (next: ProfileView) => {
    setView(next);
    setDraft(undefined);
    setTaking(false);
  };
  if (draft) return <Editor profile={draft} onChange={setDraft} onSigned={show} onCancel={() => setDraft(undefined)} />;
  return (
    <div className="page">
      <div className="page-head">
        <div className="stack">
          <h1>{signed?.profile.school || t('profile.title')}</h1>
          <p>{t('profile.hint')}</p>
        </div>
        {role === 'administrator' && signed && (
          <Button look="main" icon={<FilePen size={18} aria-hidden />} onPress={() => setDraft(signed.profile)}>
            {t('profile.edit')}
          </Button>
        )}
      </div>
      <div className="stack">
        <Standing view={view} />
        {view.state === 'expired' && role === 'privacy-officer' && (
          <div className="row">
            <Button look="main" onPress={() => void call('profile.confirm').then(show, fail)}>
              {t('profile.confirm')}
            </Button>
          </div>
        )}
        {signed && signed.gaps.length > 0 && (
          <Notice tone="warn" title={t('profile.gaps')}>
            {signed.gaps.map((gap) => t(`profile.gapNames.${gap}`)).join(', ')}
          </Notice>
        )}
        {signed && <Summary profile={signed.profile} />}
        <Notice tone="info">{t('profile.floor')}</Notice>
        {signed && <p className="small soft">{t('profile.fingerprint', { fingerprint: signed.fingerprint })}</p>}
        <div className="row">
          {signed && (
            <Button icon={<Download size={16} aria-hidden />} onPress={() => void call('profile.export').catch(fail)}>
              {t('profile.export')}
            </Button>
          )}
          {role === 'administrator' && (
            <Button icon={<Upload size={16} aria-hidden />} onPress={() => setTaking(true)}>
              {t('profile.import')}
            </Button>
          )}
        </div>
      </div>
      {taking && <TakeOver onClose={() => setTaking(false)} onSigned={show} />}
    </div>
  );
}

function Standing({ view: { state, reason, signed } }: { readonly view: ProfileView }) {
  const { t } = useTranslation();
  const by = signed && t('profile.signedBy', { name: signed.by, on: day(signed.at.slice(0, 10)) });
  if (state === 'valid')
    return (
      <Notice tone="good" title={t('profile.valid')}>
        {by}
        {signed?.confirmedOn !== undefined && ` ${t('profile.confirmedOn', { on: day(signed.confirmedOn) })}`}
      </Notice>
    );
  return (
    <Notice tone="bad" title={t(state === 'expired' ? 'profile.expired' : 'profile.unsigned')}>
      {reason && t(`profile.reason.${reason}`)} {by}
    </Notice>
  );
}

function Summary({ profile }: { readonly profile: SchoolProfile }) {
  const { t } = useTranslation();
  const { lesson } = profile.terms;
  const rows: readonly (readonly [string, string])[] = [
    [
      t('profile.sections.purposes'),
      profile.purposes
        .map(({ purpose, ground }) => `${t(`purposes.${purpose}.label`)} (${t(`grounds.${ground}`)})`)
        .join('; '),
    ],
    [t('profile.fields.pupils'), t(`profile.pupils.${profile.regime.pupils}`)],
    [t('profile.fields.resolutions'), profile.resolutions.map((each) => t(`resolutions.${each}`)).join('; ')],
    [t('profile.fields.daysAfterAssessment'), String(lesson.daysAfterAssessment)],
    [t('profile.fields.daysAfterImport'), String(lesson.daysAfterImport)],
    [t('profile.fields.sharing'), t(`profile.sharing.${profile.sharing}`)],
    [t('profile.fields.portals'), profile.portals.map(({ name }) => name).join(', ')],
    [t('profile.fields.coverage'), t(`profile.coverage.${profile.coverage}`)],
    [t('profile.fields.officerName'), [profile.privacyOfficer.name, profile.privacyOfficer.mail].join(' ')],
    [t('profile.fields.revisionOn'), profile.revisionOn === undefined ? '' : day(profile.revisionOn)],
  ];
  return (
    <dl className="card profile-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value.trim() || '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
