import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dueOf, mustGo, type KeepingFacts } from '../../core/retention/terms.ts';

const day = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const facts = fc.record<KeepingFacts>({
  dossier: fc.constant('00112233445566aa'),
  source: fc.constantFrom('lesson', 'online-lesson', 'livestream'),
  recordedOn: day,
  importedOn: day,
  assessedOn: fc.option(day, { nil: undefined }),
  holdReviewBy: fc.option(day, { nil: undefined }),
  wipe: fc.constantFrom('none', 'begun', 'partial'),
});

describe('how long a recording is kept', () => {
  it('is never longer than any of its terms', () => {
    fc.assert(
      fc.property(facts, (each) => {
        const { on } = dueOf(each);
        expect(on <= addDays(each.importedOn, 60)).toBe(true);
        if (each.assessedOn !== undefined) expect(on <= addDays(each.assessedOn, 14)).toBe(true);
        if (each.source === 'livestream') expect(on <= addDays(each.recordedOn, 14)).toBe(true);
        if (each.source === 'online-lesson') expect(on <= addMonths(each.recordedOn, 10)).toBe(true);
      }),
    );
  });

  it('a hold stops the wipe, whatever the day; without it the day after the term it must go', () => {
    fc.assert(
      fc.property(facts, (each) => {
        const { on } = dueOf(each);
        expect(mustGo({ ...each, holdReviewBy: '2026-01-01' }, '2099-01-01')).toBe(false);
        const free = { ...each, holdReviewBy: undefined };
        expect(mustGo(free, on)).toBe(false);
        expect(mustGo(free, addDays(on, 1))).toBe(true);
        expect(mustGo({ ...free, wipe: 'complete' }, '2099-01-01')).toBe(false);
      }),
    );
  });

  it('counts months to the last day where there is no such day, and leap years', () => {
    expect(addMonths('2025-04-30', 10)).toBe('2026-02-28');
    expect(addMonths('2027-04-30', 10)).toBe('2028-02-29');
    expect(addMonths('2026-11-22', 10)).toBe('2027-09-22');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  });
});
