import { gapsOf } from '../../core/profile/profile.ts';
import type { ProfileView } from '../../core/profile/view.ts';
import { fingerprintOf } from '../vault/profile-file.ts';
import { dayNow } from '../day.ts';
import type { Session } from '../vault/vault.ts';

/** What everyone at the vault may know of its rules. */
export function profileView(session: Session): ProfileView {
  const known = session.vault.profile(dayNow());
  if (known.state === 'unsigned') return { state: known.state, reason: known.reason, signed: undefined };
  const { profile, hash, signedBy, signedAt } = known.signed;
  return {
    state: known.state,
    reason: known.state === 'expired' ? known.reason : undefined,
    signed: {
      profile,
      hash,
      by: session.vault.people().get(signedBy)?.person.name ?? '',
      at: signedAt,
      fingerprint: fingerprintOf(known.signed),
      confirmedOn: known.state === 'valid' ? known.confirmedOn : undefined,
      gaps: gapsOf(profile),
    },
  };
}
