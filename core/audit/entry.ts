import { z } from 'zod';
import { Base64 } from '../vault/base64.ts';
import { Ground, Material, Purpose } from '../dossier/kinds.ts';
import { Terms } from '../retention/policy.ts';
import { Id, may, Role, type Act } from '../vault/person.ts';

const count = z.number().int().nonnegative();
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const day = z.iso.date();
const word = z.string().regex(/^[A-Za-z0-9:-]{1,40}$/);

const registerCounts = { added: count, moved: count, withdrawn: count };
/** What goes out, under which approval, and to where. */
const leaving = { dossier: Id, sha256: hex(32), approval: hex(32), target: word, delivery: Id };

/** What kind of recording it is; the terms of keeping hang on it (R4 to R9). */
export const SourceKind = z.enum(['lesson', 'online-lesson', 'livestream']);
export type SourceKind = z.infer<typeof SourceKind>;

export const WipeStepName = z.enum(['key', 'proof', 'ciphertext', 'derived', 'verification']);
export type WipeStepName = z.infer<typeof WipeStepName>;

/**
 * Everything the log may say: numbers, dates, random names and words from closed lists. There is no
 * field for a name, a path or free text (law 8).
 */
export const AuditEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('vault-created'), vault: Id, verifyKey: Base64, role: Role }),
  /** What is known of the storage that the vault lies on, in words from closed lists. */
  z.strictObject({
    event: z.literal('storage-probed'),
    fileSystem: word,
    medium: word,
    snapshots: word,
    overwrite: word,
  }),
  /** The school's own rules, by their hash, as signed for the `revision`th time; and the terms that follow (R3, S8). */
  z.strictObject({
    event: z.literal('profile-signed'),
    hash: hex(32),
    revision: z.number().int().positive(),
    terms: Terms,
  }),
  /** Past its revision date, and it still holds (V3). */
  z.strictObject({ event: z.literal('profile-confirmed'), hash: hex(32) }),
  z.strictObject({ event: z.literal('person-added'), person: Id, role: Role, verifyKey: Base64 }),
  z.strictObject({
    event: z.literal('imported'),
    dossier: Id,
    source: SourceKind,
    recordedOn: day,
    bytes: count,
    milliseconds: count,
    /** HMAC-SHA-256 of the original under a key of the recording: tells nothing without it. */
    hmac: hex(32),
  }),
  z.strictObject({ event: z.literal('access-granted'), dossier: Id, person: Id }),
  z.strictObject({ event: z.literal('access-revoked'), dossier: Id, person: Id }),
  z.strictObject({ event: z.literal('footage-opened'), dossier: Id, purpose: z.enum(['play', 'work']) }),
  z.strictObject({ event: z.literal('footage-closed'), dossier: Id, seconds: count }),
  z.strictObject({ event: z.literal('decided'), dossier: Id, decisions: hex(32) }),
  z.strictObject({ event: z.literal('analysed'), dossier: Id, analysis: hex(8), tracks: count }),
  z.strictObject({ event: z.literal('rendered'), dossier: Id, sha256: hex(32), passed: z.boolean(), findings: count }),
  /** The recording's key was handed to these workers for one job; nobody else can open what was handed out. */
  z.strictObject({ event: z.literal('key-released'), dossier: Id, job: Id, workers: z.array(Id).min(1).max(64) }),
  /** A worker opened what it was handed. */
  z.strictObject({ event: z.literal('key-taken'), dossier: Id, job: Id }),
  /** The job is over, and what was handed out is taken back out of the queue. */
  z.strictObject({
    event: z.literal('release-ended'),
    dossier: Id,
    job: Id,
    outcome: z.enum(['done', 'stopped', 'failed']),
  }),
  /** From here on no key is handed to it. */
  z.strictObject({ event: z.literal('worker-retired'), person: Id }),
  /** The answers of gate G0 are complete (P1, P7, P10); before P7 was asked, there was no `material`. */
  z.strictObject({
    event: z.literal('dossier-opened'),
    dossier: Id,
    purpose: Purpose,
    ground: Ground,
    material: Material.optional(),
  }),
  /** A recording that may not be made was stopped at gate G0, by that rule. */
  z.strictObject({ event: z.literal('intake-stopped'), rule: z.enum(['P5', 'P9', 'I8', 'I12']) }),
  z.strictObject({ event: z.literal('handed-in'), dossier: Id, sha256: hex(32), person: Id }),
  /** `approval`: of the signed document's canonical JSON; `seconds`: what had to be watched and was, by that rule. */
  z.strictObject({
    event: z.literal('approved'),
    dossier: Id,
    sha256: hex(32),
    approval: hex(32),
    seconds: count,
    rule: z.enum(['every-second', 'doubts-and-sample']).optional(),
  }),
  z.strictObject({ event: z.literal('sent-back'), dossier: Id, sha256: hex(32), comments: count }),
  z.strictObject({ event: z.literal('rejected'), dossier: Id, sha256: hex(32) }),
  z.strictObject({ event: z.literal('assessed'), dossier: Id, on: day }),
  /** How objections were met, by whom (B7): how many, and the digest of what the dossier says. */
  z.strictObject({ event: z.literal('resolved'), dossier: Id, pupils: count, resolutions: hex(32) }),
  /** An objection came in, or a consent is there no more, after it was answered for: all is judged anew. */
  z.strictObject({ event: z.literal('reopened'), dossier: Id, rule: z.enum(['B2', 'art-7']) }),
  /** Seen by others than those who work with it: so many people (M7), or one under supervision (S7). */
  z.strictObject({
    event: z.literal('shown'),
    dossier: Id,
    on: day,
    kind: z.enum(['group', 'supervised']),
    people: count,
  }),
  /** Said before the first byte leaves: from here on a part of the clip may lie there, whatever comes of it. */
  z.strictObject({ event: z.literal('export-begun'), ...leaving }),
  /**
   * These very bytes left the vault, under that approval, for a target of the profile (G4). `settled`: found to have
   * arrived although whoever sent it was cut short: it left when it might, and is told of now.
   */
  z.strictObject({ event: z.literal('exported'), ...leaving, settled: z.literal(true).optional() }),
  z.strictObject({ event: z.literal('export-failed'), dossier: Id, target: word, reason: word }),
  /** The copy that was handed in is gone (R2): the portal said so, or a person did. */
  z.strictObject({ event: z.literal('taken-back'), dossier: Id, delivery: Id, how: z.enum(['portal', 'attested']) }),
  /** What the software cannot do itself: copies elsewhere, with who does it and by when. */
  z.strictObject({
    event: z.literal('task-opened'),
    dossier: Id,
    task: Id,
    kind: z.enum(['card', 'phone', 'backup', 'portal', 'recall']),
    owner: Id,
    due: day,
    /** The copy that it is about; undefined: all of them. */
    delivery: Id.optional(),
  }),
  z.strictObject({ event: z.literal('task-done'), dossier: Id, task: Id }),
  /** Nothing of it is left to be done (G6). */
  z.strictObject({ event: z.literal('dossier-closed'), dossier: Id }),
  /** The school's rules and secrecy, signed for a school year by their digest (I9, S6, V6). */
  z.strictObject({
    event: z.literal('rules-signed'),
    statement: hex(32),
    schoolYear: z.string().regex(/^\d{4}-\d{4}$/),
  }),
  /** AVG art. 15, 17, 18 and 21, with the day by which it must be answered (V1). */
  z.strictObject({
    event: z.literal('request-received'),
    request: Id,
    kind: z.enum(['access', 'erasure', 'restriction', 'objection']),
    answerBy: day,
  }),
  /** Once, by two months (AVG art. 12(3)). */
  z.strictObject({ event: z.literal('request-extended'), request: Id, answerBy: day }),
  z.strictObject({
    event: z.literal('request-answered'),
    request: Id,
    outcome: z.enum(['granted', 'partly', 'refused']),
  }),
  /** An answered request is over its term: what was asked and answered goes. */
  z.strictObject({ event: z.literal('request-wipe-begun'), request: Id }),
  z.strictObject({ event: z.literal('request-wiped'), request: Id, complete: z.boolean() }),
  /** A suspected leak (V2): the log up to `frozen` is what is looked into; 72 hours run from when it was noticed. */
  z.strictObject({
    event: z.literal('incident-opened'),
    incident: Id,
    frozen: count,
    noticedAt: z.iso.datetime(),
    reportBy: z.iso.datetime(),
  }),
  z.strictObject({
    event: z.literal('incident-closed'),
    incident: Id,
    reported: z.enum(['authority', 'authority-and-people', 'not-needed']),
  }),
  z.strictObject({ event: z.literal('hold-set'), dossier: Id, reviewBy: day }),
  z.strictObject({ event: z.literal('hold-lifted'), dossier: Id }),
  /** A clock that stands far ahead of the log was looked at, and is right. */
  z.strictObject({ event: z.literal('clock-confirmed') }),
  /** What an import that was cut short had left was swept out. */
  z.strictObject({ event: z.literal('import-abandoned'), dossier: Id }),
  z.strictObject({ event: z.literal('source-wipe-begun'), dossier: Id.optional() }),
  z.strictObject({
    event: z.literal('source-wiped'),
    dossier: Id.optional(),
    complete: z.boolean(),
    reason: word.optional(),
  }),
  z.strictObject({ event: z.literal('wipe-begun'), dossier: Id, rule: z.string().regex(/^(R\d{1,2}|request)$/) }),
  z.strictObject({
    event: z.literal('wipe-step'),
    dossier: Id,
    step: WipeStepName,
    done: z.boolean(),
    reason: word.optional(),
  }),
  z.strictObject({
    event: z.literal('wiped'),
    dossier: Id,
    complete: z.boolean(),
    /** Of the certificate's JSON without this log position. */
    certificate: hex(32),
  }),
  /** The register of objections and consents: how much was written, of no class in particular (S10). */
  z.strictObject({ event: z.literal('register-changed'), ...registerCounts }),
  /** A class's list is over its term (R10): what goes with it. */
  z.strictObject({ event: z.literal('register-wipe-begun'), register: Id, ...registerCounts }),
  z.strictObject({ event: z.literal('register-wiped'), register: Id, complete: z.boolean() }),
]);
export type AuditEvent = z.infer<typeof AuditEvent>;

/** What a role must be allowed to do for its line to stand in the log; undefined: everybody's. */
const ACTS: Partial<Record<AuditEvent['event'], Act>> = {
  'profile-signed': 'sign-profile',
  'profile-confirmed': 'confirm-profile',
  'person-added': 'add-person',
  imported: 'import',
  'access-granted': 'grant-access',
  'access-revoked': 'grant-access',
  'footage-opened': 'work',
  'footage-closed': 'work',
  decided: 'work',
  analysed: 'work',
  rendered: 'work',
  'key-released': 'work',
  'key-taken': 'make-segments',
  'release-ended': 'work',
  'worker-retired': 'add-person',
  'dossier-opened': 'import',
  'intake-stopped': 'import',
  'handed-in': 'work',
  approved: 'approve',
  'sent-back': 'approve',
  rejected: 'approve',
  assessed: 'assess',
  resolved: 'work',
  reopened: 'reopen',
  shown: 'show',
  'export-begun': 'export',
  exported: 'export',
  'export-failed': 'export',
  'taken-back': 'take-back',
  'task-opened': 'task',
  'task-done': 'attest',
  'dossier-closed': 'close',
  'rules-signed': 'attest',
  'request-received': 'requests',
  'request-extended': 'requests',
  'request-answered': 'requests',
  'request-wipe-begun': 'wipe',
  'request-wiped': 'wipe',
  'incident-opened': 'attest',
  'incident-closed': 'close-incident',
  'hold-set': 'hold',
  'hold-lifted': 'hold',
  'clock-confirmed': 'attest',
  'source-wipe-begun': 'attest',
  'source-wiped': 'attest',
  'wipe-begun': 'wipe',
  'wipe-step': 'wipe',
  wiped: 'wipe',
  'register-changed': 'register',
  'register-wipe-begun': 'register',
  'register-wiped': 'register',
};

export function actOf(what: AuditEvent): Act | undefined {
  // A term is a fact of the log, a request somebody's word.
  return what.event === 'wipe-begun' && what.rule === 'request' ? 'wipe-on-request' : ACTS[what.event];
}

export function mayWrite(role: Role, event: AuditEvent): boolean {
  const act = actOf(event);
  return act === undefined || may(role, act);
}

/** One line of the log. */
export const AuditEntry = z.strictObject({
  /** From 1 on, without gaps. */
  seq: z.number().int().positive(),
  at: z.iso.datetime(),
  /** The clock stood earlier than at the entry before. */
  clockBack: z.literal(true).optional(),
  by: Id,
  what: AuditEvent,
  /** Hash of the entry before; 64 zeros for the first. */
  prev: hex(32),
  hash: hex(32),
  /** Ed25519 by `by` over the 32 bytes of `hash`. */
  signature: Base64,
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** A place in the log, kept outside it: shows a tail that was cut off, or a log that was written anew. */
export const Checkpoint = z.strictObject({
  vault: Id,
  seq: z.number().int().positive(),
  hash: hex(32),
  by: Id,
  signature: Base64,
});
export type Checkpoint = z.infer<typeof Checkpoint>;
