import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EXPORT_REFUSALS,
  EXPORT_RULES,
  exportRefusals,
  type ExportFacts,
  type ExportRefusal,
} from '../../core/delivery/gate.ts';
import { Material, Purpose } from '../../core/dossier/kinds.ts';
import { EXAMPLES } from '../../core/profile/examples.ts';
import { aDay, profiles } from '../fixtures/profiles.ts';

const TODAY = '2026-11-22';
const OPEN: ExportFacts = {
  today: TODAY,
  approval: 'valid',
  rejected: false,
  purpose: 'teacher-training',
  material: 'assessment',
  profile: EXAMPLES.trinitas,
  target: 'hva',
  size: 5_000_000,
  seconds: 600,
  pageRead: { target: 'hva', on: TODAY },
  openObjections: 0,
  reopened: false,
  held: false,
  due: TODAY,
  wiped: false,
  closed: false,
};
const { trinitas } = EXAMPLES;
const limited = (limits: { bytes?: number; seconds?: number }) => ({
  profile: { ...trinitas, portals: trinitas.portals.map((portal) => ({ ...portal, limits })) },
});

/** Every way in which one condition alone is not met, and what is said of it. */
const MISSING: readonly [string, Partial<ExportFacts>, ExportRefusal[]][] = [
  ['no approval', { approval: 'none' }, ['not-approved']],
  ['an approval of other bytes', { approval: 'of-other-bytes' }, ['clip-differs']],
  ['rejected once', { rejected: true }, ['rejected']],
  ['no purpose known', { purpose: undefined }, ['purpose-unknown']],
  [
    'a purpose that the school does not film for',
    { profile: { ...trinitas, purposes: [trinitas.purposes[0]!] } },
    ['purpose-unknown'],
  ],
  ['filmed for the lessons of the school itself', { purpose: 'lesson-quality' }, ['purpose-internal']],
  // Nothing is shared, so the profile has no target either; here it is asked for alone.
  ['a school that shares nothing', { profile: { ...trinitas, sharing: 'never' } }, ['sharing-never']],
  [
    'a school that shares what is assessed alone',
    { profile: { ...trinitas, sharing: 'assessment-only' }, material: 'reflection' },
    ['assessment-only'],
  ],
  [
    'a school that shares what is assessed alone, and material of which nobody asked',
    { profile: { ...trinitas, sharing: 'assessment-only' }, material: undefined },
    ['assessment-only'],
  ],
  [
    'a target that the profile does not name',
    { target: 'ru', pageRead: { target: 'ru', on: TODAY } },
    ['target-unknown'],
  ],
  ['no target at all', { profile: { ...trinitas, portals: [] } }, ['target-unknown']],
  ['page not read', { pageRead: undefined }, ['page-not-read']],
  ['page of another institute read', { pageRead: { target: 'uva', on: TODAY } }, ['page-not-read']],
  ['page to be read tomorrow', { pageRead: { target: 'hva', on: '2026-11-23' } }, ['page-not-read']],
  ['page read too long ago', { pageRead: { target: 'hva', on: '2026-10-22' } }, ['page-not-read']],
  ['more bytes than the target takes', limited({ bytes: 4_999_999 }), ['too-large']],
  ['longer than the target takes', limited({ seconds: 599 }), ['too-long']],
  ['an open objection', { openObjections: 1 }, ['objection-open']],
  ['a late objection', { reopened: true }, ['reopened']],
  ['an incident hold', { held: true }, ['on-hold']],
  ['past its term', { due: '2026-11-21' }, ['past-term']],
  ['wiped', { wiped: true }, ['wiped']],
  ['closed', { closed: true }, ['closed']],
];

describe('gate G4', () => {
  it('opens when all is there', () => {
    expect(exportRefusals(OPEN)).toEqual([]);
    for (const material of [...Material.options, undefined]) expect(exportRefusals({ ...OPEN, material })).toEqual([]);
    expect(exportRefusals({ ...OPEN, profile: { ...trinitas, sharing: 'assessment-only' } })).toEqual([]);
    expect(exportRefusals({ ...OPEN, pageRead: { target: 'hva', on: '2026-10-23' } })).toEqual([]);
  });

  it.each(MISSING)('%s: refused for that, and for nothing else', (_name, part, reasons) => {
    expect(exportRefusals({ ...OPEN, ...part })).toEqual(reasons);
  });

  it('has a case above for every refusal, and a rule for each', () => {
    expect(new Set(MISSING.flatMap(([, , reasons]) => reasons))).toEqual(new Set(EXPORT_REFUSALS));
    for (const refusal of EXPORT_REFUSALS) expect(EXPORT_RULES[refusal]).toMatch(/^[A-Z]\d{1,2}$/);
  });

  it('lets nothing pass unless every condition holds, and refuses nothing that meets them', () => {
    const target = fc.constantFrom('hva', 'uva', 'vu', 'ru');
    const facts: fc.Arbitrary<ExportFacts> = fc.record({
      today: aDay,
      approval: fc.constantFrom('valid' as const, 'valid' as const, 'of-other-bytes' as const, 'none' as const),
      rejected: mostly(false),
      purpose: fc.constantFrom(...Purpose.options, 'teacher-training' as const, undefined),
      material: fc.constantFrom(...Material.options, undefined),
      profile: profiles,
      target,
      size: fc.option(fc.integer({ min: 1, max: 10_000_000_000 }), { nil: undefined }),
      seconds: fc.option(fc.integer({ min: 1, max: 7200 }), { nil: undefined }),
      pageRead: fc.option(fc.record({ target, on: aDay }), { nil: undefined, freq: 9 }),
      openObjections: fc.constantFrom(0, 0, 0, 0, 2),
      reopened: mostly(false),
      held: mostly(false),
      due: aDay,
      wiped: mostly(false),
      closed: mostly(false),
    });
    // Most draws are near misses: day and target are put right now and then.
    const near = fc
      .tuple(facts, fc.boolean())
      .map(([each, met]) =>
        met ? { ...each, pageRead: { target: each.target, on: each.today }, due: each.today } : each,
      );
    let passed = 0;
    fc.assert(
      fc.property(near, (each) => {
        const { profile, purpose, pageRead } = each;
        const may =
          each.approval === 'valid' &&
          !each.rejected &&
          purpose === 'teacher-training' &&
          profile.purposes.some((one) => one.purpose === 'teacher-training') &&
          profile.sharing !== 'never' &&
          (profile.sharing === 'to-institute' || each.material === 'assessment') &&
          profile.portals.some(({ id }) => id === each.target) &&
          pageRead !== undefined &&
          pageRead.target === each.target &&
          pageRead.on <= each.today &&
          Date.parse(each.today) - Date.parse(pageRead.on) <= 30 * 86_400_000 &&
          (each.size ?? 0) <= (profile.portals.find(({ id }) => id === each.target)?.limits?.bytes ?? Infinity) &&
          each.openObjections === 0 &&
          !(each.reopened || each.held || each.wiped || each.closed) &&
          each.due >= each.today;
        const refusals = exportRefusals(each);
        expect(refusals.length === 0).toBe(may);
        if (may) passed++;
      }),
      { numRuns: 6000 },
    );
    expect(passed).toBeGreaterThan(20);
  });
});

function mostly(value: boolean): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 7 }).map((n) => (n === 0 ? !value : value));
}
