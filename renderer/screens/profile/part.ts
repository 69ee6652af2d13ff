import type { SchoolProfile } from '../../../core/profile/profile.ts';

/** One card of the editor. */
export interface Part {
  readonly profile: SchoolProfile;
  readonly change: (part: Partial<SchoolProfile>) => void;
}

/** The profile without the points that were open and now are answered. */
export function answered(profile: SchoolProfile, ...points: SchoolProfile['notStated']): SchoolProfile['notStated'] {
  return profile.notStated.filter((point) => !points.includes(point));
}
