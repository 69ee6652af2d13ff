import { nextNumber, positionOf, pupilsOf, type ClassRegister } from './class-register.ts';
import { entryRefusals, type EntryRefusal, type Pseudonym, type RegisterEntry } from './entry.ts';
import { sameGroup } from './group.ts';
import type { Preference, RowProblem } from './preferences.ts';
import { mustBeRemoved, schoolYearOf } from './school-year.ts';

/** What holds for all rows that don't say otherwise. */
export interface ImportDefaults {
  /** `YYYY-MM-DD`; nothing can have been received later. */
  readonly today: string;
  /** Day on which the list was drawn up. */
  readonly received: string;
  readonly band: RegisterEntry['band'];
  /** Of the letter; undefined: none is known (B2). */
  readonly deadline: string | undefined;
}

export type PlanProblem = RowProblem | EntryRefusal | 'date-future' | 'R10-past';

export interface PlannedEntry {
  readonly line: number;
  readonly group: string;
  readonly entry: RegisterEntry;
  /** The file had something else than a pseudonym there. */
  readonly renamed: boolean;
}

export interface ImportPlan {
  readonly entries: readonly PlannedEntry[];
  readonly problems: readonly { readonly line: number; readonly problem: PlanProblem }[];
  /** Rows that change nothing: not answered, or known already. */
  readonly unanswered: number;
  readonly unchanged: number;
  /** "Yes" of pupils whose objection stands: a tick in a list takes no objection back. */
  readonly objectionKept: readonly number[];
}

/**
 * What a preference list would add. "No" is an objection; no answer is no entry, and counts as no
 * consent (P13).
 * @param registerOf the register of a class as it is
 * @param newId for an entry
 */
export function planImport(
  preferences: readonly Preference[],
  registerOf: (group: string) => ClassRegister,
  defaults: ImportDefaults,
  newId: () => string,
): ImportPlan {
  const entries: PlannedEntry[] = [];
  const problems: { line: number; problem: PlanProblem }[] = [];
  const objectionKept: number[] = [];
  let unanswered = 0;
  let unchanged = 0;
  const numbers = new Numbers(preferences, registerOf);
  for (const preference of preferences) {
    const { line, training } = preference;
    const register = registerOf(preference.group);
    const pupil = preference.pupil ?? numbers.take(register.group);
    const received = preference.received ?? defaults.received;
    const position = positionOf(register, pupil, received);
    if (training === undefined) unanswered++;
    else if (position === (training ? 'consent' : 'objection')) unchanged++;
    else if (position === 'objection') objectionKept.push(line);
    else {
      const entry = entryOf(preference, pupil, received, training, defaults, newId());
      if (received > defaults.today) problems.push({ line, problem: 'date-future' });
      if (mustBeRemoved(entry.schoolYear, defaults.today)) problems.push({ line, problem: 'R10-past' });
      problems.push(...entryRefusals(entry, register.entries).map((problem) => ({ line, problem })));
      entries.push({ line, group: register.group, entry, renamed: preference.pupil === undefined });
    }
  }
  return { entries, problems, unanswered, unchanged, objectionKept };
}

function entryOf(
  { seat, by, band, channel }: Preference,
  pupil: Pseudonym,
  received: string,
  training: boolean,
  defaults: ImportDefaults,
  id: string,
): RegisterEntry {
  const age = band ?? defaults.band;
  return {
    id,
    pupil,
    seat,
    kind: training ? 'consent' : 'objection',
    by: by ?? (age === '16+' ? 'pupil' : 'parent'),
    band: age,
    channel: channel ?? 'parro',
    received,
    schoolYear: schoolYearOf(received),
    late: defaults.deadline !== undefined && received > defaults.deadline,
  };
}

/** Free numbers of each class: past every one that the register or the file has. */
class Numbers {
  private readonly next: { readonly group: string; number: number }[] = [];

  constructor(
    private readonly preferences: readonly Preference[],
    private readonly registerOf: (group: string) => ClassRegister,
  ) {}

  take(group: string): Pseudonym {
    const known = this.next.find((each) => sameGroup(each.group, group)) ?? this.begin(group);
    return `Leerling ${known.number++}`;
  }

  private begin(group: string) {
    const named = this.preferences.flatMap((each) =>
      sameGroup(each.group, group) && each.pupil !== undefined ? [each.pupil] : [],
    );
    const begun = { group, number: nextNumber([...pupilsOf(this.registerOf(group)), ...named]) };
    this.next.push(begun);
    return begun;
  }
}
