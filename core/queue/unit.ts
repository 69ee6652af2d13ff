import { z } from 'zod';
import { Base64 } from '../vault/base64.ts';
import { Id } from '../vault/person.ts';

/** That somebody with access hands a recording's key to some workers for one job; what the signature is over. */
export const ReleaseBody = z.strictObject({
  purpose: z.literal('onherkenbaar/release/1'),
  vault: Id,
  dossier: Id,
  job: Id,
  /** Who hands it out. */
  by: Id,
  expires: z.iso.datetime(),
  /** Who can open it. */
  workers: z.array(Id).min(1).max(64),
  /** An age file for those workers: the same dossier, job and expiry, and the key. */
  sealed: Base64,
});
export type ReleaseBody = z.infer<typeof ReleaseBody>;

export const Release = z.strictObject({
  body: ReleaseBody,
  /** Ed25519 by `by` over the canonical JSON of `body`. */
  signature: Base64,
});
export type Release = z.infer<typeof Release>;

/**
 * What one worker is asked to do, and all that stands in the queue: numbers, and a key that only the workers
 * named in it can open. What is to be made stands sealed in the vault.
 */
export const Unit = z.strictObject({ release: Release, segment: z.number().int().nonnegative() });
export type Unit = z.infer<typeof Unit>;
