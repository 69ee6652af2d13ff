import type { Contactless, OpenPoint, SchoolProfile } from './profile.ts';
import type { ProfileFlaw } from './state.ts';

/** A vault's profile as it is shown: what it says, who signed, and whether it stands. */
export interface ProfileView {
  readonly state: 'valid' | 'expired' | 'unsigned';
  /** Why it does not stand. */
  readonly reason: ProfileFlaw | 'revision-past' | 'no-revision-date' | undefined;
  readonly signed: SignedView | undefined;
}

interface SignedView {
  readonly profile: SchoolProfile;
  readonly by: string;
  readonly at: string;
  readonly hash: string;
  /** Of the signer's key, as two people read it to each other. */
  readonly fingerprint: string;
  readonly confirmedOn: string | undefined;
  readonly gaps: readonly (Contactless | OpenPoint)[];
}

/** A profile that was exported elsewhere, before it is taken over. */
export interface OfferedView {
  readonly profile: SchoolProfile;
  readonly at: string;
}
