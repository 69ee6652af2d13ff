import { keepingFacts } from '../../core/retention/terms.ts';
import { dayNow } from '../../native/day.ts';
import type { Desk } from '../../native/desk/desk.ts';
import { endedAtDesk, tasksAtDesk } from '../../native/desk/keeping.ts';
import type { IncidentSight } from '../../native/incidents/incident-room.ts';
import {
  closeIncident,
  formFor,
  listIncidents,
  showIncident,
  updateIncident,
} from '../../native/incidents/incidents.ts';
import { requireTarget } from '../../native/papers/target.ts';
import { writeLetterPdf } from '../../native/register/letter-pdf.ts';
import {
  answerRequest,
  extendRequest,
  handleRequest,
  listRequests,
  showRequest,
  takeRequest,
  type RequestSight,
} from '../../native/requests/request-desk.ts';
import { letterFor } from '../../native/requests/request-letter.ts';
import { closeDossier } from '../../native/vault/closing.ts';
import { setHold } from '../../native/vault/keeping.ts';
import { newId } from '../../native/vault/seal.ts';
import { noteShowing } from '../../native/vault/showing.ts';
import { finishTask } from '../../native/vault/tasks.ts';
import type { Session } from '../../native/vault/vault.ts';
import type { OFFICER_CALLS } from '../ipc/officer-calls.ts';
import type { DossierDay, IncidentLine, IncidentView, RequestView } from '../ipc/officer-views.ts';
import type { ScreenHandlers, ShellHandlers } from './handler-types.ts';

type Screen = Pick<ScreenHandlers, Extract<keyof typeof OFFICER_CALLS, keyof ScreenHandlers>>;
type Shell = Pick<ShellHandlers, 'host.requestLetter' | 'host.incidentForm'>;

function daysOf(session: Session, wanted?: readonly string[]): DossierDay[] {
  const all = [...keepingFacts(session.entries()).values()];
  return all
    .filter(({ dossier }) => wanted === undefined || wanted.includes(dossier))
    .map(({ dossier, recordedOn }) => ({ dossier, recordedOn }));
}

function requestView(session: Session, { known, tasks }: RequestSight, held: readonly string[] = []): RequestView {
  const { concerned, cleared, unseen } = known;
  return { known, tasks, held, days: daysOf(session, [...concerned, ...cleared, ...unseen]) };
}

function incidentLine(sight: IncidentSight): IncidentLine {
  if (sight.form === 'readable') {
    const { incident, noticedAt, reportBy, closing } = sight.known;
    return { incident, form: sight.form, noticedAt, reportBy, closed: closing !== undefined };
  }
  const { incident, form, logged } = sight;
  const { noticedAt, reportBy, closed = false } = logged ?? {};
  return { incident, form, noticedAt, reportBy, closed };
}

async function incidentView(session: Session, incident: string): Promise<IncidentView> {
  return { ...(await showIncident(session, incident)), days: daysOf(session) };
}

/** What is left to people, and what the privacy officer deals with; who may do it the engine says. */
export function officerHandlers(desk: Desk): Screen & Shell {
  const shown = async (request: string) => requestView(desk.session, await showRequest(desk.session, request));
  return {
    'tasks.list': () => tasksAtDesk(desk.session),
    'task.finish': async ({ task }) => void (await finishTask(desk.session, task)),
    'cases.ended': () => endedAtDesk(desk.session),
    'case.close': ({ dossier }) => closeDossier(desk.session, dossier, new Date()),
    'case.hold': async ({ dossier, hold }) => void (await setHold(desk.session, dossier, hold, dayNow())),
    'case.shown': ({ dossier, ...showing }) => noteShowing(desk.session, dossier, showing, new Date()),
    'requests.read': async () => ({ today: dayNow(), requests: await listRequests(desk.session) }),
    async 'request.take'({ received, pupil, ...asked }) {
      const request = { id: newId(), ...asked, received: received ?? dayNow(), ...(pupil ? { pupil } : {}) };
      await takeRequest(desk.session, request);
      return shown(request.id);
    },
    'request.show': ({ request }) => shown(request),
    async 'request.handle'({ request, ...told }) {
      const { held, ...sight } = await handleRequest(desk.session, request, told);
      return requestView(desk.session, sight, held);
    },
    async 'request.extend'({ request, reason }) {
      await extendRequest(desk.session, request, reason);
      return shown(request);
    },
    async 'request.answer'({ request, outcome, reason, rule }) {
      await answerRequest(desk.session, request, { outcome, reason, ...(rule ? { rule } : {}) });
      return shown(request);
    },
    async 'host.requestLetter'({ request, path }) {
      requireTarget(desk.session.vault.root, { file: path, overwrite: true }, ['.pdf']);
      await writeLetterPdf(await letterFor(desk.session, request), path);
    },
    'incidents.read': async () => ({
      now: new Date().toISOString(),
      incidents: (await listIncidents(desk.session)).map(incidentLine),
    }),
    'incident.show': ({ incident }) => incidentView(desk.session, incident),
    async 'incident.update'({ incident, facts }) {
      await updateIncident(desk.session, incident, facts);
      return incidentView(desk.session, incident);
    },
    async 'incident.close'({ incident, reported, reason, reportedAt, delay }) {
      const outcome = { reported, reason, ...(reportedAt ? { reportedAt } : {}), ...(delay ? { delay } : {}) };
      await closeIncident(desk.session, incident, outcome);
      return incidentView(desk.session, incident);
    },
    async 'host.incidentForm'({ incident, path }) {
      requireTarget(desk.session.vault.root, { file: path, overwrite: true }, ['.pdf']);
      await writeLetterPdf(await formFor(desk.session, incident), path);
    },
  };
}
