import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incidentForm } from '../../core/incidents/form.ts';
import { Affected, DataKind, IncidentCause, IncidentFacts, Measure, Reported } from '../../core/incidents/incident.ts';
import { hoursLeft, incidentCase, incidentRefusals, openingRefusals, reportByOf } from '../../core/incidents/states.ts';
import { STRICTEST } from '../../core/profile/examples.ts';
import { CLOSED, FACTS, incidentOf, OPENED, UPDATED } from '../fixtures/incidents.ts';

const HOUR = 3_600_000;

describe('72 hours (AVG art. 33(1))', () => {
  it('run from when it was noticed, also over a change of the clock and the end of a year', () => {
    expect(reportByOf('2026-10-24T12:00:00.000Z')).toBe('2026-10-27T12:00:00.000Z');
    expect(reportByOf('2026-12-30T23:59:59.000Z')).toBe('2027-01-02T23:59:59.000Z');
    expect(reportByOf('2028-02-27T10:00:00+01:00')).toBe('2028-03-01T09:00:00.000Z');
    const moments = fc.date({ min: new Date('2024-01-01'), max: new Date('2031-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, (at) => {
        expect(Date.parse(reportByOf(at.toISOString())) - at.getTime()).toBe(72 * HOUR);
      }),
    );
  });

  it('are counted down, and below zero', () => {
    const known = incidentOf();
    expect(hoursLeft(known, OPENED.noticedAt)).toBe(72);
    expect(hoursLeft(known, '2026-11-20T08:00:01.000Z')).toBe(71);
    expect(hoursLeft(known, known.reportBy)).toBe(0);
    expect(hoursLeft(known, '2026-11-23T08:00:01.000Z')).toBe(-1);
  });
});

describe('every step in every state', () => {
  const states = [
    { state: 'open', before: [] },
    { state: 'updated', before: [UPDATED] },
    { state: 'closed', before: [CLOSED] },
    { state: 'updated and closed', before: [UPDATED, CLOSED] },
  ];
  it.each(states.flatMap((each) => [UPDATED, CLOSED].map((step) => ({ ...each, step }))))(
    '$step.event when $state',
    ({ before, step }) => {
      const known = incidentOf(...before);
      expect(incidentRefusals(known, step)).toEqual(before.includes(CLOSED) ? ['V2-order'] : []);
      const next = incidentOf(...before, step);
      expect(step.event === 'closed' ? next.closing : next.facts).toEqual(step.event === 'closed' ? step : step.facts);
    },
  );

  it('needs an opening, and keeps the log as it was noted then', () => {
    expect(incidentCase([])).toBeUndefined();
    expect(incidentCase([UPDATED])).toBeUndefined();
    const again = { ...OPENED, frozen: { ...OPENED.frozen, seq: 99 } };
    expect(incidentCase([OPENED, again])?.frozen.seq).toBe(12);
  });
});

describe('closing', () => {
  const refusals = (part: Partial<typeof CLOSED>) => {
    const { reportedAt: _, ...bare } = CLOSED;
    return incidentRefusals(incidentOf(), { ...('reportedAt' in part ? bare : CLOSED), ...part });
  };

  it('says when it was reported, exactly where it was', () => {
    for (const reported of Reported.options) {
      const { reportedAt: _, ...bare } = { ...CLOSED, reported };
      const none = reported === 'not-needed';
      expect(incidentRefusals(incidentOf(), { ...CLOSED, reported })).toEqual(none ? ['art-33-when'] : []);
      expect(incidentRefusals(incidentOf(), bare)).toEqual(none ? [] : ['art-33-when']);
    }
    expect(refusals({ reportedAt: '2026-11-20T07:59:59.000Z' })).toEqual(['art-33-when']);
    expect(refusals({ reportedAt: '2026-11-24T12:00:00.001Z' })).toContain('art-33-when');
  });

  it('after 72 hours says why it took longer', () => {
    expect(refusals({ reportedAt: '2026-11-23T08:00:00.000Z' })).toEqual([]);
    expect(refusals({ reportedAt: '2026-11-23T08:00:00.001Z' })).toEqual(['art-33-delay']);
    const delay = 'het was nog niet duidelijk wat er op stond';
    expect(refusals({ reportedAt: '2026-11-23T08:00:00.001Z', delay })).toEqual([]);
    expect(refusals({ reportedAt: '2026-11-23T08:00:00.001Z', delay: ' druk ' })).toEqual(['art-33-delay']);
  });

  it('is explained, also where nothing was reported (art. 33(5))', () => {
    expect(refusals({ reason: 'klaar' })).toEqual(['V2-reason']);
    expect(refusals({ reason: '            ' })).toEqual(['V2-reason']);
  });
});

describe('opening', () => {
  it('asks for some words and for a moment that has been', () => {
    const { at } = OPENED;
    expect(openingRefusals(at, FACTS, at)).toEqual([]);
    expect(openingRefusals('2026-11-20T09:30:00.001Z', FACTS, at)).toEqual(['V2-date']);
    expect(openingRefusals(at, { ...FACTS, what: ' lek ' }, at)).toEqual(['V2-what']);
  });

  it('takes words of closed lists, and not too many of its own', () => {
    expect(IncidentFacts.safeParse({ ...FACTS, causes: [] }).success).toBe(false);
    expect(IncidentFacts.safeParse({ ...FACTS, kinds: ['voornaam'] }).success).toBe(false);
    expect(IncidentFacts.safeParse({ ...FACTS, what: 'x'.repeat(601) }).success).toBe(false);
    expect(IncidentFacts.safeParse({ ...FACTS, pupils: ['Jan'] }).success).toBe(false);
  });
});

describe('the form', () => {
  const textOf = (...given: Parameters<typeof incidentForm>) => JSON.stringify(incidentForm(...given));

  it('asks what art. 33(3) asks, with what is known filled in, and the deadline by a Dutch clock', () => {
    const profile = { ...STRICTEST, school: 'Voorbeeldcollege', board: 'Stichting Voorbeeld' };
    const text = textOf(incidentOf(), profile);
    for (const part of ['Voorbeeldcollege', 'Stichting Voorbeeld', FACTS.what, '11 tot en met 30', 'kwijtgeraakt'])
      expect(text).toContain(part);
    for (const asked of [
      'Gevolgen',
      'Aantal betrokkenen',
      'Maatregelen',
      'ingelicht',
      'Contactpersoon',
      'waarom later',
    ])
      expect(text).toContain(asked);
    // An hour later than UTC in November, two in summer.
    expect(text).toContain('23 november 2026 om 09:00');
    expect(
      textOf(incidentCase([{ ...OPENED, noticedAt: '2026-07-01T08:00:00.000Z' }]) ?? incidentOf(), profile),
    ).toContain('4 juli 2026 om 10:00');
    expect(text).toContain(`regel 12, kenmerk ${'ab'.repeat(32)}`);
  });

  it('is there without a profile as well, and says how it ended once it has', () => {
    expect(textOf(incidentOf(), undefined)).toContain('School: ....');
    expect(textOf(incidentOf(), undefined)).not.toContain('Afgesloten');
    expect(textOf(incidentOf(CLOSED), undefined)).toContain(CLOSED.reason);
  });

  it('has words for everything that can be chosen', () => {
    const all = {
      ...FACTS,
      ...{ causes: [...IncidentCause.options], kinds: [...DataKind.options], measures: [...Measure.options] },
    };
    for (const affected of Affected.options)
      expect(
        textOf(incidentOf({ ...UPDATED, facts: { ...all, affected } } as typeof UPDATED), undefined),
      ).not.toContain('undefined');
  });
});
