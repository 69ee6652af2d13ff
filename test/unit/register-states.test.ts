import { describe, expect, it } from 'vitest';
import type { Move } from '../../core/register/entry.ts';
import { moveRefusals, objectionState, resolutionFor, type ObjectionState } from '../../core/register/states.ts';
import { Role } from '../../core/vault/person.ts';
import { DAY, entryOf } from '../fixtures/register.ts';

const ENTRY = entryOf();
const A = 'aaaaaaaaaaaaaaaa';
const B = 'bbbbbbbbbbbbbbbb';
const STATES: readonly ObjectionState[] = ['received', 'consulting', 'resolved', 'carried-out', 'confirmed'];
const STEPS = ['consulting', 'resolved', 'carried-out', 'confirmed'] as const;

function move(to: Move['to'], by: Role = 'school-trainer', dossier = A, on = DAY): Move {
  const about = { entry: ENTRY.id, on, by };
  if (to === 'consulting') return { ...about, to };
  const chosen = { resolution: 'cut', reason: 'komt voor het bord' } as const;
  return to === 'resolved' ? { ...about, to, dossier, ...chosen } : { ...about, to, dossier };
}
const upTo = (state: ObjectionState, dossier = A) =>
  STEPS.slice(0, STATES.indexOf(state)).map((to) => move(to, 'school-trainer', dossier));

const ALLOWED = new Set([
  'received consulting',
  'consulting resolved',
  'resolved carried-out',
  'carried-out confirmed',
  'carried-out resolved',
]);
const MAY: Record<Move['to'], readonly Role[]> = {
  consulting: ['school-trainer', 'privacy-officer'],
  resolved: ['school-trainer'],
  'carried-out': ['school-trainer'],
  confirmed: ['school-trainer'],
};
const ROLE_RULE = { consulting: 'B3-role', resolved: 'B7-role', 'carried-out': 'B3-role', confirmed: 'B4-role' };

describe('every step from every state by every role', () => {
  const all = STATES.flatMap((from) => STEPS.flatMap((to) => Role.options.map((role) => ({ from, to, role }))));
  it.each(all)('$from to $to by $role', ({ from, to, role }) => {
    const before = upTo(from);
    expect(objectionState(ENTRY.id, A, before)).toBe(from);
    const wanted = [
      ...(ALLOWED.has(`${from} ${to}`) ? [] : ['B3-order']),
      ...(MAY[to].includes(role) ? [] : [ROLE_RULE[to]]),
    ];
    expect(moveRefusals(ENTRY, false, before, move(to, role))).toEqual(wanted);
  });
});

describe('a step of an objection', () => {
  it('is refused for a consent, and once the objection was withdrawn', () => {
    expect(moveRefusals(entryOf({ kind: 'consent' }), false, [], move('consulting'))).toEqual(['B3-consent']);
    expect(moveRefusals(ENTRY, true, [], move('consulting'))).toEqual(['B3-withdrawn']);
  });

  it('is not dated before the step before it, nor before the objection came', () => {
    expect(moveRefusals(ENTRY, false, [], move('consulting', 'school-trainer', A, '2026-09-30'))).toEqual(['B3-date']);
    const early = move('resolved', 'school-trainer', A, '2026-11-04');
    expect(moveRefusals(ENTRY, false, upTo('consulting'), early)).toEqual(['B3-date']);
  });

  it('that chooses a resolution has a reason (B7)', () => {
    for (const reason of ['', '          ', 'kort'])
      expect(moveRefusals(ENTRY, false, upTo('consulting'), { ...move('resolved'), reason } as Move)).toEqual([
        'B7-reason',
      ]);
  });

  it('back from what was carried out leaves cutting alone (B5)', () => {
    for (const resolution of ['camera-placement', 'out-of-view', 'masked'] as const)
      expect(moveRefusals(ENTRY, false, upTo('carried-out'), { ...move('resolved'), resolution } as Move)).toEqual([
        'B5-not-cut',
      ]);
  });

  it('chooses for one dossier, never for the class (B7)', () => {
    const moves = upTo('confirmed');
    expect(objectionState(ENTRY.id, A, moves)).toBe('confirmed');
    expect(objectionState(ENTRY.id, B, moves)).toBe('consulting');
    expect(objectionState(ENTRY.id, undefined, moves)).toBe('consulting');
    expect(resolutionFor(ENTRY.id, A, moves)).toEqual({ resolution: 'cut', reason: 'komt voor het bord' });
    expect(resolutionFor(ENTRY.id, B, moves)).toBeUndefined();
    expect(moveRefusals(ENTRY, false, moves, move('carried-out', 'school-trainer', B))).toEqual(['B3-order']);
    expect(moveRefusals(ENTRY, false, moves, move('resolved', 'school-trainer', B))).toEqual([]);
  });

  it('of another objection moves nothing', () => {
    const others = upTo('confirmed').map((each) => ({ ...each, entry: '00000000000000e2' }));
    expect(objectionState(ENTRY.id, A, others)).toBe('received');
  });
});
