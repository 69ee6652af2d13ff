import { AppFailure, fail } from '../../core/errors.ts';
import type { DataRequest, RequestStep } from '../../core/requests/request.ts';
import { candidatesOf, sorted, type ToldOf } from '../../core/requests/search.ts';
import { keepingFacts } from '../../core/retention/terms.ts';
import { withDossier } from '../vault/case-job.ts';
import type { Session } from '../vault/vault.ts';

/**
 * Looks for the dossiers that a request is about, by day and class. The days stand in the log; the class
 * stands in the dossier alone, so only what the person has the keys of can be told apart.
 * @param told what whoever made a recording said of it
 * @throws AppFailure `request-other-days`
 */
export async function findDossiers(
  session: Session,
  request: DataRequest,
  told: ToldOf,
): Promise<Pick<Extract<RequestStep, { event: 'handled' }>, 'concerned' | 'cleared' | 'unseen'>> {
  const candidates = candidatesOf(request, keepingFacts(session.entries()).values());
  const stray = [...told.concerned, ...told.cleared].find((id) => !candidates.some(({ dossier }) => dossier === id));
  if (stray !== undefined) fail({ code: 'request-other-days', dossier: stray });
  const groups = new Map<string, string | undefined>();
  for (const { dossier } of candidates) groups.set(dossier, await groupOf(session, dossier));
  return sorted(request.group, groups, told);
}

/** @returns undefined where it can't be read: no key, busy, damaged, or never answered for */
async function groupOf(session: Session, dossier: string): Promise<string | undefined> {
  if (!session.keyring.accessOf(dossier).includes(session.keys.person.id)) return undefined;
  try {
    return await withDossier(session, dossier, undefined, ({ state }) => Promise.resolve(state.intake?.group));
  } catch (error) {
    if (error instanceof AppFailure) return undefined;
    throw error;
  }
}
