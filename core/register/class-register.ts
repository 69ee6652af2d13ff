import type { Change, EntryKind, Move, Pseudonym, RegisterEntry } from './entry.ts';
import { DEFAULT_TERMS, lastDayOf, type RegisterTerms } from './school-year.ts';

/** All that is known of one class, over the school years that are still kept. */
export interface ClassRegister {
  readonly group: string;
  readonly entries: readonly RegisterEntry[];
  readonly moves: readonly Move[];
  /** Day of withdrawal, by entry. */
  readonly withdrawn: ReadonlyMap<string, string>;
}

export function emptyRegister(group: string): ClassRegister {
  return { group, entries: [], moves: [], withdrawn: new Map() };
}

export function afterChanges(register: ClassRegister, changes: readonly Change[]): ClassRegister {
  const entries = [...register.entries];
  const moves = [...register.moves];
  const withdrawn = new Map(register.withdrawn);
  for (const each of changes) {
    if (each.change === 'added') entries.push(each.entry);
    else if (each.change === 'moved') moves.push(each.move);
    else withdrawn.set(each.entry, each.on);
  }
  return { group: register.group, entries, moves, withdrawn };
}

/** What an entry is worth on a day. `replaced`: one of a later school year took its place. */
export type Standing = 'in-force' | 'expired' | 'withdrawn' | 'replaced';

/** @param day `YYYY-MM-DD` */
export function standingOf(
  { entries, withdrawn }: ClassRegister,
  entry: RegisterEntry,
  day: string,
  terms: RegisterTerms = DEFAULT_TERMS,
): Standing {
  if (withdrawn.has(entry.id)) return 'withdrawn';
  if (entries.some(({ renews }) => renews === entry.id)) return 'replaced';
  return day > lastDayOf(entry.schoolYear, terms) ? 'expired' : 'in-force';
}

/**
 * Where a pupil stands on a day. Doubt protects the pupil: an objection counts until it is renewed or
 * withdrawn, also when its school year is over and also beside a consent; expired consent is none (I5).
 * @param day `YYYY-MM-DD`
 */
export function positionOf(
  register: ClassRegister,
  pupil: Pseudonym,
  day: string,
  terms: RegisterTerms = DEFAULT_TERMS,
): EntryKind | 'unknown' {
  const own = register.entries
    .filter((entry) => entry.pupil === pupil)
    .map((entry) => ({ kind: entry.kind, standing: standingOf(register, entry, day, terms) }));
  if (own.some(({ kind, standing }) => kind === 'objection' && (standing === 'in-force' || standing === 'expired')))
    return 'objection';
  return own.some(({ kind, standing }) => kind === 'consent' && standing === 'in-force') ? 'consent' : 'unknown';
}

/** In the order in which they came in. */
export function pupilsOf({ entries }: ClassRegister): Pseudonym[] {
  return [...new Set(entries.map(({ pupil }) => pupil))];
}

/**
 * The first number that no pupil of the class has or had: a pseudonym stands for the same pupil in
 * every school year, so that an objection of last year is not taken for somebody else's.
 */
export function nextNumber(pupils: readonly Pseudonym[]): number {
  return 1 + Math.max(0, ...pupils.map((pupil) => Number(pupil.slice('Leerling '.length))));
}
