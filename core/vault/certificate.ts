import { z } from 'zod';
import { Checkpoint, SourceKind, WipeStepName } from '../audit/entry.ts';
import { Id, Role } from './person.ts';

export const WipeStepResult = z.strictObject({
  step: WipeStepName,
  done: z.boolean(),
  /** A word from a closed list or the system's error code; never a path. */
  reason: z.string().optional(),
  at: z.iso.datetime(),
});
export type WipeStepResult = z.infer<typeof WipeStepResult>;

const day = z.iso.date();

/** What is known of the recording without its key, from the log. */
export const WipedRecording = z.strictObject({
  source: SourceKind,
  recordedOn: day,
  importedOn: day,
  assessedOn: day.optional(),
  bytes: z.number().int().nonnegative(),
  milliseconds: z.number().int().nonnegative(),
  hmac: z.string(),
});
export type WipedRecording = z.infer<typeof WipedRecording>;

/** Copies that the vault can not reach, for people to see to. */
export const OpenTask = z.enum(['card', 'phone', 'backups', 'portal', 'snapshots']);
export type OpenTask = z.infer<typeof OpenTask>;

export const CertificateBody = z.strictObject({
  version: z.literal(1),
  vault: Id,
  dossier: Id,
  recording: WipedRecording,
  rule: z.string(),
  begunAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  /** True only when every step was done and looked at again. */
  complete: z.boolean(),
  steps: z.array(WipeStepResult),
  medium: z.strictObject({
    fileSystem: z.string(),
    medium: z.string(),
    snapshots: z.string(),
    overwriteReliable: z.string(),
  }),
  by: z.strictObject({ id: Id, role: Role, name: z.string() }),
  openTasks: z.array(OpenTask),
});
export type CertificateBody = z.infer<typeof CertificateBody>;

/** Verklaring van vernietiging: what was done, bound to a place in the log, signed by who did it. */
export const Certificate = z.strictObject({
  body: CertificateBody,
  checkpoint: Checkpoint,
  /** Ed25519 by `body.by` over the canonical JSON of body and checkpoint. */
  signature: z.string(),
});
export type Certificate = z.infer<typeof Certificate>;
