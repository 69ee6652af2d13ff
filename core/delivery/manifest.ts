import { z } from 'zod';
import { Checkpoint } from '../audit/entry.ts';
import { Purpose } from '../dossier/kinds.ts';
import { Platform } from '../profile/profile.ts';
import { Approval } from '../review/assessment.ts';
import { Base64 } from '../vault/base64.ts';
import { Id, Role } from '../vault/person.ts';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What lies beside a delivered clip. */
export const PAPERS = { manifest: 'manifest.json', signature: 'manifest.json.sig', sums: 'SHA256SUMS' } as const;

/**
 * Says of a clip whose it is, for whom, what for, and who approved it; checkable without vault or program.
 * There is no field for a pupil, a class, a lesson or the name of anybody (law 8): members of staff are the
 * random numbers that the school's vault knows them by.
 */
export const ExportManifest = z.strictObject({
  format: z.literal('onherkenbaar-manifest/1'),
  delivery: Id,
  /** Controller (AVG art. 26), from the signed profile. */
  school: z.string(),
  board: z.string(),
  /** Recipient: an institute of the signed profile (P18, S4). */
  target: z.strictObject({ id: z.string(), name: z.string(), platform: Platform, host: z.string() }),
  purpose: Purpose,
  clip: z.strictObject({
    name: z.string(),
    sha256: Digest,
    /** In bytes. */
    size: z.number().int().positive(),
    milliseconds: z.number().int().positive(),
  }),
  /** What the schoolopleider signed: Ed25519 over `onherkenbaar approval v1`, a line end, and its canonical JSON (RFC 8785). */
  approval: z.strictObject({ document: Approval, signature: Base64, verifyKey: Base64 }),
  /** Of the school profile under which it left. */
  profile: Digest,
  /** A place in the school's log: shows later if the log was cut or written anew. */
  checkpoint: Checkpoint,
  exportedAt: z.iso.datetime(),
  /** Who took it out, and whose key signs this file's bytes in `manifest.json.sig` (Ed25519, 64 bytes). */
  by: z.strictObject({ id: Id, role: Role, verifyKey: Base64 }),
});
export type ExportManifest = z.infer<typeof ExportManifest>;
