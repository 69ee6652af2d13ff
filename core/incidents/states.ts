import type { IncidentClosing, IncidentEvent, IncidentFacts, IncidentStep } from './incident.ts';

type Opening = Extract<IncidentEvent, { event: 'opened' }>;

/** An incident with all that came of it. */
export interface IncidentCase {
  readonly incident: string;
  readonly openedAt: string;
  readonly noticedAt: string;
  /** Until when the authority must be told. */
  readonly reportBy: string;
  readonly frozen: Opening['frozen'];
  /** As they are known now. */
  readonly facts: IncidentFacts;
  readonly closing: IncidentClosing | undefined;
}

/** Why an incident can't be opened, or a step of it not be taken; begins with the rule that says so. */
export type IncidentRefusal = 'V2-what' | 'V2-date' | 'V2-order' | 'V2-reason' | 'art-33-when' | 'art-33-delay';

/** AVG art. 33(1): hours, also at night and in the weekend. */
const REPORT_HOURS = 72;
/** Shorter than this says nothing. */
const LEAST_TEXT = 10;

/** @param noticedAt ISO 8601 @returns the same, in UTC */
export function reportByOf(noticedAt: string): string {
  return new Date(Date.parse(noticedAt) + REPORT_HOURS * 3_600_000).toISOString();
}

/** @returns undefined when it does not begin with an opening */
export function incidentCase(events: readonly IncidentEvent[]): IncidentCase | undefined {
  const [first, ...rest] = events;
  if (first?.event !== 'opened') return undefined;
  const { incident, at, noticedAt, frozen, facts } = first;
  const reportBy = reportByOf(noticedAt);
  const begun: IncidentCase = { incident, openedAt: at, noticedAt, reportBy, frozen, facts, closing: undefined };
  return rest.reduce<IncidentCase>((known, event) => {
    if (event.event === 'updated') return { ...known, facts: event.facts };
    return event.event === 'closed' ? { ...known, closing: event } : known;
  }, begun);
}

/** All that stands against opening one. It is not much: better one too many. @param now ISO 8601 */
export function openingRefusals(noticedAt: string, { what }: IncidentFacts, now: string): IncidentRefusal[] {
  const found: IncidentRefusal[] = [];
  if (Date.parse(noticedAt) > Date.parse(now)) found.push('V2-date');
  if (what.trim().length < LEAST_TEXT) found.push('V2-what');
  return found;
}

/** All that stands against a step, whoever takes it. */
export function incidentRefusals(known: IncidentCase, step: IncidentStep): IncidentRefusal[] {
  const found: IncidentRefusal[] = [];
  if (known.closing) found.push('V2-order');
  if (step.event === 'updated') {
    if (step.facts.what.trim().length < LEAST_TEXT) found.push('V2-what');
    return found;
  }
  const { reported, reportedAt, reason, delay, at } = step;
  if (reason.trim().length < LEAST_TEXT) found.push('V2-reason');
  if (reported === 'not-needed') {
    if (reportedAt !== undefined) found.push('art-33-when');
    return found;
  }
  if (reportedAt === undefined) return [...found, 'art-33-when'];
  const when = Date.parse(reportedAt);
  if (when < Date.parse(known.noticedAt) || when > Date.parse(at)) found.push('art-33-when');
  const late = when > Date.parse(known.reportBy);
  if (late && (delay ?? '').trim().length < LEAST_TEXT) found.push('art-33-delay');
  return found;
}

/** Hours left to tell the authority, rounded down; below zero when it is late. @param now ISO 8601 */
export function hoursLeft({ reportBy }: Pick<IncidentCase, 'reportBy'>, now: string): number {
  return Math.floor((Date.parse(reportBy) - Date.parse(now)) / 3_600_000);
}
