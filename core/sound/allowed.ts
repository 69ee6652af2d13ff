import type { SchoolProfile } from '../profile/profile.ts';
import type { SoundMode } from './sound-plan.ts';

const MOST: Record<SchoolProfile['sound'], SoundMode> = { off: 'off', altered: 'altered', keep: 'kept' };

/** From the strictest on. */
const ORDER: readonly SoundMode[] = ['off', 'altered', 'kept'];

/** The most that a school lets a clip have of its sound. */
export function mostSound({ sound }: Pick<SchoolProfile, 'sound'>): SoundMode {
  return MOST[sound];
}

/** @param allowed the most there may be */
export function allowsSound(allowed: SoundMode, wish: SoundMode): boolean {
  return ORDER.indexOf(wish) <= ORDER.indexOf(allowed);
}
