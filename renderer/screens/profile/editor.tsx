import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EXAMPLES, type ExampleName } from '../../../core/profile/examples.ts';
import { SchoolProfile } from '../../../core/profile/profile.ts';
import type { ProfileView } from '../../../core/profile/view.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { Answers } from '../../ui/answers.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AdoptedPart, JudgingPart, KeepingPart, SchoolPart } from './parts.tsx';
import { Portals } from './portals.tsx';
import { PupilsPart, PurposesPart } from './rules-parts.tsx';

interface Props {
  readonly profile: SchoolProfile;
  readonly onChange: (profile: SchoolProfile) => void;
  readonly onSigned: (view: ProfileView) => void;
  readonly onCancel: () => void;
}

/** The school's agreements, one part a card; nothing of it holds until it is signed. */
export function Editor({ profile, onChange, onSigned, onCancel }: Props) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [asking, setAsking] = useState(false);
  const change = (part: Partial<SchoolProfile>) => onChange({ ...profile, ...part });
  const parsed = SchoolProfile.safeParse(profile);
  const wrong = parsed.success ? [] : [...new Set(parsed.error.issues.map(({ path }) => path.slice(0, 2).join('.')))];
  const sign = () =>
    void call('profile.sign', { profile }).then(onSigned, (error: unknown) => {
      setAsking(false);
      fail(error);
    });
  const begin = (name: ExampleName) => {
    // Who the school is stays; where the vault lies is a fact.
    const { school, board, manager, privacyOfficer, complaints, vaults, adoptedOn, revisionOn } = profile;
    const own = { school, board, manager, privacyOfficer, complaints, vaults };
    const days = { ...(adoptedOn ? { adoptedOn } : {}), ...(revisionOn ? { revisionOn } : {}) };
    onChange({ ...EXAMPLES[name], ...own, ...days });
  };
  const part = { profile, change };
  return (
    <div className="page">
      <div className="page-head">
        <div className="stack">
          <h1>{t('profile.title')}</h1>
          <p>{t('profile.floor')}</p>
        </div>
        <div className="row">
          <Button look="quiet" onPress={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button look="main" isDisabled={wrong.length > 0} onPress={() => setAsking(true)}>
            {t('profile.sign')}
          </Button>
        </div>
      </div>
      <div className="stack">
        {wrong.length > 0 && (
          <Notice tone="warn" live>
            {t('profile.wrong', { fields: wrong.join(', ') })}
          </Notice>
        )}
        <section className="card">
          <h2>{t('profile.example')}</h2>
          <p className="small soft">{t('profile.exampleHint')}</p>
          <div className="row">
            {(Object.keys(EXAMPLES) as ExampleName[]).map((name) => (
              <Button key={name} size="s" onPress={() => begin(name)}>
                {t(`profile.examples.${name}`)}
              </Button>
            ))}
          </div>
        </section>
        <SchoolPart {...part} />
        <PurposesPart {...part} />
        <PupilsPart {...part} />
        <KeepingPart {...part} />
        <Portals {...part} />
        <JudgingPart {...part} />
        <AdoptedPart {...part} />
      </div>
      <Dialog
        title={t('profile.sign')}
        open={asking}
        onClose={() => setAsking(false)}
        actions={<Answers onCancel={() => setAsking(false)} onConfirm={sign} confirm={t('profile.signNow')} />}
      >
        <p>{t('profile.signHint')}</p>
      </Dialog>
    </div>
  );
}
