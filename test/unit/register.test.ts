import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextNumber, positionOf, pupilsOf, standingOf } from '../../core/register/class-register.ts';
import { effectsOf, type DossierOutline } from '../../core/register/effects.ts';
import { entryRefusals, Pseudonym, RegisterEntry } from '../../core/register/entry.ts';
import { DEFAULT_TERMS, keptUntil, lastDayOf, mustBeRemoved, schoolYearOf } from '../../core/register/school-year.ts';
import { readLists, type ListLine } from '../../core/register/stored.ts';
import { added, DAY, entryOf, registerOf, registers, withdrawn } from '../fixtures/register.ts';

const day = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('an entry', () => {
  it.each(['Jan de Vries', 'leerling 3', 'Leerling 0', 'Leerling', 'Leerling 3 Jan', 'Leerling 12345', '3', ''])(
    'has a pseudonym and no name: %j is refused (B1)',
    (pupil) => {
      expect(Pseudonym.safeParse(pupil).success).toBe(false);
      expect(RegisterEntry.safeParse(entryOf({ pupil })).success).toBe(false);
    },
  );

  it('has no field for a birth date, a name or a picture (I4)', () => {
    for (const field of ['born', 'name', 'picture'])
      expect(RegisterEntry.safeParse({ ...entryOf(), [field]: 'x' }).success).toBe(false);
  });

  it('of consent is given by who may decide (I4), an objection by either', () => {
    const refusals = (part: Partial<RegisterEntry>) => entryRefusals(entryOf(part), []);
    expect(refusals({ kind: 'consent', band: '<16', by: 'pupil' })).toEqual(['I4-pupil']);
    expect(refusals({ kind: 'consent', band: '16+', by: 'parent' })).toEqual(['I4-parent']);
    expect(refusals({ kind: 'consent', band: '<16', by: 'parent' })).toEqual([]);
    expect(refusals({ kind: 'consent', band: '16+', by: 'pupil' })).toEqual([]);
    for (const band of ['<16', '16+'] as const)
      for (const by of ['pupil', 'parent'] as const) expect(refusals({ band, by })).toEqual([]);
  });

  it('renews one of the same pupil and kind, of an earlier school year (I5)', () => {
    const old = entryOf({ id: '00000000000000e0', received: '2025-10-01', schoolYear: '2025-2026' });
    const renewed = entryOf({ renews: old.id });
    expect(entryRefusals(renewed, [old])).toEqual([]);
    expect(entryRefusals(renewed, [])).toEqual(['I5-renews']);
    expect(entryRefusals(renewed, [{ ...old, pupil: 'Leerling 4' }])).toEqual(['I5-renews']);
    expect(entryRefusals(renewed, [{ ...old, schoolYear: '2026-2027' }])).toEqual(['I5-school-year']);
  });
});

describe('a school year', () => {
  it('ends on 31 July, or where the profile says so (I5)', () => {
    expect(schoolYearOf('2026-07-31')).toBe('2025-2026');
    expect(schoolYearOf('2026-08-01')).toBe('2026-2027');
    expect(schoolYearOf('2026-08-01', { yearEnds: '08-31', keepYears: 2 })).toBe('2025-2026');
  });

  it('holds every day once; its entries are gone two years after it at the latest (R10)', () => {
    fc.assert(
      fc.property(day, (each) => {
        const year = schoolYearOf(each);
        expect(each <= lastDayOf(year) && each > `${year.slice(0, 4)}-07-31`).toBe(true);
        expect(keptUntil(year)).toBe(`${Number(year.slice(5)) + 2}-07-31`);
        expect(mustBeRemoved(year, keptUntil(year))).toBe(false);
        expect(mustBeRemoved(year, `${Number(year.slice(5)) + 2}-08-01`)).toBe(true);
        expect(mustBeRemoved(year, `${year.slice(5)}-08-01`, { ...DEFAULT_TERMS, keepYears: 0 })).toBe(true);
      }),
    );
  });
});

describe('where a pupil stands', () => {
  it('expired consent is none; an expired objection stays one until renewed or withdrawn (I5)', () => {
    const consent = entryOf({ kind: 'consent' });
    expect(positionOf(registerOf(added(consent)), 'Leerling 3', '2027-07-31')).toBe('consent');
    expect(positionOf(registerOf(added(consent)), 'Leerling 3', '2027-08-01')).toBe('unknown');
    const objection = entryOf();
    const register = registerOf(added(objection));
    expect(standingOf(register, objection, '2027-08-01')).toBe('expired');
    expect(positionOf(register, 'Leerling 3', '2028-07-31')).toBe('objection');
    expect(positionOf(registerOf(added(objection), withdrawn(objection.id)), 'Leerling 3', DAY)).toBe('unknown');
    const renewing = entryOf({ id: '00000000000000e2', schoolYear: '2027-2028', renews: objection.id });
    const both = registerOf(added(objection), added(renewing));
    expect(standingOf(both, objection, DAY)).toBe('replaced');
    expect(positionOf(both, 'Leerling 3', DAY)).toBe('objection');
    // Taken back once is taken back: the one of last year does not come to life again.
    const back = registerOf(added(objection), added(renewing), withdrawn(renewing.id));
    expect(positionOf(back, 'Leerling 3', DAY)).toBe('unknown');
  });

  it('doubt protects: an objection that nobody took back counts, whatever else there is', () => {
    fc.assert(
      fc.property(registers, day, (register, on) => {
        for (const pupil of pupilsOf(register)) {
          const own = register.entries.filter((entry) => entry.pupil === pupil && !register.withdrawn.has(entry.id));
          const position = positionOf(register, pupil, on);
          expect(position === 'objection').toBe(own.some(({ kind }) => kind === 'objection'));
          if (position === 'consent')
            expect(own.some(({ kind, schoolYear }) => kind === 'consent' && on <= lastDayOf(schoolYear))).toBe(true);
        }
      }),
    );
  });

  it('a number is never given twice', () => {
    fc.assert(
      fc.property(registers, (register) => {
        expect(pupilsOf(register)).not.toContain(`Leerling ${nextNumber(pupilsOf(register))}`);
      }),
    );
  });
});

const outlines: fc.Arbitrary<DossierOutline[]> = fc.array(
  fc.record({
    dossier: fc.nat(1_000_000).map((number) => number.toString(16).padStart(16, '0')),
    group: fc.constantFrom('2V', ' 2v', '2 V', '3H'),
    stage: fc.constantFrom('open', 'handed-in', 'approved', 'exported'),
    wiped: fc.boolean(),
  }),
  { maxLength: 8 },
);

describe('what a change means for dossiers', () => {
  const dossiers: DossierOutline[] = [
    { dossier: 'd1', group: '2v', stage: 'open', wiped: false },
    { dossier: 'd2', group: '2V ', stage: 'exported', wiped: false },
    { dossier: 'd3', group: '2V', stage: 'exported', wiped: true },
    { dossier: 'd4', group: '3H', stage: 'exported', wiped: false },
  ];
  const rules = (rule: string) => ({
    reopen: ['d1', 'd2'].map((dossier) => ({ dossier, rule })),
    recall: ['d2', 'd3'].map((dossier) => ({ dossier, rule })),
  });
  const consent = entryOf({ id: '00000000000000c1', kind: 'consent' });

  it('an objection, late or not, opens them again and calls clips back, also wiped ones (B2)', () => {
    const before = registerOf(added(consent));
    const after = registerOf(added(consent), added(entryOf({ late: true })));
    expect(effectsOf(before, after, dossiers, DAY)).toEqual(rules('B2'));
  });

  it('so does a consent that was withdrawn (art. 7(3))', () => {
    const after = registerOf(added(consent), withdrawn(consent.id));
    expect(effectsOf(registerOf(added(consent)), after, dossiers, DAY)).toEqual(rules('art. 7(3)'));
  });

  it('an objection that was withdrawn, renewed or repeated has none', () => {
    const before = registerOf(added(entryOf()));
    const none = { reopen: [], recall: [] };
    expect(effectsOf(before, registerOf(added(entryOf()), withdrawn(entryOf().id)), dossiers, DAY)).toEqual(none);
    const again = entryOf({ id: '00000000000000e2' });
    expect(effectsOf(before, registerOf(added(entryOf()), added(again)), dossiers, DAY)).toEqual(none);
  });

  it('names dossiers of that class alone, each once, and nothing when nothing changed', () => {
    fc.assert(
      fc.property(registers, registers, outlines, day, (before, after, list, on) => {
        const { reopen, recall } = effectsOf(before, after, list, on);
        const own = list.filter(({ group }) => group !== '3H');
        fc.pre(new Set(list.map(({ dossier }) => dossier)).size === list.length);
        for (const { dossier } of [...reopen, ...recall]) expect(own.map((each) => each.dossier)).toContain(dossier);
        if (reopen.length > 0) expect(reopen).toHaveLength(own.filter(({ wiped }) => !wiped).length);
        expect(effectsOf(after, after, list, on)).toEqual({ reopen: [], recall: [] });
      }),
    );
  });
});

describe('what was written for several lists', () => {
  const batch = (name: string, lists: string[]): ListLine => ({ batch: name, lists, changes: [added(entryOf())] });
  it('counts only when it stands in all of them', () => {
    const lists = new Map([
      ['a', [batch('1', ['a', 'b']), batch('2', ['a', 'b'])]],
      ['b', [batch('1', ['a', 'b'])]],
    ]);
    const { changes, cutShort } = readLists(lists, new Set());
    expect([changes.get('a')?.length, changes.get('b')?.length]).toEqual([1, 1]);
    expect([...cutShort]).toEqual([
      ['a', ['2']],
      ['b', []],
    ]);
  });

  it('and was cut short does not come to count when the other list is removed', () => {
    const lists = new Map([['a', [batch('2', ['a', 'b']), { void: '2' }]]]);
    expect(readLists(lists, new Set(['b'])).changes.get('a')).toEqual([]);
    const whole = new Map([['a', [batch('1', ['a', 'b'])]]]);
    expect(readLists(whole, new Set(['b'])).changes.get('a')).toHaveLength(1);
  });
});
