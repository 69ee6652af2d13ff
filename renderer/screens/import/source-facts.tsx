import { useTranslation } from 'react-i18next';
import type { SourceView } from '../../../electron/ipc/views.ts';
import { bytes, clock, number } from '../../i18n/format.ts';
import { Notice } from '../../ui/notice.tsx';

/** What was found in a file, and what of it will not come along. */
export function SourceFacts({ seen }: { readonly seen: SourceView }) {
  const { t } = useTranslation();
  const { name, seconds, width, height, framesPerSecond, codec, sound, personalTags } = seen;
  const whole = Math.abs(framesPerSecond - Math.round(framesPerSecond)) < 1e-6;
  return (
    <>
      <h2>{name}</h2>
      <dl className="facts">
        <dt>{t('import.length')}</dt>
        <dd className="numbers">{clock(seconds)}</dd>
        <dt>{t('import.picture')}</dt>
        <dd>
          {t('import.pictureIs', {
            width,
            height,
            rate: number(framesPerSecond, whole ? 0 : 2),
            codec: codec.toUpperCase(),
          })}
        </dd>
        <dt>{t('import.sound')}</dt>
        <dd>{sound ? t('import.soundYes') : t('import.soundNo')}</dd>
        <dt>{t('import.size')}</dt>
        <dd className="numbers">{bytes(seen.bytes)}</dd>
      </dl>
      {personalTags.length > 0 && (
        <Notice tone="info" title={t('import.tags')}>
          {t('import.tagsHint', { tags: personalTags.join(', ') })}
        </Notice>
      )}
    </>
  );
}
