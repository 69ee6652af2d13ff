import type { Role } from './person.ts';

/** To a group of fellow students or teachers (M7), or under supervision to a member of staff concerned (S7). */
export type ShowingKind = 'group' | 'supervised';

export interface Showing {
  readonly kind: ShowingKind;
  /** `YYYY-MM-DD` */
  readonly on: string;
  /** How many saw it, beside who showed it. Never who. */
  readonly people: number;
}

/** What a showing is held against. */
export interface ShowingFacts {
  readonly role: Role;
  /** Of the school profile that stands; false where none does. */
  readonly supervisedLook: boolean;
  /** Day on which the recording came in. */
  readonly importedOn: string;
  readonly today: string;
}

/** Why a showing can't be noted; begins with the rule that says so. */
export type ShowingRefusal = 'M7-people' | 'M7-date' | 'S7-profile' | 'S7-role' | 'S7-people';

/** More fit in no room that footage is shown in. */
const MOST_PEOPLE = 200;

/** All that stands against noting a showing. */
export function showingRefusals({ kind, on, people }: Showing, facts: ShowingFacts): ShowingRefusal[] {
  const found: ShowingRefusal[] = [];
  if (on < facts.importedOn || on > facts.today) found.push('M7-date');
  if (kind === 'group') {
    if (!Number.isInteger(people) || people < 1 || people > MOST_PEOPLE) found.push('M7-people');
    return found;
  }
  if (!facts.supervisedLook) found.push('S7-profile');
  if (facts.role !== 'school-trainer') found.push('S7-role');
  // One member of staff concerned, in the presence of who shows it.
  if (people !== 1) found.push('S7-people');
  return found;
}
