import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../../electron/ipc/views.ts';
import { Notice } from '../../../ui/notice.tsx';
import { SIDES, useSound } from './store.ts';
import { Subtitles } from './subtitles.tsx';
import { Turns } from './turns.tsx';

/** What may be heard, and what is read where nothing is. */
export function SoundPanel({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation();
  const { side, set } = useSound();
  return (
    <>
      <div className="filters" role="group" aria-label={t('sound.sides')}>
        {SIDES.map((each) => (
          <button key={each} type="button" aria-pressed={side === each} onClick={() => set({ side: each })}>
            {t(`sound.side.${each}`)}
          </button>
        ))}
      </div>
      {side === 'subtitles' ? <Subtitles view={view} /> : <Heard view={view} />}
    </>
  );
}

function Heard({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation();
  const { sound, analysis } = view;
  if (sound === undefined) return <p className="soft small list-empty">{t('sound.none')}</p>;
  if (sound === 'off') return <Notice tone="info">{t('sound.notHere')}</Notice>;
  if (!analysis?.heard) return <Notice tone="info">{t('sound.unheard')}</Notice>;
  return <Turns altered={sound === 'altered'} />;
}
