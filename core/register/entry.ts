import { z } from 'zod';
import { Id, Role } from '../vault/person.ts';
import { SchoolYear } from './school-year.ts';

/**
 * The only form in which the register knows a pupil (B1). Not a free text: a name, a birth date or a
 * nickname has no way in. Who "Leerling 3" is the school keeps on paper.
 */
export const Pseudonym = z.string().regex(/^Leerling [1-9]\d{0,3}$/);
export type Pseudonym = z.infer<typeof Pseudonym>;

/** The pupils that are named so, each once; what was typed in a pseudonym's place, a name perhaps, is left out. */
export function pupilsIn(all: readonly { readonly pupil: string }[]): Pseudonym[] {
  return [...new Set(all.map(({ pupil }) => pupil.trim()))].filter((pupil) => Pseudonym.safeParse(pupil).success);
}

/** Name of a class, as in the answers of gate G0. */
export const Group = z.string().trim().min(1).max(40);

export const EntryKind = z.enum(['objection', 'consent']);
export type EntryKind = z.infer<typeof EntryKind>;

/** Who spoke: from 16 on the pupil decides, before that the parents (I4). */
export const GivenBy = z.enum(['pupil', 'parent']);
export type GivenBy = z.infer<typeof GivenBy>;

/** A band, never a birth date (I4). */
export const AgeBand = z.enum(['<16', '16+']);
export type AgeBand = z.infer<typeof AgeBand>;

/** How it reached the school (B1, B2). */
export const Channel = z.enum(['mail', 'parro', 'paper', 'phone', 'in-person', 'other']);
export type Channel = z.infer<typeof Channel>;

const day = z.iso.date();

/**
 * One objection or consent of one pupil. It stays in the vault, under a key of its own, and never goes
 * along with a clip (S10); it is removed at the latest two years after its school year (R10).
 */
export const RegisterEntry = z.strictObject({
  id: Id,
  pupil: Pseudonym,
  /** Where the pupil sits: row and place, for people to point at (B1, B4, B5). */
  seat: z.string().max(80),
  kind: EntryKind,
  by: GivenBy,
  band: AgeBand,
  channel: Channel,
  /** Day on which the school received it. */
  received: day,
  /** Consent counts for this school year only (I5). */
  schoolYear: SchoolYear,
  /** After the deadline of the letter; counts all the same, also after export (B2, AVG art. 21). */
  late: z.boolean(),
  /** The entry of an earlier school year that this one takes the place of (I5). */
  renews: Id.optional(),
});
export type RegisterEntry = z.infer<typeof RegisterEntry>;

/** How an objection is met in one dossier: B4, B5, B6, or masked like everybody. */
export const RegisterResolution = z.enum(['camera-placement', 'out-of-view', 'cut', 'masked']);
export type RegisterResolution = z.infer<typeof RegisterResolution>;

const made = { entry: Id, on: day, by: Role };

/**
 * A step of an objection (B3), with who took it and when. Only the consultation is about the pupil in
 * general; whatever comes after it is about one dossier (B7).
 */
export const Move = z.discriminatedUnion('to', [
  z.strictObject({ ...made, to: z.literal('consulting') }),
  z.strictObject({
    ...made,
    to: z.literal('resolved'),
    dossier: Id,
    resolution: RegisterResolution,
    reason: z.string().max(400),
  }),
  z.strictObject({ ...made, to: z.literal('carried-out'), dossier: Id }),
  z.strictObject({ ...made, to: z.literal('confirmed'), dossier: Id }),
]);
export type Move = z.infer<typeof Move>;

/** What can happen to a class's register; nothing in it is ever altered. */
export const Change = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('added'), entry: RegisterEntry }),
  z.strictObject({ change: z.literal('moved'), move: Move }),
  z.strictObject({ change: z.literal('withdrawn'), entry: Id, on: day, by: Role }),
]);
export type Change = z.infer<typeof Change>;

/** Why an entry can't be taken in. */
export type EntryRefusal = 'I4-pupil' | 'I4-parent' | 'I5-renews' | 'I5-school-year';

/**
 * Consent comes from who may decide (I4). An objection is taken from either: doubt protects the pupil.
 * @param known all entries of the class, of every school year
 */
export function entryRefusals(entry: RegisterEntry, known: readonly RegisterEntry[]): EntryRefusal[] {
  const found: EntryRefusal[] = [];
  if (entry.kind === 'consent' && entry.band === '<16' && entry.by === 'pupil') found.push('I4-pupil');
  if (entry.kind === 'consent' && entry.band === '16+' && entry.by === 'parent') found.push('I4-parent');
  if (entry.renews !== undefined) {
    const old = known.find(({ id }) => id === entry.renews);
    if (!old || old.pupil !== entry.pupil || old.kind !== entry.kind) found.push('I5-renews');
    else if (old.schoolYear >= entry.schoolYear) found.push('I5-school-year');
  }
  return found;
}
