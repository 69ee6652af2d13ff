import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditEntry } from '../../core/audit/entry.ts';
import type { SchoolProfile } from '../../core/profile/profile.ts';
import { confirmationText, signedText, SignedProfile } from '../../core/profile/signed.ts';
import type { ProfileFlaw } from '../../core/profile/state.ts';
import type { PersonFile } from '../../core/vault/person.ts';
import { writeJson } from '../store/atomic.ts';
import type { PersonKeys } from './people.ts';
import { canonical, sha256, signText, verifyText } from './signing.ts';

const FILE = 'profile.json';

/** Signs a profile as its administrator. */
export function signedBy(keys: PersonKeys, profile: SchoolProfile, now: Date): SignedProfile {
  const { id, verifyKey } = keys.person;
  const hash = sha256(canonical(profile));
  const what = { hash, signedBy: id, verifyKey, signedAt: now.toISOString() };
  return { profile, ...what, signature: signText(keys.signingKey, canonical(signedText(what))) };
}

/** The same profile, confirmed by a privacy officer for the school year of a day. */
export function confirmedBy(keys: PersonKeys, signed: SignedProfile, on: string): SignedProfile {
  const by = keys.person.id;
  const signature = signText(keys.signingKey, canonical(confirmationText(signed, by, on)));
  return { ...signed, confirmation: { by, on, signature } };
}

/** Whole or not at all. */
export function writeProfile(root: string, signed: SignedProfile): void {
  writeJson(join(root, FILE), signed);
}

/** What lies in a vault's folder, as it is; undefined: nothing. */
export function profileText(root: string): string | undefined {
  const path = join(root, FILE);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** True when its signature is that of the key it names, over the profile it holds; whose key that is, is not looked at. */
export function holdsTogether(signed: SignedProfile): boolean {
  return (
    sha256(canonical(signed.profile)) === signed.hash &&
    verifyText(signed.verifyKey, canonical(signedText(signed)), signed.signature)
  );
}

/** @returns undefined for what is no signed profile at all */
export function parseSigned(text: string): SignedProfile | undefined {
  try {
    return SignedProfile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * Holds a vault's profile against its people and its log: signed by an administrator of this vault, and
 * the newest that was; an older one that somebody laid back is none.
 */
export function judge(
  text: string | undefined,
  people: ReadonlyMap<string, PersonFile>,
  entries: readonly AuditEntry[],
): SignedProfile | ProfileFlaw {
  if (text === undefined) return 'missing';
  const signed = parseSigned(text);
  if (!signed) return 'damaged';
  if (!holdsTogether(signed)) return 'altered';
  const signer = people.get(signed.signedBy)?.person;
  if (signer?.role !== 'administrator' || signer.verifyKey !== signed.verifyKey) return 'signer';
  if (lastSigned(entries)?.hash !== signed.hash) return 'replaced';
  const { confirmation } = signed;
  if (!confirmation) return signed;
  const { by, on, signature } = confirmation;
  const officer = people.get(by)?.person;
  const real =
    officer?.role === 'privacy-officer' &&
    verifyText(officer.verifyKey, canonical(confirmationText(signed, by, on)), signature);
  return real ? signed : 'altered';
}

/** The newest line of the log about a profile. */
export function lastSigned(entries: readonly AuditEntry[]): { hash: string; revision: number } | undefined {
  for (const { what } of entries.toReversed()) if (what.event === 'profile-signed') return what;
  return undefined;
}

/** The key of a signer as two people read it to each other: eight groups of four. */
export function fingerprintOf({ verifyKey }: Pick<SignedProfile, 'verifyKey'>): string {
  const hex = sha256(Buffer.from(verifyKey, 'base64')).slice(0, 32);
  return (hex.match(/.{4}/g) ?? []).join('-');
}
