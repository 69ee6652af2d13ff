import type { AuditEntry } from '../audit/entry.ts';
import { keptUntil, mustBeRemoved, schoolYearOf } from '../register/school-year.ts';

/**
 * Last day on which an answered request may be there: two years after the school year of its answer, as lists of the
 * register (R10). AVG art. 5(1)(e) names no number; until then the school can show that it answered, and how (art. 5(2)).
 * @param answeredOn `YYYY-MM-DD`
 */
export function requestKeptUntil(answeredOn: string): string {
  return keptUntil(schoolYearOf(answeredOn));
}

/** How far the log says that a request is. */
export interface LoggedRequest {
  readonly extended: boolean;
  /** Day of the answer, as the log's own clock had it. */
  readonly answeredOn: string | undefined;
  /** It was to go, and was over its term then; a line that came before that takes nothing away. */
  readonly gone: boolean;
  /** All of it is gone. */
  readonly wiped: boolean;
}

export function loggedRequests(entries: readonly AuditEntry[]): Map<string, LoggedRequest> {
  const known = new Map<string, LoggedRequest>();
  for (const { what, at } of entries) {
    const on = at.slice(0, 10);
    if (what.event === 'request-received')
      known.set(what.request, { extended: false, answeredOn: undefined, gone: false, wiped: false });
    if (!what.event.startsWith('request-') || !('request' in what)) continue;
    const was = known.get(what.request);
    if (!was) continue;
    if (what.event === 'request-extended') known.set(what.request, { ...was, extended: true });
    if (what.event === 'request-answered') known.set(what.request, { ...was, answeredOn: was.answeredOn ?? on });
    if (what.event === 'request-wipe-begun' && isOver(was, on)) known.set(what.request, { ...was, gone: true });
    if (what.event === 'request-wiped' && was.gone) known.set(what.request, { ...was, wiped: what.complete });
  }
  return known;
}

function isOver({ answeredOn }: LoggedRequest, day: string): boolean {
  return answeredOn !== undefined && mustBeRemoved(schoolYearOf(answeredOn), day);
}

/** Requests that have to go now, or of which something was left. @param today `YYYY-MM-DD` */
export function requestsDue(entries: readonly AuditEntry[], today: string): string[] {
  return [...loggedRequests(entries)].flatMap(([request, known]) =>
    !known.wiped && (known.gone || isOver(known, today)) ? [request] : [],
  );
}
