import { describe, expect, it } from 'vitest';
import { Decisions, NO_DECISIONS } from '../../core/decision/decisions.ts';
import { putCue } from '../../core/decision/subtitle-edit.ts';
import type { DossierState } from '../../core/dossier/events.ts';
import type { VerificationReport } from '../../core/verify/report.ts';
import { digestsOf } from '../../native/vault/approval.ts';
import { canonical, sha256 } from '../../native/vault/signing.ts';

const digest = (decisions: Decisions | undefined) =>
  digestsOf({ decisions, intake: undefined, resolutions: {} } as unknown as DossierState, {} as VerificationReport)
    .decisions;

/** As a dossier holds it that was decided on before there were subtitles. */
const BEFORE = {
  version: 1,
  ...{ tracks: {}, splits: {}, joins: [], because: {}, zones: [], mutes: [], sound: { kept: [], bleeps: [] } },
  cuts: [{ from: 1, to: 2 }],
};

describe('what an approval is tied to', () => {
  it('is what was signed before subtitles belonged to what is decided', () => {
    expect(digest(Decisions.parse(BEFORE))).toBe(sha256(canonical(BEFORE)));
    expect(digest(undefined)).toBe(sha256(canonical(null)));
  });

  it('changes with every word', () => {
    const one = putCue({ from: 1, to: 2, text: 'Hoi.' })(NO_DECISIONS);
    const other = putCue({ from: 1, to: 2, text: 'Hoi!' })(NO_DECISIONS);
    expect(new Set([digest(NO_DECISIONS), digest(one), digest(other)]).size).toBe(3);
  });
});
