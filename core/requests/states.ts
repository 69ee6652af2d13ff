import { addMonths } from '../retention/terms.ts';
import { rulesFor, type DataRequest, type RequestAnswer, type RequestEvent, type RequestStep } from './request.ts';

export type RequestState = 'received' | 'handling' | 'extended' | 'answered';

/** A request with all that came of it. */
export interface RequestCase {
  readonly request: DataRequest;
  readonly state: RequestState;
  /** Last day on which it may be answered, `YYYY-MM-DD`. */
  readonly answerBy: string;
  readonly extension: { readonly on: string; readonly reason: string } | undefined;
  readonly answer: RequestAnswer | undefined;
  /** Dossiers it is about, as far as anybody could tell. */
  readonly concerned: readonly string[];
  /** Dossiers of those days that it is not about. */
  readonly cleared: readonly string[];
  /** Dossiers of those days of which nobody who looked could read the class. */
  readonly unseen: readonly string[];
  /** Day of the newest step. */
  readonly lastOn: string;
}

/** Why a request can't be taken in, or a step of it not be taken; begins with the rule that says so. */
export type RequestRefusal =
  | 'V1-order'
  | 'V1-date'
  | 'V1-period'
  | 'V1-staff'
  | 'B1-pupil'
  | 'V1-reason'
  | 'V1-rule'
  | 'art-12-3-reason'
  | 'art-12-3-late';

/** AVG art. 12(3): a month from the day it came in; the last day of a shorter month. */
const ANSWER_MONTHS = 1;
const EXTENSION_MONTHS = 2;
/** Shorter than this says nothing about why. */
const LEAST_REASON = 10;

/**
 * Last day on which a request may be answered. The extension runs from the first term's last day: where
 * months of different lengths leave two readings, the earlier day counts.
 */
export function answerByOf(received: string, extended: boolean): string {
  const first = addMonths(received, ANSWER_MONTHS);
  return extended ? addMonths(first, EXTENSION_MONTHS) : first;
}

const FOLLOWS: Record<RequestState, readonly RequestStep['event'][]> = {
  received: ['handled'],
  handling: ['handled', 'extended', 'answered'],
  // Once only.
  extended: ['handled', 'answered'],
  answered: [],
};

/** @returns undefined when it does not begin with a request that came in */
export function requestCase(events: readonly RequestEvent[]): RequestCase | undefined {
  const [first, ...rest] = events;
  if (first?.event !== 'received') return undefined;
  const { request } = first;
  const begun: RequestCase = {
    request,
    state: 'received',
    answerBy: answerByOf(request.received, false),
    extension: undefined,
    answer: undefined,
    concerned: [],
    cleared: [],
    unseen: [],
    lastOn: request.received,
  };
  return rest.reduce((known, event) => (event.event === 'received' ? known : after(known, event)), begun);
}

function after(known: RequestCase, step: RequestStep): RequestCase {
  const moved = { ...known, lastOn: step.on };
  switch (step.event) {
    case 'handled': {
      const concerned = [...new Set([...known.concerned, ...step.concerned])];
      const cleared = [...new Set([...known.cleared, ...step.cleared])].filter((id) => !concerned.includes(id));
      const seen = new Set([...concerned, ...cleared]);
      const unseen = [...new Set([...known.unseen, ...step.unseen])].filter((id) => !seen.has(id));
      const state = known.state === 'received' ? 'handling' : known.state;
      return { ...moved, state, concerned, cleared, unseen };
    }
    case 'extended': {
      const { on, reason } = step;
      const answerBy = answerByOf(known.request.received, true);
      return { ...moved, state: 'extended', answerBy, extension: { on, reason } };
    }
    case 'answered':
      return { ...moved, state: 'answered', answer: step };
  }
}

/** All that stands against taking a request in. @param today `YYYY-MM-DD` */
export function requestRefusals(request: DataRequest, today: string): RequestRefusal[] {
  const found: RequestRefusal[] = [];
  if (request.received > today) found.push('V1-date');
  if (request.from > request.to) found.push('V1-period');
  // Staff ask about themselves.
  if (request.by === 'staff' && request.pupil !== undefined) found.push('V1-staff');
  // The register, where it has to be entered, knows no other way to say who.
  if (request.kind === 'objection' && request.by !== 'staff' && request.pupil === undefined) found.push('B1-pupil');
  return found;
}

/** All that stands against a step, whatever the dossiers are like. @param today `YYYY-MM-DD` */
export function stepRefusals(known: RequestCase, step: RequestStep, today: string): RequestRefusal[] {
  const found: RequestRefusal[] = [];
  if (!FOLLOWS[known.state].includes(step.event)) found.push('V1-order');
  if (step.on < known.lastOn || step.on > today) found.push('V1-date');
  if (step.event === 'extended') {
    // It has to be told within the first month, with the reason.
    if (step.on > answerByOf(known.request.received, false)) found.push('art-12-3-late');
    if (step.reason.trim().length < LEAST_REASON) found.push('art-12-3-reason');
  }
  if (step.event === 'answered') found.push(...answerRefusals(known, step));
  return found;
}

function answerRefusals({ request }: RequestCase, { outcome, reason, rule }: RequestAnswer): RequestRefusal[] {
  if (outcome === 'granted') return rule === undefined ? [] : ['V1-rule'];
  const found: RequestRefusal[] = [];
  if (reason.trim().length < LEAST_REASON) found.push('V1-reason');
  if (rule === undefined || !rulesFor(request.kind).includes(rule)) found.push('V1-rule');
  return found;
}

export function isOverdue({ state, answerBy }: RequestCase, today: string): boolean {
  return state !== 'answered' && today > answerBy;
}

/** What has to be answered first comes first. */
export function byAnswerDate(cases: readonly RequestCase[]): RequestCase[] {
  return [...cases].sort((a, b) => a.answerBy.localeCompare(b.answerBy) || a.request.id.localeCompare(b.request.id));
}
