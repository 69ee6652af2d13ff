import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../app/store.ts';
import { dayInDigits } from '../i18n/format.ts';

/** Of a number of sixteen: enough for the school to find whose it was, nothing to anybody else. */
const CODE = 6;
/** One mark and the room around it, in pixels of the screen: some are in any cut of a photo. */
const ROOM = { width: 330, height: 165 };

const codeOf = (id: string) => id.slice(0, CODE).toUpperCase();

/**
 * Who looks at what and when, over all of the picture, so that a photo of the screen tells where it was made (S6).
 * Role and numbers only: a name would become part of what is shown. Takes no clicks, and nothing puts it away.
 */
export function Watermark({ dossier }: { readonly dossier: string }) {
  const { t } = useTranslation();
  const id = useId();
  const person = useApp((state) => state.shell?.unlocked);
  if (!person) return null;
  return (
    <svg className="watermark" aria-hidden>
      <defs>
        <pattern id={id} patternUnits="userSpaceOnUse" patternTransform="rotate(-18)" {...ROOM}>
          <text x="12" y="36">{`${t(`roles.${person.role}`)} ${codeOf(person.id)}`}</text>
          <text x="12" y="54">{`${t('watermark.dossier')} ${codeOf(dossier)} · ${dayInDigits(new Date())}`}</text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  );
}
