import type { Decisions } from '../decision/decisions.ts';
import type { SchoolProfile } from '../profile/profile.ts';
import type { VerificationReport } from '../verify/report.ts';
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

/** What a clip has of its recording's sound, by its report: those of before it was written down may have all of it. */
export function soundOf({ sound, checks }: Pick<VerificationReport, 'sound' | 'checks'>): SoundMode {
  return sound ?? (checks.some(({ name }) => name.startsWith('sound-')) ? 'kept' : 'off');
}

/** What a clip has by itself: nothing marked, nothing heard. @param allowed the most there may be */
export function soundWanted(allowed: SoundMode, decisions: Pick<Decisions, 'sound'> | undefined): SoundMode {
  return decisions?.sound.kept.length ? allowed : 'off';
}
