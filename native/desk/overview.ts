import type { CaseLine } from '../../core/dossier/case-line.ts';
import type { DossierState } from '../../core/dossier/events.ts';
import { nextStepOf, type NextStep } from '../../core/dossier/next-step.ts';
import { AppFailure } from '../../core/errors.ts';
import { dueOf, keepingFacts, type KeepingFacts } from '../../core/retention/terms.ts';
import { ANALYSIS } from '../analysis-file.ts';
import type { OpenCase } from './open-case.ts';
import { approvedInLog } from '../vault/approval.ts';
import { withDossier } from '../vault/case-job.ts';
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
        ...(open?.id === facts.dossier ? seen(open, session) : await look(session, facts)),
      });
  return lines;
}

function known(facts: KeepingFacts) {
  const { on, rule } = dueOf(facts);
  const { dossier: id, recordedOn, holdReviewBy } = facts;
  return { id, recordedOn, due: on, dueRule: rule, held: holdReviewBy !== undefined };
}

type Looked = Pick<CaseLine, 'label' | 'group' | 'milliseconds' | 'step'>;

/** An approval that the log does not know, or knows to be over, is none. */
function stepOf(session: Session, id: string, state: DossierState, analysed: boolean): NextStep {
  const step = nextStepOf(state, analysed, session.keys.person.id);
  return step === 'export' && !approvedInLog(session.entries(), id, state.clip) ? 'review' : step;
}

function seen({ id, state, analysis }: OpenCase, session: Session): Looked {
  const { label, milliseconds, intake } = state;
  return { label, group: intake?.group, milliseconds, step: stepOf(session, id, state, analysis !== undefined) };
}

async function look(session: Session, facts: KeepingFacts): Promise<Looked> {
  const nothing = { label: undefined, group: undefined, milliseconds: undefined };
  if (facts.wipe !== 'none') return { ...nothing, step: 'wipe-again' };
  if (!session.keyring.accessOf(facts.dossier).includes(session.keys.person.id))
    return { ...nothing, step: 'not-yours' };
  try {
    return await withDossier(session, facts.dossier, undefined, ({ state, shelf }) => {
      const { label, milliseconds, intake } = state;
      return Promise.resolve({
        label,
        group: intake?.group,
        milliseconds,
        step: stepOf(session, facts.dossier, state, shelf.has(ANALYSIS)),
      });
    });
  } catch (error) {
    if (!(error instanceof AppFailure)) throw error;
    return { ...nothing, step: error.error.code === 'dossier-busy' ? 'busy' : 'damaged' };
  }
}
