import { z } from 'zod';
import type { EndedLine, TaskLine } from '../../core/dossier/case-line.ts';
import type { ClosingReason } from '../../core/dossier/closing.ts';
import { IncidentFacts, Reported } from '../../core/incidents/incident.ts';
import { Group, Pseudonym } from '../../core/register/entry.ts';
import { RefusalRule, RequestBy, RequestKind, RequestOutcome } from '../../core/requests/request.ts';
import { Id } from '../../core/vault/person.ts';
import { call, nothing } from './call.ts';
import type { IncidentsView, IncidentView, RequestsView, RequestView } from './officer-views.ts';

const day = z.iso.date();
const one = { request: Id };
const ids = z.array(Id).max(200);
/** Said before the call goes: what was typed may be a name, and no sentence repeats it. */
const Pupil = Pseudonym.optional();

/** What is left to people, closing (G6), showings (M7, S7), and the privacy officer's desk (V1, V2). */
export const OFFICER_CALLS = {
  'tasks.list': call<TaskLine[]>()('host', nothing),
  /** Of a copy that was handed in, whoever asks says by it that it is gone (R2). */
  'task.finish': call<void>()('host', z.strictObject({ task: Id })),
  'cases.ended': call<EndedLine[]>()('host', nothing),
  /** @returns what whoever closed it has to know */
  'case.close': call<ClosingReason[]>()('host', z.strictObject({ dossier: Id })),
  /** A hold keeps a recording from being wiped, handed in and exported (R5, AVG art. 18). */
  'case.hold': call<void>()('host', z.strictObject({ dossier: Id, hold: z.boolean() })),
  'case.shown': call<void>()(
    'host',
    z.strictObject({ dossier: Id, kind: z.enum(['group', 'supervised']), on: day, people: z.number().int() }),
  ),
  'requests.read': call<RequestsView>()('host', nothing),
  'request.take': call<RequestView>()(
    'host',
    z.strictObject({
      kind: RequestKind,
      by: RequestBy,
      group: Group,
      ...{ from: day, to: day, received: day.optional(), pupil: Pupil },
    }),
  ),
  'request.show': call<RequestView>()('host', z.strictObject(one)),
  /** `concerned` and `cleared`: what the makers told of recordings whose class can't be read from here. */
  'request.handle': call<RequestView>()('host', z.strictObject({ ...one, concerned: ids, cleared: ids })),
  'request.extend': call<RequestView>()('host', z.strictObject({ ...one, reason: z.string().max(400) })),
  'request.answer': call<RequestView>()(
    'host',
    z.strictObject({ ...one, outcome: RequestOutcome, reason: z.string().max(600), rule: RefusalRule.optional() }),
  ),
  /** The answer, or why it takes longer, as PDF; false when the user does not want it. */
  'request.letter': call<boolean>()('shell', z.strictObject(one)),
  'incidents.read': call<IncidentsView>()('host', nothing),
  'incident.show': call<IncidentView>()('host', z.strictObject({ incident: Id })),
  'incident.update': call<IncidentView>()('host', z.strictObject({ incident: Id, facts: IncidentFacts })),
  'incident.close': call<IncidentView>()(
    'host',
    z.strictObject({
      incident: Id,
      reported: Reported,
      reportedAt: z.iso.datetime().optional(),
      reason: z.string().max(600),
      delay: z.string().max(400).optional(),
    }),
  ),
  /** What the authority asks, filled in as far as it is known, as PDF. */
  'incident.form': call<boolean>()('shell', z.strictObject({ incident: Id })),
} as const;
