import { z } from 'zod';
import { fail } from '../../core/errors.ts';
import { nextNumber, pupilsOf } from '../../core/register/class-register.ts';
import {
  Group,
  Pseudonym,
  RegisterEntry,
  type AgeBand,
  type Channel,
  type EntryKind,
  type GivenBy,
} from '../../core/register/entry.ts';
import { schoolYearOf } from '../../core/register/school-year.ts';
import { valid } from '../../core/valid.ts';
import { newId } from '../vault/seal.ts';
import type { Changed, Registers } from './registers.ts';

/** What someone says of a pupil; what is left out is the first free number, today, and no deadline. */
export interface EntryWish {
  readonly group: string;
  readonly pupil?: string | undefined;
  readonly kind: EntryKind;
  readonly by: GivenBy;
  readonly band: AgeBand;
  readonly channel: Channel;
  readonly seat: string;
  readonly received?: string | undefined;
  /** The day in the letter; what comes after it is late, and counts all the same (B2). */
  readonly deadline?: string | undefined;
  readonly renews?: string | undefined;
}

/** @throws AppFailure `register-pupil-named`, `register-entry-refused`, `value-invalid` */
export async function addEntry(
  registers: Registers,
  wish: EntryWish,
): Promise<{ readonly entry: RegisterEntry; readonly changed: readonly Changed[] }> {
  const { group } = valid(z.object({ group: Group }), { group: wish.group });
  // Before anything that could repeat it: what was typed may be a name.
  if (wish.pupil !== undefined && !Pseudonym.safeParse(wish.pupil).success) fail({ code: 'register-pupil-named' });
  const { kind, by, band, channel, seat, deadline, received = registers.today } = wish;
  const entry = valid(RegisterEntry, {
    ...{ id: newId(), seat, kind, by, band, channel, received },
    pupil: wish.pupil ?? `Leerling ${nextNumber(pupilsOf(registers.of(group)))}`,
    schoolYear: schoolYearOf(received),
    late: deadline !== undefined && received > deadline,
    ...(wish.renews === undefined ? {} : { renews: wish.renews }),
  });
  return { entry, changed: await registers.add([{ group, entry }]) };
}
