import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEntry, AuditEvent } from '../../core/audit/entry.ts';
import { registerIsDue } from '../../core/register/due.ts';
import { STRICTEST_TERMS } from '../../core/retention/policy.ts';
import { reminders, rungOf } from '../../core/retention/reminders.ts';
import { addDays, clockOf, dueOf, keepingFacts } from '../../core/retention/terms.ts';
import { aDay } from '../fixtures/profiles.ts';

const D = '00112233445566aa';
const T = '11'.repeat(8);
const SHA = 'ab'.repeat(32);
const DAY = '2026-11-01';
const line = (what: AuditEvent, on = DAY): AuditEntry => ({
  ...{ seq: 1, at: `${on}T12:00:00.000Z`, by: D, what, prev: '', hash: '', signature: '' },
});
const imported: AuditEvent = {
  ...{ event: 'imported', dossier: D, source: 'lesson', recordedOn: DAY, bytes: 1, milliseconds: 1, hmac: SHA },
};
const rejected: AuditEvent = { event: 'rejected', dossier: D, sha256: SHA };
const assessed = (on: string): AuditEvent => ({ event: 'assessed', dossier: D, on });
const due = (...entries: AuditEntry[]) => {
  const facts = keepingFacts(entries).get(D);
  return facts && dueOf(facts).on;
};

describe('a recording that was rejected (R1)', () => {
  const term = STRICTEST_TERMS.lesson.daysAfterAssessment;

  it('goes the term after that day, whatever is noted afterwards', () => {
    expect(due(line(imported), line(rejected, addDays(DAY, 3)))).toBe(addDays(DAY, 3 + term));
    const later = [line(assessed(addDays(DAY, 30)), addDays(DAY, 30)), line(rejected, addDays(DAY, 31))];
    expect(due(line(imported), line(rejected, addDays(DAY, 3)), ...later)).toBe(addDays(DAY, 3 + term));
  });

  it('is never kept longer by it, wherever it stands among the other lines', () => {
    const event = fc.tuple(fc.constantFrom('rejected', 'assessed', 'signed') as fc.Arbitrary<string>, aDay);
    const entryOf = ([kind, on]: readonly [string, string]): AuditEntry => {
      if (kind === 'rejected') return line(rejected, on);
      if (kind === 'assessed') return line(assessed(on), on);
      return line({ event: 'profile-signed', hash: SHA, revision: 1, terms: STRICTEST_TERMS }, on);
    };
    fc.assert(
      fc.property(fc.array(event, { maxLength: 10 }), aDay, fc.nat(10), (events, on, place) => {
        const without = [line(imported), ...events.map(entryOf)];
        const along = without.toSpliced(1 + (place % (events.length + 1)), 0, line(rejected, on));
        expect(due(...along)! <= due(...without)!).toBe(true);
        expect(due(...along)! <= addDays(on, term)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the ladder', () => {
  it('has its rungs at 14, 7, 3, 1 and 0 days, and says nothing before them', () => {
    const rungs = Array.from({ length: 18 }, (_, index) => rungOf(addDays(DAY, 16 - index), DAY));
    expect(rungs).toEqual([...[undefined, undefined, 14, 14, 14, 14, 14, 14, 14, 7, 7, 7, 7, 3, 3, 1, 0], 'overdue']);
  });

  it('never goes down as days pass', () => {
    const order = [undefined, 14, 7, 3, 1, 0, 'overdue'] as const;
    fc.assert(
      fc.property(aDay, aDay, (on, today) => {
        const [before, after] = [rungOf(on, today), rungOf(on, addDays(today, 1))].map((rung) => order.indexOf(rung));
        expect(after! >= before!).toBe(true);
      }),
    );
  });
});

describe('reminders', () => {
  const at = (left: number) => addDays(DAY, 60 - left);
  const held: AuditEvent = { event: 'hold-set', dossier: D, reviewBy: addDays(DAY, 58) };
  const wiped = (complete: boolean): AuditEvent => ({ event: 'wiped', dossier: D, complete, certificate: SHA });
  const task: AuditEvent = {
    ...{ event: 'task-opened', dossier: D, task: T, kind: 'card', owner: D, due: addDays(DAY, 59) },
  };

  it('tell what comes due of a recording, its hold, its wipe and its tasks', () => {
    const only = (what: AuditEvent[], left: number) =>
      reminders(
        [imported, ...what].map((each) => line(each)),
        at(left),
      );
    expect(only([], 15)).toEqual([]);
    expect(only([], 5)).toEqual([{ about: 'wipe', dossier: D, due: at(0), left: 5, rung: 7 }]);
    expect(only([held], 5)).toEqual([{ about: 'hold', dossier: D, due: addDays(DAY, 58), left: 3, rung: 3 }]);
    expect(only([wiped(false)], 30)).toMatchObject([{ about: 'wipe-again', rung: 'overdue' }]);
    expect(only([wiped(true)], -90)).toEqual([]);
    expect(only([wiped(true), task], -1)).toMatchObject([
      { about: 'task', task: { task: T, kind: 'card', owner: D }, left: -2, rung: 'overdue' },
    ]);
    expect(only([wiped(true), task, { event: 'task-done', dossier: D, task: T }], -1)).toEqual([]);
  });

  it('put the most urgent first', () => {
    const later: AuditEvent = { ...imported, dossier: T } as AuditEvent;
    const all = reminders([line(later, addDays(DAY, 2)), line(imported), line(task)], at(2));
    expect(all.map(({ about, left }) => [about, left])).toEqual([
      ['task', 1],
      ['wipe', 2],
      ['wipe', 4],
    ]);
  });
});

describe('the clock, held against the log', () => {
  it('is ahead a season after the last line, behind before it, and right in between', () => {
    const log = [line(imported), line(rejected, addDays(DAY, 60))];
    expect(clockOf(log, addDays(DAY, 58))).toBe('behind');
    expect(clockOf(log, addDays(DAY, 59))).toBe('right');
    expect(clockOf(log, addDays(DAY, 150))).toBe('right');
    expect(clockOf(log, addDays(DAY, 151))).toBe('ahead');
    const wrong = [...log, line(rejected, addDays(DAY, 900))];
    expect(clockOf(wrong, addDays(DAY, 61))).toBe('right');
  });
});

describe('the register, seen by who may not read it (R10)', () => {
  const changed = (added: number): AuditEvent => ({ event: 'register-changed', added, moved: 0, withdrawn: 0 });
  const begun = (added: number): AuditEvent => ({
    ...{ event: 'register-wipe-begun', register: T, added, moved: 0, withdrawn: 0 },
  });
  const gone = (complete: boolean): AuditEvent => ({ event: 'register-wiped', register: T, complete });

  it('has to be opened once its oldest year is over its term, until a list went', () => {
    const log = [line(changed(2), '2026-10-01')];
    expect(registerIsDue([], '2040-01-01')).toBe(false);
    expect(registerIsDue(log, '2029-07-31')).toBe(false);
    expect(registerIsDue(log, '2029-08-01')).toBe(true);
    const removed = [...log, line(begun(2), '2029-09-01')];
    expect(registerIsDue([...removed, line(gone(true), '2029-09-01')], '2029-09-02')).toBe(false);
    expect(registerIsDue(removed, '2029-09-02')).toBe(true);
    expect(registerIsDue([...removed, line(gone(false), '2029-09-01')], '2029-09-02')).toBe(true);
  });
});
