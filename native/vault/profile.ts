import { existsSync, readFileSync } from 'node:fs';
import { fail } from '../../core/errors.ts';
import { inherit, type OwnValues } from '../../core/profile/inherit.ts';
import { SchoolProfile, termsIn } from '../../core/profile/profile.ts';
import type { SignedProfile } from '../../core/profile/signed.ts';
import type { ProfileState } from '../../core/profile/state.ts';
import { writeWhole } from '../store/atomic.ts';
import {
  confirmedBy,
  fingerprintOf,
  holdsTogether,
  lastSigned,
  parseSigned,
  signedBy,
  writeProfile,
} from './profile-file.ts';
import { refusalOf } from './root-rules.ts';
import type { Session } from './vault.ts';

/**
 * Makes a profile the school's, in the hands of its administrator.
 * @throws AppFailure `act-not-allowed`, `profile-invalid`, `profile-vault-local`
 */
export async function signProfile(session: Session, wanted: unknown): Promise<SignedProfile> {
  session.require('sign-profile');
  const profile = checkedProfile(wanted);
  const local = (await refusalOf(session.vault.root, { allowLocal: false })) === 'local';
  if (local && profile.vaults.place === 'network') fail({ code: 'profile-vault-local' });
  const signed = signedBy(session.keys, profile, new Date());
  await session.exclusively(() => {
    const revision = (lastSigned(session.entries())?.revision ?? 0) + 1;
    session.note({ event: 'profile-signed', hash: signed.hash, revision, terms: termsIn(profile) });
    // Last: of a crash in between the log knows, and the older file counts for nothing.
    writeProfile(session.vault.root, signed);
  });
  return signed;
}

/** @throws AppFailure `profile-invalid`, naming the field */
export function checkedProfile(wanted: unknown): SchoolProfile {
  const parsed = SchoolProfile.safeParse(wanted);
  if (parsed.success) return parsed.data;
  return fail({ code: 'profile-invalid', field: parsed.error.issues[0]?.path.join('.') || 'profile' });
}

/**
 * The privacy officer answers for a profile past its revision date, until the school year ends (V3).
 * @param today `YYYY-MM-DD`
 * @throws AppFailure `act-not-allowed`, `profile-unsigned`, `profile-not-due`
 */
export async function confirmProfile(session: Session, today: string): Promise<SignedProfile> {
  session.require('confirm-profile');
  return session.exclusively(() => {
    const known = session.vault.profile(today);
    if (known.state === 'valid') return fail({ code: 'profile-not-due' });
    const confirmed = confirmedBy(session.keys, requireSigned(known), today);
    session.note({ event: 'profile-confirmed', hash: confirmed.hash });
    writeProfile(session.vault.root, confirmed);
    return confirmed;
  });
}

/** @throws AppFailure `profile-unsigned` */
export function requireSigned(known: ProfileState): SignedProfile {
  return known.state === 'unsigned' ? fail({ code: 'profile-unsigned', reason: known.reason }) : known.signed;
}

/** Writes a vault's profile with its signature to a file of its own. @throws AppFailure `profile-unsigned`, `output-exists` */
export function exportProfile(known: ProfileState, file: string, overwrite = false): SignedProfile {
  const { confirmation: _, ...signed } = requireSigned(known);
  if (existsSync(file) && !overwrite) fail({ code: 'output-exists' });
  writeWhole(file, `${JSON.stringify(signed, undefined, 2)}\n`);
  return signed;
}

export interface OfferedProfile {
  readonly signed: SignedProfile;
  /** Of whoever signed it; only the sender can say whether it is theirs. */
  readonly fingerprint: string;
}

/** Reads a profile that was exported elsewhere. @throws AppFailure `input-missing`, `profile-invalid`, `profile-forged` */
export function readOffered(file: string): OfferedProfile {
  if (!existsSync(file)) fail({ code: 'input-missing' });
  const signed = parseSigned(readFileSync(file, 'utf8')) ?? fail({ code: 'profile-invalid', field: 'signature' });
  if (!holdsTogether(signed)) fail({ code: 'profile-forged' });
  return { signed, fingerprint: fingerprintOf(signed) };
}

/**
 * Takes over a profile of a partnership or another vault, and signs it anew for this one.
 * @param own what the school says for itself; undefined: exactly as offered
 * @param fingerprint as the sender told it, by another way than the file
 * @throws AppFailure `profile-signer-unknown`, `profile-loosened`, and what {@link signProfile} throws
 */
export async function importProfile(
  session: Session,
  { signed, fingerprint: real }: OfferedProfile,
  own: OwnValues | undefined,
  fingerprint: string,
): Promise<SignedProfile> {
  session.require('sign-profile');
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^0-9a-f]/g, '');
  if (plain(fingerprint) !== plain(real)) fail({ code: 'profile-signer-unknown', fingerprint: real });
  return signProfile(session, own === undefined ? signed.profile : inherit(signed.profile, own));
}
