import type { Decisions } from '../../core/decision/decisions.ts';
import type { Recording } from '../../core/media/recording.ts';
import { allowsSound, mostSound, soundWanted } from '../../core/sound/allowed.ts';
import type { SoundMode } from '../../core/sound/sound-plan.ts';
import { fail } from '../../core/errors.ts';
import { dayNow } from '../day.ts';
import type { Session } from './vault.ts';

/** The most that the school's signed profile lets a clip have of its sound. */
export function allowedSound({ vault }: Pick<Session, 'vault'>): SoundMode {
  const known = vault.profile(dayNow());
  return known.state === 'unsigned' ? 'off' : mostSound(known.signed.profile);
}

/** What was marked, as far as the school lets it be heard; nothing marked, nothing heard. */
export function soundOfClip(
  session: Pick<Session, 'vault'>,
  { audio }: Recording,
  decisions: Decisions | undefined,
): SoundMode {
  return audio ? soundWanted(allowedSound(session), decisions) : 'off';
}

/** @throws AppFailure `sound-not-allowed` */
export function requireAllowedSound(session: Pick<Session, 'vault'>, mode: SoundMode): void {
  const allowed = allowedSound(session);
  if (!allowsSound(allowed, mode)) fail({ code: 'sound-not-allowed', allowed });
}
