import { exportRefusals, targetOf, type ExportFacts, type ExportRefusal } from '../../core/delivery/gate.ts';
import { courseOf } from '../../core/dossier/course.ts';
import { openObjections } from '../../core/dossier/hand-in.ts';
import type { Material, Purpose } from '../../core/dossier/kinds.ts';
import type { Intake } from '../../core/dossier/intake.ts';
import { AppFailure, fail } from '../../core/errors.ts';
import type { Portal, SchoolProfile } from '../../core/profile/profile.ts';
import type { SignedProfile } from '../../core/profile/signed.ts';
import { mayWork } from '../../core/profile/state.ts';
import { dueOf, keepingFacts } from '../../core/retention/terms.ts';
import type { Approval } from '../../core/review/assessment.ts';
import { CaseFiles } from '../desk/case-files.ts';
import { hashOf } from '../store/shelf.ts';
import { approvalText, validApproval } from '../vault/approval.ts';
import { CLIP, type Dossier } from '../vault/dossier.ts';
import { sha256 } from '../vault/signing.ts';
import { dayNow } from '../day.ts';
import type { Session } from '../vault/vault.ts';

export interface ExportWish {
  /** Of the signed profile. */
  readonly target: string;
  /** Day on which the institute's page was read (S3), `YYYY-MM-DD`; undefined: it was not. */
  readonly pageReadOn: string | undefined;
  /** Folder from which a person brings it on; empty when it goes straight to a place at the target. */
  readonly to: string;
  /** A place at the target, as its platform names it: {@link placeFrom}. */
  readonly place?: string | undefined;
}

/** What gate G4 found: something against it, or what may leave. */
export interface Gate {
  readonly refusals: readonly ExportRefusal[];
  /** Of the signed profile; undefined: it names no such target. */
  readonly target: Portal | undefined;
  readonly open: OpenGate | undefined;
}

export interface OpenGate {
  readonly signed: SignedProfile;
  readonly target: Portal;
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  readonly approval: SignedApproval;
}

export interface SignedApproval {
  readonly document: Approval;
  readonly signature: string;
  readonly verifyKey: string;
  /** By which the log knows it. */
  readonly digest: string;
  readonly purpose: Purpose;
}

/** @throws AppFailure `profile-…`, `act-not-allowed` */
function profileFor(session: Session): SignedProfile {
  session.require('export');
  const known = session.vault.profile(dayNow());
  return mayWork(known) ? known.signed : fail({ code: 'profile-unsigned', reason: 'missing' });
}

/**
 * Looks at everything anew, the clip's bytes first of all (M4).
 * @param clip digest and size of the bytes as they were read just now; undefined: they are to be read
 */
export async function lookAtGate(
  session: Session,
  dossier: Dossier,
  wish: Pick<ExportWish, 'target' | 'pageReadOn'>,
  clip?: { readonly sha256: string; readonly size: number },
): Promise<Gate> {
  const signed = profileFor(session);
  const read = clip ?? (await readClip(dossier));
  const report = await new CaseFiles(dossier).report();
  const { state, id } = dossier;
  const document = await validApproval(session, id, state, report, read?.sha256);
  const facts = factsOf(session, dossier, wish, signed.profile, document, read);
  const refusals = exportRefusals(facts);
  const judge = document && session.vault.people().get(document.by)?.person;
  const { verdict } = state;
  const target = targetOf(signed.profile, wish.target);
  const { purpose } = facts;
  if (refusals.length > 0 || !read || !judge || !purpose || !target || verdict?.kind !== 'approved')
    return { refusals, target, open: undefined };
  const { approval: given, signature } = verdict;
  const digest = sha256(approvalText(given));
  const approval = { document: given, signature, verifyKey: judge.verifyKey, digest, purpose };
  return { refusals, target, open: { signed, target, ...read, approval } };
}

/** Nothing of a clip that is gone or damaged is the approved one. */
async function readClip({ shelf }: Dossier): Promise<{ sha256: string; size: number } | undefined> {
  try {
    const digest = await hashOf(shelf, CLIP);
    const file = await shelf.open(CLIP);
    await file.close();
    return { sha256: digest, size: file.size };
  } catch (error) {
    if (error instanceof AppFailure && error.error.code.startsWith('vault-item-')) return undefined;
    throw error;
  }
}

function factsOf(
  session: Session,
  { id, state }: Dossier,
  { target, pageReadOn }: Pick<ExportWish, 'target' | 'pageReadOn'>,
  profile: SchoolProfile,
  approval: Approval | undefined,
  clip: { readonly sha256: string; readonly size: number } | undefined,
): ExportFacts {
  const entries = session.entries();
  const kept = keepingFacts(entries).get(id) ?? fail({ code: 'dossier-unknown', dossier: id });
  const course = courseOf(entries, id);
  const other = course.approved !== undefined && course.approved.sha256 !== clip?.sha256;
  return {
    today: dayNow(),
    approval: approval ? 'valid' : other ? 'of-other-bytes' : 'none',
    // What stands in the dossier its makers could have cut short; the log they could not.
    rejected: course.rejected || state.verdict?.kind === 'rejected',
    ...answersOf(session, id, state.intake),
    profile,
    target,
    size: clip?.size,
    seconds: approval?.coverage.seconds,
    pageRead: pageReadOn === undefined ? undefined : { target, on: pageReadOn },
    openObjections: openObjections(state).length,
    reopened: course.reopened,
    held: kept.holdReviewBy !== undefined,
    due: dueOf(kept).on,
    wiped: kept.wipe !== 'none',
    closed: course.closed,
  };
}

/** As the log has them from the beginning: others later on would need another dossier (P7, P8). */
function answersOf(
  session: Session,
  dossier: string,
  said: Pick<Intake, 'purpose' | 'material'> | undefined,
): { readonly purpose: Purpose | undefined; readonly material: Material | undefined } {
  for (const { what } of session.entries())
    if (what.event === 'dossier-opened' && what.dossier === dossier)
      return {
        purpose: what.purpose === said?.purpose ? what.purpose : undefined,
        material: what.material === said?.material ? what.material : undefined,
      };
  return { purpose: undefined, material: undefined };
}
