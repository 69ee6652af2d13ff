import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dueOf, keepingFacts, mustGo, type KeepingFacts } from '../../core/retention/terms.ts';
import type { AuditEntry, AuditEvent } from '../../core/audit/entry.ts';
import { STRICTEST_TERMS } from '../../core/retention/policy.ts';
import { aDay, termsOf } from '../fixtures/profiles.ts';

const facts = fc.record<KeepingFacts>({
  dossier: fc.constant('00112233445566aa'),
  source: fc.constantFrom('lesson', 'online-lesson', 'livestream'),
  recordedOn: aDay,
  importedOn: aDay,
  assessedOn: fc.option(aDay, { nil: undefined }),
  rejectedOn: fc.option(aDay, { nil: undefined }),
  holdReviewBy: fc.option(aDay, { nil: undefined }),
  wipe: fc.constantFrom('none', 'begun', 'partial'),
  terms: fc.oneof(...(['lesson', 'online-lesson', 'livestream'] as const).map((kind) => termsOf(kind))),
});

describe('how long a recording is kept', () => {
  it('is never longer than any of its terms', () => {
    fc.assert(
      fc.property(facts, (each) => {
        const { on } = dueOf(each);
        expect(on <= addDays(each.importedOn, each.terms.daysAfterImport)).toBe(true);
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

  it('follows the profile in the log: what came in under one is never kept longer by a later one (R3)', () => {
    const dossier = '00112233445566aa';
    const short = { ...STRICTEST_TERMS, lesson: { daysAfterAssessment: 7, daysAfterImport: 30 } };
    const online = { ...short, 'online-lesson': { daysAfterAssessment: 14, daysAfterImport: 306 } };
    const signed = (terms: typeof short): AuditEvent => ({
      event: 'profile-signed',
      hash: '0'.repeat(64),
      revision: 1,
      terms,
    });
    const came = (source: 'lesson' | 'online-lesson'): AuditEvent => ({
      ...{ event: 'imported', dossier, source, recordedOn: '2026-11-01', bytes: 1, milliseconds: 1 },
      hmac: '0'.repeat(64),
    });
    const due = (...events: AuditEvent[]) => {
      const common = { seq: 1, at: '2026-11-01T12:00:00.000Z', by: dossier, prev: '', hash: '', signature: '' };
      const facts = keepingFacts(events.map((what): AuditEntry => ({ ...common, what }))).get(dossier);
      return facts && dueOf(facts).on;
    };
    expect(due(came('lesson'))).toBe('2026-12-31');
    expect(due(signed(short), came('lesson'))).toBe('2026-12-01');
    expect(due(came('lesson'), signed(short))).toBe('2026-12-01');
    expect(due(signed(short), came('lesson'), signed(STRICTEST_TERMS))).toBe('2026-12-01');
    // Ten months after the recording: R6, whatever 306 days would be.
    expect(due(signed(online), came('online-lesson'))).toBe('2027-09-01');
    expect(due(came('online-lesson'), signed(online))).toBe('2026-12-31');
  });

  it('is not begun anew by a second line of its import, and no hold goes with it', () => {
    const dossier = '00112233445566aa';
    const imported: AuditEvent = {
      ...{ event: 'imported', dossier, source: 'lesson', recordedOn: '2026-11-20' },
      ...{ bytes: 1, milliseconds: 1, hmac: 'a'.repeat(64) },
    };
    const hold: AuditEvent = { event: 'hold-set', dossier, reviewBy: '2026-12-20' };
    const at = (day: string, what: AuditEvent) => ({ at: `${day}T10:00:00.000Z`, what }) as AuditEntry;
    const begun = [at('2026-11-21', imported), at('2026-11-22', hold)];
    const [first, again] = [begun, [...begun, at('2027-01-10', imported)]].map((log) => keepingFacts(log).get(dossier));
    expect(first?.holdReviewBy).toBe('2026-12-20');
    expect(again).toEqual(first);
  });
});
