import type { AuditEntry } from '../../core/audit/entry.ts';
import type { CaseLine } from '../../core/dossier/case-line.ts';
import type { DossierState } from '../../core/dossier/events.ts';
import { courseOf } from '../../core/dossier/course.ts';
import { copiesOutside } from '../../core/dossier/deliveries.ts';
import { nextStepOf, type NextStep } from '../../core/dossier/next-step.ts';
import { missingObjections } from '../../core/dossier/school-rules.ts';
import { AppFailure } from '../../core/errors.ts';
import { dueOf, keepingFacts, type KeepingFacts } from '../../core/retention/terms.ts';
import { ANALYSIS } from '../analysis-file.ts';
import type { OpenCase } from './open-case.ts';
import { withDossier } from '../vault/case-job.ts';
import { schoolRules } from '../vault/school-rules.ts';
import type { Session } from '../vault/vault.ts';

/**
 * All dossiers that are still there; one that can't be opened hides none of the others.
 * @param open the one that lies on the desk
 */
export async function overview(session: Session, open: OpenCase | undefined): Promise<CaseLine[]> {
  const lines: CaseLine[] = [];
  for (const facts of keepingFacts(session.entries()).values())
    if (facts.wipe !== 'complete')
      lines.push({
        ...known(facts),
        ...(await (open?.id === facts.dossier ? seen(open, session) : look(session, facts))),
      });
  return lines;
}

function known(facts: KeepingFacts) {
  const { on, rule } = dueOf(facts);
  const { dossier: id, recordedOn, holdReviewBy } = facts;
  return { id, recordedOn, due: on, dueRule: rule, held: holdReviewBy !== undefined };
}

type Looked = Pick<CaseLine, 'label' | 'group' | 'milliseconds' | 'step'>;

/** Whether a clip is out of the vault, and what became of it there. */
function leftOf(entries: readonly AuditEntry[], id: string, clip: string | undefined) {
  const out = copiesOutside(entries, id).some(({ whole, sha256 }) => whole && sha256 === clip);
  if (!out) return undefined;
  return keepingFacts(entries).get(id)?.assessedOn === undefined ? 'exported' : 'assessed';
}

/** Steps that a clip has to be ready for. */
const READY = new Set<NextStep>(['hand-in', 'review', 'judge', 'export', 'assess', 'wipe-assessed']);

/** An approval that the log does not know, or knows to be over, is none; and who objected since then has to be met first (B2). */
async function stepOf(session: Session, id: string, state: DossierState, analysed: boolean): Promise<NextStep> {
  const entries = session.entries();
  const step = nextStepOf(state, analysed, session.keys.person.id, leftOf(entries, id, state.clip));
  if (READY.has(step) && (await objectedSince(session, state))) return 'edit';
  return step === 'export' && courseOf(entries, id).approved?.sha256 !== state.clip ? 'review' : step;
}

async function objectedSince(session: Session, { intake }: DossierState): Promise<boolean> {
  if (!intake) return false;
  try {
    return missingObjections(intake, await schoolRules(session, intake.group)).length > 0;
  } catch (error) {
    // Without rules that stand nothing goes on anyway; whoever tries is told why.
    if (error instanceof AppFailure) return false;
    throw error;
  }
}

async function seen({ id, state, analysis }: OpenCase, session: Session): Promise<Looked> {
  const { label, milliseconds, intake } = state;
  return { label, group: intake?.group, milliseconds, step: await stepOf(session, id, state, analysis !== undefined) };
}

async function look(session: Session, facts: KeepingFacts): Promise<Looked> {
  const nothing = { label: undefined, group: undefined, milliseconds: undefined };
  if (facts.wipe !== 'none') return { ...nothing, step: 'wipe-again' };
  if (!session.keyring.accessOf(facts.dossier).includes(session.keys.person.id))
    return { ...nothing, step: 'not-yours' };
  try {
    return await withDossier(session, facts.dossier, undefined, async ({ state, shelf }) => {
      const { label, milliseconds, intake } = state;
      const step = await stepOf(session, facts.dossier, state, shelf.has(ANALYSIS));
      return { label, group: intake?.group, milliseconds, step };
    });
  } catch (error) {
    if (!(error instanceof AppFailure)) throw error;
    return { ...nothing, step: error.error.code === 'dossier-busy' ? 'busy' : 'damaged' };
  }
}
