import { z } from 'zod';
import { Base64 } from './base64.ts';

/** Docent in opleiding, schoolopleider, privacy officer, beheerder; wachter and werker: accounts of machines, of nobody. */
export const Role = z.enum(['trainee', 'school-trainer', 'privacy-officer', 'administrator', 'caretaker', 'worker']);
export type Role = z.infer<typeof Role>;

/** Roles of people, who type a passphrase of their own. */
export const StaffRole = Role.exclude(['caretaker', 'worker']);
export type StaffRole = z.infer<typeof StaffRole>;

export function isMachine(role: Role): boolean {
  return !StaffRole.safeParse(role).success;
}

/** Names of people, recordings and vaults are random, never made from what they stand for. */
export const Id = z.string().regex(/^[0-9a-f]{16}$/);

/** What everyone who sees the vault may know of a member of staff, and what the seals are bound to. */
export const PublicPerson = z.strictObject({
  version: z.literal(1),
  id: Id,
  role: Role,
  /** Of a member of staff, for colleagues to choose from; stands in no log. */
  name: z.string().min(1).max(80),
  /** Where recording keys are wrapped to: an age X25519 recipient. */
  recipient: z.string().startsWith('age1'),
  /** Ed25519, raw, base64. */
  verifyKey: Base64,
  addedAt: z.iso.datetime(),
  addedBy: Id,
});
export type PublicPerson = z.infer<typeof PublicPerson>;

/** A way to the private keys: a passphrase, or the recovery code printed when the profile was made. */
export const Slot = z.strictObject({
  kind: z.enum(['passphrase', 'recovery']),
  kdf: z.strictObject({
    name: z.literal('argon2id'),
    memoryKiB: z
      .number()
      .int()
      .min(19_456)
      .max(1 << 20),
    iterations: z.number().int().min(2).max(20),
    parallelism: z.literal(1),
    salt: Base64,
  }),
  sealed: Base64,
});
export type Slot = z.infer<typeof Slot>;

export const PersonFile = z.strictObject({
  person: PublicPerson,
  /** Ed25519 by `addedBy` over the canonical JSON of `person`. */
  signature: Base64,
  slots: z.array(Slot).min(1),
});
export type PersonFile = z.infer<typeof PersonFile>;

/**
 * What a role may do; what is not listed is refused. Who may see a recording its keys decide as well. The
 * caretaker's key lies in a file: it wipes what a term demands and opens tasks, and vouches for nothing. So does a
 * worker's: it makes segments with a key that somebody with access hands it for one job.
 */
const ACTS = {
  'add-person': ['administrator'],
  'sign-profile': ['administrator'],
  'confirm-profile': ['privacy-officer'],
  import: ['trainee', 'school-trainer'],
  work: ['trainee', 'school-trainer'],
  'grant-access': ['trainee', 'school-trainer'],
  hold: ['privacy-officer'],
  wipe: ['trainee', 'school-trainer', 'privacy-officer', 'administrator', 'caretaker'],
  'wipe-on-request': ['trainee', 'school-trainer', 'privacy-officer', 'administrator'],
  assess: ['trainee', 'school-trainer'],
  approve: ['school-trainer'],
  register: ['school-trainer', 'privacy-officer', 'administrator'],
  reopen: ['trainee', 'school-trainer', 'privacy-officer', 'administrator'],
  show: ['trainee', 'school-trainer'],
  export: ['trainee', 'school-trainer'],
  'take-back': ['trainee', 'school-trainer', 'privacy-officer'],
  task: ['trainee', 'school-trainer', 'privacy-officer', 'administrator', 'caretaker'],
  attest: ['trainee', 'school-trainer', 'privacy-officer', 'administrator'],
  close: ['school-trainer', 'privacy-officer'],
  requests: ['school-trainer', 'privacy-officer', 'administrator'],
  'close-incident': ['privacy-officer'],
  'make-segments': ['worker'],
} as const satisfies Record<string, readonly Role[]>;
export type Act = keyof typeof ACTS;

export function may(role: Role, act: Act): boolean {
  const roles: readonly Role[] = ACTS[act];
  return roles.includes(role);
}

/** Footage is for those who teach and coach with it (S5); others see the log. */
export function maySeeFootage(role: Role): boolean {
  return role === 'trainee' || role === 'school-trainer';
}
