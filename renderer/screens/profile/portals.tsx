import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SchoolProfile } from '../../../core/profile/profile.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, TextField } from '../../ui/fields.tsx';
import { answered, type Part } from './part.ts';

type Portal = SchoolProfile['portals'][number];
const PLATFORMS = ['canvas', 'brightspace', 'filesender', 'webdav', 'sftp', 'by-hand'] as const;
const MEGABYTE = 1_000_000;
const NEW: Portal = { id: '', name: '', platform: 'by-hand', host: '', rulesPage: '', loginProtected: true };

/** What may leave the school, and for where: nobody can type another place (S4). */
export function Portals({ profile, change }: Part) {
  const { t } = useTranslation();
  const { portals, sharing } = profile;
  const set = (index: number, part: Partial<Portal>) =>
    change({ portals: portals.map((each, at) => (at === index ? { ...each, ...part } : each)) });
  return (
    <section className="card">
      <h2>{t('profile.sections.sharing')}</h2>
      <Choice
        label={t('profile.fields.sharing')}
        value={sharing}
        options={(['never', 'assessment-only', 'to-institute'] as const).map((value) => ({
          value,
          label: t(`profile.sharing.${value}`),
        }))}
        onChange={(value) =>
          change({
            sharing: value,
            notStated: answered(profile, 'sharing'),
            ...(value === 'never' ? { portals: [] } : {}),
          })
        }
      />
      {sharing !== 'never' && (
        <>
          <h3>{t('profile.fields.portals')}</h3>
          {portals.map((portal, index) => (
            <div key={index} className="card sunken stack">
              <div className="two">
                <TextField
                  label={t('profile.fields.portalName')}
                  value={portal.name}
                  most={60}
                  onChange={(name) => set(index, { name })}
                />
                <TextField
                  label={t('profile.fields.portalId')}
                  value={portal.id}
                  most={24}
                  onChange={(id) => set(index, { id })}
                />
                <TextField
                  label={t('profile.fields.host')}
                  value={portal.host}
                  most={120}
                  onChange={(host) => set(index, { host })}
                />
                <TextField
                  label={t('profile.fields.rulesPage')}
                  value={portal.rulesPage}
                  most={200}
                  onChange={(rulesPage) => set(index, { rulesPage })}
                />
              </div>
              <Choice
                label={t('profile.fields.platform')}
                layout="row"
                value={portal.platform}
                options={PLATFORMS.map((value) => ({ value, label: t(`profile.platforms.${value}`) }))}
                onChange={(platform) => set(index, { platform })}
              />
              <Reach portal={portal} onChange={(part) => set(index, part)} />
              <p className="small soft">{t('profile.fields.loginProtected')}</p>
              <div className="row">
                <Button
                  size="s"
                  look="quiet"
                  icon={<X size={16} aria-hidden />}
                  onPress={() => change({ portals: portals.filter((_each, at) => at !== index) })}
                >
                  {t('profile.fields.removePortal', { name: portal.name || portal.id })}
                </Button>
              </div>
            </div>
          ))}
          <div className="row">
            <Button
              size="s"
              icon={<Plus size={16} aria-hidden />}
              onPress={() => change({ portals: [...portals, NEW] })}
            >
              {t('profile.fields.addPortal')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

interface ReachProps {
  readonly portal: Portal;
  readonly onChange: (part: Partial<Portal>) => void;
}

/** What a connection to it has to know; by hand there is none. */
function Reach({ portal, onChange }: ReachProps) {
  const { t } = useTranslation();
  const { platform, port, hostKey = '', fileHosts = [], limits } = portal;
  const limit = (text: string) => {
    const bytes = Math.round(Number(text) * MEGABYTE);
    onChange({ limits: { ...limits, bytes: bytes > 0 ? bytes : undefined } });
  };
  const megabytes = limits?.bytes === undefined ? '' : String(limits.bytes / MEGABYTE);
  return (
    <div className="two">
      <TextField label={t('profile.fields.largest')} value={megabytes} most={8} onChange={limit} />
      {(platform === 'webdav' || platform === 'sftp') && (
        <TextField
          label={t('profile.fields.port')}
          value={port === undefined ? '' : String(port)}
          most={5}
          onChange={(text) => onChange({ port: Number(text) > 0 ? Number(text) : undefined })}
        />
      )}
      {platform === 'sftp' && (
        <TextField
          label={t('profile.fields.hostKey')}
          hint={t('profile.fields.hostKeyHint')}
          value={hostKey}
          most={60}
          onChange={(text) => onChange({ hostKey: text === '' ? undefined : text })}
        />
      )}
      {platform === 'canvas' && (
        <TextField
          label={t('profile.fields.fileHosts')}
          hint={t('profile.fields.fileHostsHint')}
          value={fileHosts[0] ?? ''}
          most={120}
          onChange={(host) => onChange({ fileHosts: host === '' ? undefined : [host] })}
        />
      )}
    </div>
  );
}
