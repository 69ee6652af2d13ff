import { z } from 'zod';
import { fail } from '../errors.ts';
import { ProfileFields, SchoolProfile } from './profile.ts';
import { looserFields, SHARED } from './strictness.ts';

const { school, board, manager, privacyOfficer, complaints } = ProfileFields.shape;

/**
 * What a school of a partnership (opleidingsschool) says for itself: who it is, and what it wants stricter.
 * Left out: as the partnership has it.
 */
export const OwnValues = z.strictObject({
  ...ProfileFields.omit({ version: true, partnership: true }).partial().shape,
  ...{ school, board, manager, privacyOfficer, complaints },
});
export type OwnValues = z.infer<typeof OwnValues>;

/**
 * The profile of a school in a partnership (V4): the partnership's, with the school's own contacts, and
 * stricter where the school wants it so.
 * @throws AppFailure `profile-loosened`, naming the field; `profile-invalid` when the two do not go together
 */
export function inherit(partnership: SchoolProfile, own: OwnValues): SchoolProfile {
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  const says = (field: string) => Object.hasOwn(given, field);
  const merged: SchoolProfile = { ...partnership, ...given };
  const [field] = looserFields(merged, partnership);
  if (field !== undefined) fail({ code: 'profile-loosened', field });
  const wanted = {
    ...merged,
    // What the school says itself is not open any more.
    notStated:
      own.notStated ?? partnership.notStated.filter((point) => !says(point === 'grounds' ? 'purposes' : point)),
    partnership: {
      name: partnership.school || partnership.board,
      inherited: Object.keys(SHARED).filter((name) => !says(name)),
    },
  };
  const parsed = SchoolProfile.safeParse(wanted);
  if (parsed.success) return parsed.data;
  return fail({ code: 'profile-invalid', field: parsed.error.issues[0]?.path.join('.') || 'profile' });
}
