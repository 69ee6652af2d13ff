import { z } from 'zod';
import { SourceKind } from '../audit/entry.ts';
import { Decisions } from '../decision/decisions.ts';
import { Approval, Comment, Reviewing } from '../review/assessment.ts';
import { Base64 } from '../vault/base64.ts';
import { Id } from '../vault/person.ts';
import { Intake } from './intake.ts';

/** What was taken in. */
export const ImportFacts = z.strictObject({
  /** The user's own words for it, such as "2V wiskunde, breuken". */
  label: z.string().max(80),
  source: SourceKind,
  recordedOn: z.iso.date(),
  bytes: z.number().int().positive(),
  milliseconds: z.number().int().nonnegative(),
  hmac: z.string(),
  /** Of the file, where only a fragment of it was taken in. */
  sourceHmac: z.string().optional(),
});
export type ImportFacts = z.infer<typeof ImportFacts>;

/** How an objection was met: camera placement or seat (B4, B5), cut (B6), or masked like everybody. */
export const Resolution = z.enum(['out-of-view', 'cut', 'masked']);
export type Resolution = z.infer<typeof Resolution>;

const Digest = z.string().regex(/^[0-9a-f]{64}$/);

const Judgement = { sha256: Digest, by: Id, reason: z.string().min(1).max(600), comments: z.array(Comment).max(200) };

/** What a schoolopleider made of a clip. */
export type Verdict =
  | { readonly kind: 'approved'; readonly approval: Approval; readonly signature: string }
  | {
      readonly kind: 'sent-back' | 'rejected';
      readonly sha256: string;
      readonly by: string;
      readonly reason: string;
      readonly comments: readonly Comment[];
    };

/** What happened to one recording and only those with access may know; sealed, and never altered. */
export const DossierEvent = z.discriminatedUnion('event', [
  ImportFacts.extend({ event: z.literal('imported') }),
  z.strictObject({ event: z.literal('opened'), intake: Intake }),
  z.strictObject({ event: z.literal('decided'), decisions: Decisions }),
  z.strictObject({ event: z.literal('resolved'), resolutions: z.record(z.string().max(40), Resolution) }),
  z.strictObject({ event: z.literal('rendered'), sha256: z.string(), quality: z.enum(['fast', 'careful']) }),
  z.strictObject({ event: z.literal('handed-in'), sha256: Digest, to: Id }),
  /** `signature`: Ed25519 by whom it was handed in to; nobody else says what they watched. */
  z.strictObject({ event: z.literal('reviewing'), reviewing: Reviewing, signature: Base64 }),
  /** `signature`: Ed25519 by `approval.by` over its canonical JSON. */
  z.strictObject({ event: z.literal('approved'), approval: Approval, signature: Base64 }),
  z.strictObject({ event: z.literal('sent-back'), ...Judgement }),
  /** Nothing that can be done to it makes it fit to leave the school. */
  z.strictObject({ event: z.literal('rejected'), ...Judgement }),
]);
export type DossierEvent = z.infer<typeof DossierEvent>;

export interface DossierState extends ImportFacts {
  readonly intake: Intake | undefined;
  readonly decisions: Decisions | undefined;
  /** By pseudonym of the pupil who objects. */
  readonly resolutions: Readonly<Record<string, Resolution>>;
  /** Of the clip that was made last, hex; decisions taken since make it out of date. */
  readonly clip: string | undefined;
  /** To whom the present clip was given for review; any later change takes it back. */
  readonly handedIn: { readonly sha256: string; readonly to: string } | undefined;
  /** How far the judging of the clip that was handed in is. */
  readonly reviewing: { readonly value: Reviewing; readonly signature: string } | undefined;
  /** Of the clip that was handed in last. An approval is of these bytes: any later change voids it. */
  readonly verdict: Verdict | undefined;
}

/** @returns undefined when it does not begin with an import */
export function stateOf(events: readonly DossierEvent[]): DossierState | undefined {
  let state: DossierState | undefined;
  for (const event of events) {
    if (event.event === 'imported') {
      const none = { intake: undefined, decisions: undefined, clip: undefined };
      const unjudged = { handedIn: undefined, reviewing: undefined, verdict: undefined };
      state ??= { ...event, ...none, ...unjudged, resolutions: {} };
    } else if (!state) return undefined;
    else state = after(state, event);
  }
  return state;
}

function after(state: DossierState, event: Exclude<DossierEvent, { event: 'imported' }>): DossierState {
  switch (event.event) {
    case 'opened':
      return { ...changed(state), intake: event.intake };
    case 'decided':
      return { ...changed(state), decisions: event.decisions, clip: undefined };
    case 'resolved':
      return { ...changed(state), resolutions: event.resolutions };
    case 'rendered':
      return { ...changed(state), clip: event.sha256 };
    case 'handed-in':
      // Of a clip that is not there any more, nothing can be in review.
      if (event.sha256 !== state.clip || state.verdict?.kind === 'rejected') return state;
      return { ...changed(state), handedIn: { sha256: event.sha256, to: event.to }, verdict: undefined };
    case 'reviewing':
      return inReview(state, event.reviewing.sha256)
        ? { ...state, reviewing: { value: event.reviewing, signature: event.signature } }
        : state;
    case 'approved': {
      const { approval, signature } = event;
      const mine = inReview(state, approval.clip) && state.handedIn?.to === approval.by;
      return mine ? { ...state, verdict: { kind: 'approved', approval, signature } } : state;
    }
    case 'sent-back':
    case 'rejected': {
      if (!inReview(state, event.sha256) || state.handedIn?.to !== event.by) return state;
      const { event: kind, ...judgement } = event;
      return { ...state, handedIn: undefined, reviewing: undefined, verdict: { kind, ...judgement } };
    }
  }
}

/** Whatever is changed is not what was judged. What was said of it stays: it is what is to be put right. */
function changed(state: DossierState): DossierState {
  const verdict = state.verdict?.kind === 'approved' ? undefined : state.verdict;
  return { ...state, handedIn: undefined, reviewing: undefined, verdict };
}

function inReview({ handedIn, clip }: DossierState, sha256: string): boolean {
  return handedIn !== undefined && handedIn.sha256 === sha256 && clip === sha256;
}
