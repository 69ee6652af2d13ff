import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceView } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, TextField, Tick } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SignIn } from './sign-in.tsx';
import type { Target, Way } from './way.ts';

interface Props {
  readonly target: Target;
  readonly way: Way;
  readonly onChange: (way: Way) => void;
  readonly onSignedIn: () => void;
}

/** How clips reach one target: straight, after signing in, or by hand from a folder. */
export function TargetPanel({ target, way, onChange, onSignedIn }: Props) {
  const { t } = useTranslation();
  const { name, host, platform, rulesPage, signedIn } = target;
  const set = (part: Partial<Way>) => onChange({ ...way, ...part });
  return (
    <div className="card sunken stack">
      {platform !== 'by-hand' && (
        <Choice
          label={t('batch.how')}
          layout="row"
          value={way.direct ? 'direct' : 'folder'}
          options={[
            { value: 'direct', label: t('batch.direct'), hint: t('batch.directHint', { host }) },
            { value: 'folder', label: t('batch.folder'), hint: t('batch.folderHint') },
          ]}
          onChange={(how) => set({ direct: how === 'direct' })}
        />
      )}
      {way.direct && platform !== 'by-hand' && (
        <>
          <SignIn target={target} onChanged={onSignedIn} />
          {signedIn && (
            <PlaceField target={target} platform={platform} value={way.place} onChange={(place) => set({ place })} />
          )}
        </>
      )}
      <Tick
        label={t('after.pageRead', { name })}
        hint={rulesPage === '' ? t('after.pageUnknown') : rulesPage}
        value={way.pageRead}
        onChange={(pageRead) => set({ pageRead })}
      />
    </div>
  );
}

interface PlaceProps {
  readonly target: Target;
  readonly platform: Exclude<Target['platform'], 'by-hand'>;
  readonly value: string;
  readonly onChange: (place: string) => void;
}

/** Chosen from what the target lists, where it lists something; else written. */
function PlaceField({ target: { id, name }, platform, value, onChange }: PlaceProps) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [places, setPlaces] = useState<readonly PlaceView[]>();
  const label = t('batch.place', { name });
  const hint = t(`batch.placeHint.${platform}`);
  if (platform !== 'canvas' && platform !== 'brightspace')
    return <TextField label={label} hint={hint} value={value} most={600} onChange={onChange} />;
  if (!places)
    return (
      <div className="row">
        <Button onPress={() => void call('portal.places', { target: id }).then(setPlaces, fail)}>
          {t('batch.loadPlaces')}
        </Button>
      </div>
    );
  if (places.length === 0) return <Notice tone="info">{t('batch.noPlaces')}</Notice>;
  return (
    <Choice
      label={label}
      hint={hint}
      value={value === '' ? undefined : value}
      options={places.map(({ place, label: called }) => ({ value: place, label: called }))}
      onChange={onChange}
    />
  );
}
