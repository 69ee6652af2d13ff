import { z } from 'zod';
import { Resolution } from '../dossier/events.ts';
import { Ground, Purpose } from '../dossier/kinds.ts';
import { LONGEST_AFTER_IMPORT, Terms, within } from '../retention/policy.ts';

const text = (most: number) => z.string().max(most);
const day = z.iso.date();

/** Empty where the school has not named anybody yet; {@link gapsOf} says so. */
const Contact = z.strictObject({ name: text(80), mail: z.union([z.email().max(120), z.literal('')]) });

/** A closed list of ways to hand in; each has an adapter of its own, or goes by hand (domain §3). */
export const Platform = z.enum(['canvas', 'brightspace', 'filesender', 'webdav', 'sftp', 'by-hand']);
export type Platform = z.infer<typeof Platform>;

/** A bare host name: no scheme, port or path. */
const Host = z.string().regex(/^(?=.{4,120}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/);

/** What a target takes; what is not said is not known. */
const Limits = z.strictObject({
  bytes: z.number().int().positive().optional(),
  seconds: z.number().int().positive().optional(),
});

/** Where clips may go to; nobody can type another one (S4). */
export const Portal = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,24}$/),
  name: z.string().min(1).max(60),
  platform: Platform,
  host: Host,
  /** Where it listens, if not where its platform usually does. */
  port: z.number().int().min(1).max(65_535).optional(),
  /** Other hosts of the same institute that it may send the bytes to, such as Canvas' own file store. */
  fileHosts: z.array(Host).max(5).optional(),
  /** SFTP: fingerprint of the server's key as `ssh-keygen -l` prints it. Without one nothing is sent. */
  hostKey: z
    .string()
    .regex(/^SHA256:[A-Za-z0-9+/]{43}$/)
    .optional(),
  limits: Limits.optional(),
  /** The institute's own rules for footage, which have to be read and followed (S3); empty: to be asked for. */
  rulesPage: z.union([z.url({ protocol: /^https$/ }).max(200), z.literal('')]),
  /** The administrator looked: nobody gets in without logging in (S12). There is no other kind. */
  loginProtected: z.literal(true),
});
export type Portal = z.infer<typeof Portal>;

/** S1: the school's network, or this machine's own disk as well, and then for so many days after import. */
const Vaults = z.discriminatedUnion('place', [
  z.strictObject({ place: z.literal('network') }),
  z.strictObject({ place: z.literal('local'), daysAfterImport: z.number().int().min(1).max(LONGEST_AFTER_IMPORT) }),
]);

/** What a school's own documents may leave open; the strictest default then stands in its place (R9). */
const OpenPoint = z.enum([
  'grounds',
  'proofOnly',
  'sharing',
  'regime',
  'resolutions',
  'terms',
  'vaults',
  'sound',
  'supervisedLook',
  'coverage',
  'revisionOn',
]);
export type OpenPoint = z.infer<typeof OpenPoint>;

const unique = <T>(values: readonly T[]) => new Set(values).size === values.length;

/** Every field by itself; {@link SchoolProfile} also holds them against each other. */
export const ProfileFields = z.strictObject({
  version: z.literal(1),
  /** Under whose responsibility it is done (S8). */
  school: text(120),
  board: text(120),
  /** Beheerder, who signs (S8). */
  manager: Contact,
  /** For objections, questions and suspected leaks (B2, V2). */
  privacyOfficer: Contact,
  /** Klachtenroute, printed on letters and certificates (B8). */
  complaints: text(300),
  /** Closed list of what may be filmed for, each with the ground that the letter names (P1, P10, P11, P13). */
  purposes: z
    .array(z.strictObject({ purpose: Purpose, ground: Ground }))
    .min(1)
    .refine((all) => unique(all.map(({ purpose }) => purpose))),
  /** Bewijslast_only: a recording that serves as proof for a portfolio and nothing else (P5). */
  proofOnly: z.enum(['deny', 'allow']),
  /** Whether masked and approved clips leave the school: nothing, what tests a competence, or all (P3, P7, P14, P16). */
  sharing: z.enum(['never', 'assessment-only', 'to-institute']),
  /** Pupils are asked first, or may object (P12, P13, B1), and how long that answer counts (I5, I6). */
  regime: z.strictObject({ pupils: z.enum(['consent', 'objection']), refresh: z.enum(['yearly', 'on-change']) }),
  /** How an objection may be met (B4 to B6); which it is, is judged each time (B7). */
  resolutions: z.array(Resolution).min(1).refine(unique),
  /** R3 to R7. */
  terms: Terms,
  vaults: Vaults,
  portals: z
    .array(Portal)
    .max(20)
    .refine((all) => unique(all.map(({ id }) => id))),
  /** Pupils' voices and names (M5): left out, or kept where the reviewer heard none. */
  sound: z.enum(['off', 'altered', 'keep']),
  /** Inzage onder toezicht: the original may be shown to a member of staff concerned, in someone's presence (S7). */
  supervisedLook: z.boolean(),
  /** What a reviewer must have watched before approving (M3). */
  coverage: z.enum(['every-second', 'doubts-and-sample']),
  /** Vastgesteld op; unknown for a page without a date (V3). */
  adoptedOn: day.optional(),
  /** Revisiedatum; without one the privacy officer confirms it each school year (V3). */
  revisionOn: day.optional(),
  /** Who advised or agreed: AMO, GMR, CvB (V3). */
  advisers: z.array(z.string().min(1).max(120)).max(12),
  /** Opleidingsschool or group whose rules these are, and which fields came from it (V4). */
  partnership: z
    .strictObject({ name: z.string().min(1).max(120), inherited: z.array(z.string().max(30)).max(20) })
    .optional(),
  /** Points on which the school's documents are silent (R9); the privacy officer is told. */
  notStated: z.array(OpenPoint).refine(unique),
});

/**
 * Schoolprofiel: what a school decided about its lesson recordings. The schools contradict each other
 * (domain §1.8), so this is signed by the school and not written into the program. What no school may
 * decide is no field: hiding before export, the schoolopleider's approval, the record of the wipe, the log.
 */
export const SchoolProfile = ProfileFields.superRefine(({ sharing, portals }, context) => {
  if (sharing === 'never' && portals.length > 0)
    context.addIssue({ code: 'custom', path: ['portals'], message: 'nothing is shared' });
});
export type SchoolProfile = z.infer<typeof SchoolProfile>;

/** Contacts without which a letter or a certificate can't be complete. */
export type Contactless = 'school' | 'board' | 'manager' | 'privacyOfficer' | 'complaints';

/** What the privacy officer still has to answer: the contacts that are missing, and the points left open (R9). */
export function gapsOf(profile: SchoolProfile): (Contactless | OpenPoint)[] {
  const { school, board, manager, privacyOfficer, complaints, notStated } = profile;
  const contacts = {
    school,
    board,
    manager: manager.name,
    privacyOfficer: privacyOfficer.name && privacyOfficer.mail,
    complaints,
  };
  const missing = (Object.keys(contacts) as Contactless[]).filter((name) => contacts[name] === '');
  return [...missing, ...notStated];
}

/** Terms as they hold in a vault that may lie on a machine's own disk (S1). */
export function termsIn({ terms, vaults }: SchoolProfile): Terms {
  return vaults.place === 'local' ? within(terms, vaults.daysAfterImport) : terms;
}
