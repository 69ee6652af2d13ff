import type { SignedProfile } from './signed.ts';

/** Why a vault has no profile that counts. `replaced`: it is signed, but the log's newest one is another. */
export type ProfileFlaw = 'missing' | 'damaged' | 'altered' | 'signer' | 'replaced';

export type ProfileState =
  | { readonly state: 'valid'; readonly signed: SignedProfile; readonly confirmedOn?: string }
  | { readonly state: 'unsigned'; readonly reason: ProfileFlaw }
  | {
      readonly state: 'expired';
      readonly signed: SignedProfile;
      /** Its revision date is past, or it has none; and nobody confirmed it this school year. */
      readonly reason: 'revision-past' | 'no-revision-date';
    };

/** School years begin on 1 August. @returns the year in which it began */
export function schoolYearOf(day: string): number {
  const year = Number(day.slice(0, 4));
  return day.slice(5) >= '08-01' ? year : year - 1;
}

/**
 * Whether the school's own rules stand (S8, V3).
 * @param found what the vault holds, already held against its people and its log; or what is wrong with it
 * @param today `YYYY-MM-DD`
 */
export function profileState(found: SignedProfile | ProfileFlaw, today: string): ProfileState {
  if (typeof found === 'string') return { state: 'unsigned', reason: found };
  const { profile, confirmation } = found;
  const { revisionOn } = profile;
  // The revision date itself is the last day on which it needs nobody.
  if (revisionOn !== undefined && today <= revisionOn) return { state: 'valid', signed: found };
  if (confirmation && schoolYearOf(confirmation.on) === schoolYearOf(today))
    return { state: 'valid', signed: found, confirmedOn: confirmation.on };
  return { state: 'expired', signed: found, reason: revisionOn === undefined ? 'no-revision-date' : 'revision-past' };
}

/** False: the vault is for reading and wiping only. */
export function mayWork(known: ProfileState): known is Extract<ProfileState, { state: 'valid' }> {
  return known.state === 'valid';
}
