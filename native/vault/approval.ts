import { courseOf } from '../../core/dossier/course.ts';
import type { DossierState } from '../../core/dossier/events.ts';
import type { VerificationReport } from '../../core/verify/report.ts';
import type { Approval, Reviewing } from '../../core/review/assessment.ts';
import { missingObjections } from '../../core/dossier/school-rules.ts';
import { mayWork } from '../../core/profile/state.ts';
import { may } from '../../core/vault/person.ts';
import { clipRefusals } from './clip-stands.ts';
import { schoolRules } from './school-rules.ts';
import { canonical, sha256, verifyText } from './signing.ts';
import { dayNow } from '../day.ts';
import type { Session } from './vault.ts';

/** What is signed; the first line keeps it from being taken for anything else that the same key signs. */
export function approvalText(approval: Approval): string {
  return `onherkenbaar approval v1\n${canonical(approval)}`;
}

/** What whoever judges signs of how far they are. */
export function reviewingText(dossier: string, reviewing: Reviewing): string {
  return `onherkenbaar reviewing v1\n${canonical({ dossier, reviewing })}`;
}

/** As they were before subtitles belonged to them, where there are none: what was signed then stands. */
function decidedOf(decisions: DossierState['decisions']) {
  if (!decisions) return null;
  const { subtitles, ...rest } = decisions;
  return subtitles.cues.length + subtitles.harmless.length === 0 ? rest : decisions;
}

/** Digests that tie an approval to what was answered, decided and measured. */
export function digestsOf({ decisions, intake, resolutions }: DossierState, report: VerificationReport) {
  return {
    decisions: sha256(canonical(decidedOf(decisions))),
    answers: sha256(canonical({ intake: intake ?? null, resolutions })),
    report: sha256(canonical(report)),
  };
}

/**
 * The approval of a dossier's present clip, if it stands: signed by a schoolopleider of this vault who had no hand
 * in the clip, for these bytes, decisions and findings. Everything else is none (gate G4).
 * @param clip digest of the clip's bytes as they are now
 */
export async function validApproval(
  session: Session,
  dossier: string,
  state: DossierState,
  report: VerificationReport | undefined,
  clip: string | undefined,
): Promise<Approval | undefined> {
  const { verdict } = state;
  if (verdict?.kind !== 'approved' || !report?.passed || clip === undefined) return undefined;
  const { approval, signature } = verdict;
  const judge = session.vault.people().get(approval.by)?.person;
  const { makers, approved } = courseOf(session.entries(), dossier);
  if (!judge || !may(judge.role, 'approve') || makers.has(judge.id)) return undefined;
  const { decisions, answers, report: measured } = digestsOf(state, report);
  const known = session.vault.profile(dayNow());
  const same =
    mayWork(known) &&
    clipRefusals(session, state, report).length === 0 &&
    approval.profile === known.signed.hash &&
    approval.dossier === dossier &&
    approval.clip === clip &&
    report.sha256 === clip &&
    approval.decisions === decisions &&
    approval.answers === answers &&
    approval.report === measured;
  // What stands in the dossier whoever may work in it could have written; the log and the signature they could not.
  const text = approvalText(approval);
  // Files of before can be laid back whole, and the log can't: what came after an approval has ended it.
  const logged = approved?.sha256 === clip && approved.approval === sha256(text) && approved.by === judge.id;
  if (!same || !logged || !verifyText(judge.verifyKey, text, signature)) return undefined;
  // Who objects by now was not looked for (B2), whether or not the log knows of it yet.
  const rules = await schoolRules(session, state.intake?.group ?? '');
  return missingObjections(state.intake, rules).length > 0 ? undefined : approval;
}
