import type { Finding, VerificationReport } from '../verify/report.ts';

/**
 * What became of what the last check found. `released`: a person let the clip pass all the same. `withheld`:
 * the clip was not kept. `decided-since`: something was decided after the check, and no clip was made of it yet.
 */
export type FindingFate = 'released' | 'withheld' | 'decided-since';

export interface CheckOutcome {
  readonly result: 'clean' | 'left' | 'none';
  readonly findings: readonly (Finding & { readonly fate: FindingFate })[];
  /** Checks of the file itself that did not pass. */
  readonly failed: number;
}

/**
 * @param clip digest of the clip that is there; undefined: none
 * @param decidedSince decisions were taken after the check
 */
export function outcomeOf(
  report: VerificationReport | undefined,
  clip: string | undefined,
  decidedSince: boolean,
): CheckOutcome {
  if (!report) return { result: 'none', findings: [], failed: 0 };
  const released = clip !== undefined && clip === report.sha256;
  const fate: FindingFate = released ? 'released' : decidedSince ? 'decided-since' : 'withheld';
  const failed = report.checks.filter(({ passed, name }) => !passed && name !== 'no-faces-left').length;
  const findings = report.findings.map((finding) => ({ ...finding, fate }));
  return { result: report.passed && findings.length === 0 ? 'clean' : 'left', findings, failed };
}
