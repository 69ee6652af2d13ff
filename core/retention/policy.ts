import { z } from 'zod';

/**
 * The longest that any school may choose, in days (domain §1.6). R4: two weeks after the last assessment
 * and sixty days after import. R6 lets an online lesson stay for ten months after the recording, which is
 * never more than 306 days, R7 a livestream for two weeks.
 */
const LONGEST_AFTER_ASSESSMENT = 14;
export const LONGEST_AFTER_IMPORT = 60;
const LONGEST_ONLINE = 306;
const LONGEST_LIVESTREAM = 14;

const days = (longest: number) => z.number().int().min(1).max(longest);

function termsUpTo(longest: number) {
  return z.strictObject({
    /** Days after the last assessment (R1, R4); 0: on the day itself. */
    daysAfterAssessment: z.number().int().min(0).max(LONGEST_AFTER_ASSESSMENT),
    /** Days after import, whatever happens (R4). */
    daysAfterImport: days(longest),
    /** Days after the recording, where the school counts from there (R6, R7). */
    daysAfterRecording: days(longest).optional(),
  });
}

/** How long recordings of each kind are kept at most; the earliest day counts (R3: the letter names the same ones). */
export const Terms = z.strictObject({
  lesson: termsUpTo(LONGEST_AFTER_IMPORT),
  'online-lesson': termsUpTo(LONGEST_ONLINE),
  livestream: termsUpTo(LONGEST_LIVESTREAM),
});
export type Terms = z.infer<typeof Terms>;
export type SourceTerms = Terms[keyof Terms];

/** Where a school says nothing (R9). */
export const STRICTEST_TERMS: Terms = {
  lesson: { daysAfterAssessment: 14, daysAfterImport: 60 },
  'online-lesson': { daysAfterAssessment: 14, daysAfterImport: 60 },
  livestream: { daysAfterAssessment: 14, daysAfterImport: 14 },
};

/** The shorter of each: of two promises the stricter one is kept. */
export function stricterOf(one: SourceTerms, other: SourceTerms): SourceTerms {
  const recording = Math.min(one.daysAfterRecording ?? Infinity, other.daysAfterRecording ?? Infinity);
  return {
    daysAfterAssessment: Math.min(one.daysAfterAssessment, other.daysAfterAssessment),
    daysAfterImport: Math.min(one.daysAfterImport, other.daysAfterImport),
    ...(recording === Infinity ? {} : { daysAfterRecording: recording }),
  };
}

/** True when nothing is kept longer by the first than by the second. */
export function keepsNoLonger(one: Terms, other: Terms): boolean {
  const kinds = ['lesson', 'online-lesson', 'livestream'] as const;
  return kinds.every((kind) => {
    const [mine, theirs] = [one[kind], other[kind]];
    return (
      mine.daysAfterAssessment <= theirs.daysAfterAssessment &&
      mine.daysAfterImport <= theirs.daysAfterImport &&
      (mine.daysAfterRecording ?? Infinity) <= (theirs.daysAfterRecording ?? Infinity)
    );
  });
}

/** The same terms with none of them longer after import than so many days (S1: a local vault is for a short while). */
export function within(terms: Terms, daysAfterImport: number): Terms {
  const cut = (each: SourceTerms) => ({
    ...each,
    daysAfterImport: Math.min(each.daysAfterImport, daysAfterImport),
  });
  return {
    lesson: cut(terms.lesson),
    'online-lesson': cut(terms['online-lesson']),
    livestream: cut(terms.livestream),
  };
}
