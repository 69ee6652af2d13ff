import { z } from 'zod';
import { Checkpoint } from '../audit/entry.ts';
import { Id } from '../vault/person.ts';

/** What happened; more than one may hold. */
export const IncidentCause = z.enum([
  'device-lost',
  'device-stolen',
  'wrong-recipient',
  'published',
  'unauthorised-look',
  'recognisable',
  'plain-copy',
  'hacked',
  'paper',
  'deleted',
  'other',
  'unknown',
]);
export type IncidentCause = z.infer<typeof IncidentCause>;

/** What kinds of data it is about. */
export const DataKind = z.enum([
  'faces',
  'voices',
  'names',
  'class',
  'special',
  'register',
  'requests',
  'staff',
  'keys',
  'other',
  'unknown',
]);
export type DataKind = z.infer<typeof DataKind>;

/** How many people, in bands: while it is looked into nobody knows better. */
export const Affected = z.enum(['unknown', '0', '1', '2-10', '11-30', '31-100', '101-1000', '>1000']);
export type Affected = z.infer<typeof Affected>;

export const Measure = z.enum([
  'access-revoked',
  'passphrases-changed',
  'taken-offline',
  'taken-back',
  'recipient-deleted',
  'device-locked',
  'hold-set',
  'people-told',
  'police',
  'other',
]);
export type Measure = z.infer<typeof Measure>;

/** The form: closed lists, and a little text that stays sealed. */
export const IncidentFacts = z.strictObject({
  causes: z.array(IncidentCause).min(1).max(IncidentCause.options.length),
  /** In a few sentences, without names. */
  what: z.string().max(600),
  dossiers: z.array(Id).max(200),
  kinds: z.array(DataKind).min(1).max(DataKind.options.length),
  affected: Affected,
  measures: z.array(Measure).max(Measure.options.length),
});
export type IncidentFacts = z.infer<typeof IncidentFacts>;

/** Whether it was reported: to the authority (art. 33), to the people as well (art. 34), or not, with the reason. */
export const Reported = z.enum(['authority', 'authority-and-people', 'not-needed']);
export type Reported = z.infer<typeof Reported>;

const moment = z.iso.datetime();

/** What can happen to an incident; nothing in it is ever altered. */
export const IncidentEvent = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('opened'),
    incident: Id,
    at: moment,
    noticedAt: moment,
    /** The log as it was: who looks later can see that up to here nothing changed (V2). */
    frozen: Checkpoint,
    facts: IncidentFacts,
  }),
  /** It is known better now; takes the place of what was known. */
  z.strictObject({ event: z.literal('updated'), at: moment, facts: IncidentFacts }),
  z.strictObject({
    event: z.literal('closed'),
    at: moment,
    reported: Reported,
    /** When the authority was told. */
    reportedAt: moment.optional(),
    /** What was concluded; kept as art. 33(5) asks, also where nothing had to be reported. */
    reason: z.string().max(600),
    /** Why it took more than 72 hours (art. 33(1)). */
    delay: z.string().max(400).optional(),
  }),
]);
export type IncidentEvent = z.infer<typeof IncidentEvent>;
export type IncidentStep = Exclude<IncidentEvent, { event: 'opened' }>;
export type IncidentClosing = Extract<IncidentEvent, { event: 'closed' }>;
