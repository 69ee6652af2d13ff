import { z } from 'zod';
import { Base64 } from '../vault/base64.ts';
import { Id } from '../vault/person.ts';
import { SchoolProfile } from './profile.ts';

/** Vaststelling: the privacy officer looked at a profile whose revision date is past, and it still holds (V3). */
const Confirmation = z.strictObject({
  by: Id,
  /** A confirmation counts for the school year of this day. */
  on: z.iso.date(),
  /** Ed25519 by `by` over the canonical JSON of {@link confirmationText}. */
  signature: Base64,
});

/** `profile.json` in a vault, and what is exported from it. */
export const SignedProfile = z.strictObject({
  profile: SchoolProfile,
  /** SHA-256 of the profile's canonical JSON, hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  signedBy: Id,
  /** Of who signed, raw Ed25519: so that a file can be held against itself outside its vault. */
  verifyKey: Base64,
  signedAt: z.iso.datetime(),
  /** Ed25519 over the canonical JSON of {@link signedText}: nothing in the file but the confirmation is outside it. */
  signature: Base64,
  confirmation: Confirmation.optional(),
});
export type SignedProfile = z.infer<typeof SignedProfile>;

export function signedText({ hash, signedBy, verifyKey, signedAt }: Omit<SignedProfile, 'profile' | 'signature'>) {
  return { hash, signedBy, verifyKey, signedAt };
}

/** Bound to the act of signing, not to the profile alone: signed anew, it is confirmed anew. */
export function confirmationText(signed: Pick<SignedProfile, 'signature'>, by: string, on: string) {
  return { confirms: signed.signature, by, on };
}
