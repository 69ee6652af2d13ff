import { describe, expect, it } from 'vitest';
import { NO_DECISIONS } from '../../core/decision/decisions.ts';
import { soundOf } from '../../core/sound/allowed.ts';
import type { VerificationReport } from '../../core/verify/report.ts';
import { clipRefusals } from '../../native/vault/clip-stands.ts';
import type { Session } from '../../native/vault/vault.ts';

const REPORT: VerificationReport = {
  ...{ sha256: 'c'.repeat(64), checks: [], findings: [], framesSearched: 1, masksCompared: 1 },
  ...{ detector: 'x', passed: true, furthestField: 2, sound: 'off' },
};
const unsigned = { vault: { profile: () => ({ state: 'unsigned', reason: 'missing' }) } } as unknown as Pick<
  Session,
  'vault'
>;
const refused = (report: Partial<VerificationReport>, decisions = NO_DECISIONS) =>
  clipRefusals(unsigned, { decisions }, { ...REPORT, ...report });

describe('a clip that passed its check', () => {
  it('does not go on with more sound than the school allows by now', () => {
    expect(refused({})).toEqual([]);
    expect(refused({ sound: 'altered' })).toEqual(['sound-not-here']);
    expect(refused({ sound: 'kept' })).toEqual(['sound-not-here']);
  });

  it('of before its sound was written down has what its checks looked at', () => {
    const { sound: _, ...before } = REPORT;
    expect(soundOf(before)).toBe('off');
    const checks = [{ name: 'sound-silent', measured: 0, wanted: 0, passed: true } as const];
    expect(soundOf({ ...before, checks })).toBe('kept');
  });

  it('of before every picture was looked at goes on only where nothing was cut', () => {
    const { furthestField: _, ...before } = REPORT;
    const check = (decisions = NO_DECISIONS) => clipRefusals(unsigned, { decisions }, before);
    expect(check()).toEqual([]);
    expect(check({ ...NO_DECISIONS, cuts: [{ from: 1, to: 2 }] })).toEqual(['checked-before']);
    expect(check({ ...NO_DECISIONS, tracks: { T001: 'cut' } })).toEqual(['checked-before']);
    expect(refused({}, { ...NO_DECISIONS, cuts: [{ from: 1, to: 2 }] })).toEqual([]);
  });
});
